"""Texts that a page shows too pale to be read, by the measure of WCAG 2.1 (1.4.3)."""

from harness.browser_page import Page

_PALE = """(() => {
  const numbers = (text) => text.replace("display-p3", "").match(/[\\d.]+/g).map(Number);
  const colour = (text) => {
    const [red, green, blue, alpha = 1] = numbers(text);
    return [...[red, green, blue].map((each) => text.startsWith("color(") ? each * 255 : each), alpha];
  };
  const light = (value) => value > 10.3 ? ((value / 255 + 0.055) / 1.055) ** 2.4 : value / 255 / 12.92;
  const luminance = ([red, green, blue]) =>
    0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const over = (above, below) =>
    [0, 1, 2].map((each) => above[each] * above[3] + below[each] * (1 - above[3]));
  const behind = (element) => {
    if (!element) return colour(getComputedStyle(document.body).backgroundColor);
    const own = colour(getComputedStyle(element).backgroundColor);
    if (own[3] === 1) return own;
    return own[3] === 0 ? behind(element.parentElement) : over(own, behind(element.parentElement));
  };
  const pale = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.textContent.trim();
    const box = element.getBoundingClientRect();
    if (!words || box.width * box.height <= 1) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element), back = behind(element);
    const [more, less] = [luminance(over(colour(style.color), back)), luminance(back)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (more + 0.05) / (less + 0.05);
    if (ratio < (isLarge ? 3 : 4.5)) pale.push(`${words.slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return pale;
})()"""


def pale_texts(page: Page) -> list[str]:
    """Return the beginning of each text below 4.5 to 1, or 3 to 1 where it is large, with its ratio."""
    found: list[str] = page.evaluate(_PALE)
    return found
