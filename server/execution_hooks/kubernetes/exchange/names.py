"""Names on the way between the REST API and Kubernetes: changed as little as may be, and unique."""

import re
from collections.abc import Callable
from hashlib import sha256

LONGEST_REST_NAME = 63
_DIGEST = 8


def kubernetes_name(name: str) -> str:
    """Return a name that Kubernetes takes for a resource (RFC 1123), at most 63 characters of it."""
    plain = re.sub(r"[^a-z0-9.]+", "-", name.lower())
    plain = re.sub(r"-*\.[-.]*", ".", plain).strip("-.")
    return plain if plain and len(plain) <= LONGEST_REST_NAME else shortened(plain or "hook", name)


def rest_name(name: str) -> str:
    """Return a name that the REST API takes."""
    return name if len(name) <= LONGEST_REST_NAME else shortened(name, name)


def shortened(text: str, origin: str) -> str:
    """Cut a text to 63 characters that end with a digest of what it came from."""
    digest = sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    return f"{text[: LONGEST_REST_NAME - _DIGEST - 1].strip('-.')}-{digest}"


class Names:
    """Names that were given; each is given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, wanted: str, origin: str, fit: Callable[[str], str] = rest_name) -> str:
        """Return the name wanted, or, if that was given, one with a digest of where the thing came from."""
        name, again = fit(wanted), 0
        while name in self._given:
            again += 1
            name = shortened(fit(wanted), f"{origin} {again}")
        self._given.add(name)
        return name
