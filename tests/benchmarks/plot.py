"""A plot of creates, as SVG: how many a second each server makes, and how long they take."""

from collections.abc import Mapping, Sequence
from html import escape
from statistics import fmean

from .outcome import Outcome

_WIDTH, _LEFT, _BAR = 640, 150, 18
_FIGURES = (
    ("creates/s", "#2563a8", lambda each: each.rate),
    ("p50, ms", "#6aa84f", lambda each: each.report.p50 * 1e3),
    ("p99, ms", "#c0504d", lambda each: each.report.p99 * 1e3),
)
"""What is drawn of each server: its name, its colour, and the figure of a round."""


def plot(outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    """Draw bars, each as long as its figure is of the largest of its kind: means over the rounds."""
    y = 10
    drawn = []
    for name, colour, figure in _FIGURES:
        means = {server: fmean(map(figure, rounds)) for server, rounds in outcomes.items()}
        drawn.append(f'<text x="10" y="{y + 14}" font-weight="bold">{escape(name)}</text>')
        y += 22
        for server, mean in means.items():
            width = mean / max(means.values()) * (_WIDTH - _LEFT - 80)
            drawn += [
                f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(server)}</text>',
                f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{colour}"/>',
                f'<text x="{_LEFT + width + 6:.1f}" y="{y + 13}">{mean:,.1f}</text>',
            ]
            y += _BAR + 4
        y += 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" font-family="sans-serif" '
        f'font-size="13"><title>Durable creates</title>\n<rect width="{_WIDTH}" height="{y}" fill="#fff"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )
