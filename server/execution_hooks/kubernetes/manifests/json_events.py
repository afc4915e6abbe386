"""JSON as events, of any size, with one document after the other."""

from collections.abc import Iterator

import ijson

from execution_hooks.kubernetes.manifests.documents import Event, InvalidSyntax
from execution_hooks.kubernetes.manifests.files import Readable


def json_events(stream: Readable) -> Iterator[Event]:
    """Yield the events of JSON in UTF-8. Raises InvalidSyntax.

    What the parser says is cut to its first line, since it goes on with a piece of the document.
    """
    try:
        yield from ijson.basic_parse(stream, use_float=True, multiple_values=True)
    except UnicodeError:
        raise  # of the stream
    except (ijson.JSONError, ValueError) as error:  # ValueError for an integer of thousands of digits
        raise InvalidSyntax(_reason(error)) from None


def _reason(error: Exception) -> str:
    text = error.args[0] if error.args else ""
    line = (text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)).split("\n")[0]
    if "premature EOF" in line:
        return "the JSON is cut off here"
    return f"this is not JSON: {line}"
