"""How the explanation of a stored hook is printed."""

from collections.abc import Iterator

from execution_hooks.cli.explanation_text import alarm, bold, matches
from execution_hooks.cli.formats import visible
from execution_hooks.cli.why_nothing import reasons
from execution_hooks.contract.bundled import limits
from execution_hooks.matching.explanation import Explanation, Shown

_IMPORT = (
    "To import them:",
    "",
    "kubectl get pods -A -o json > FILE",
    "execution-hooks admin app import --account ID --name NAME FILE",
)


def lines_of(
    explanation: Explanation | None,
    hook_name: str,
    app_name: str,
    shown: Shown = "all",
    width: int | None = None,
) -> Iterator[str]:
    """Yield the lines: which containers a hook hits, and why. None: the app's containers are not known."""
    hook_name, app_name = visible(hook_name), visible(app_name)
    yield bold(f"Hook {hook_name}, app {app_name}")
    if explanation is None:
        yield alarm("NO CONTAINERS KNOWN")
        yield from (f"The containers of the app {app_name} are not known.", *_IMPORT)
    elif not explanation.containers:
        yield alarm("NO CONTAINERS")
        yield from (f"The app {app_name} had no containers when last imported.", *_IMPORT)
    else:
        yield from matches(explanation, shown, width)
        yield from _notes(explanation)


def _notes(explanation: Explanation) -> Iterator[str]:
    if waiting := explanation.waiting_hits:
        yield f"{waiting} of them waited to start when imported; a hook cannot run there before they do."
    yield from _unlisted_images(explanation)
    if not explanation.hits:
        yield alarm("THIS HOOK HITS NOTHING")
        yield from map(visible, reasons(explanation))


def _unlisted_images(explanation: Explanation) -> Iterator[str]:
    """Yield which images of the hit containers the hook's ``matchingImages`` does not name."""
    too_long = len(explanation.images_too_long)
    most, longest = limits().most_images, limits().longest_image
    if explanation.images - too_long > most:
        yield f"They have {explanation.images:,} images; matchingImages names the first {most:,}."
    if too_long:
        images = "1 image" if too_long == 1 else f"{too_long} images"
        yield f"matchingImages leaves out {images} of more than {longest} characters."
