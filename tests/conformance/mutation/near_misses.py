"""Values that nearly belong to an enumeration: what a careless server takes for one of its values."""

from collections.abc import Sequence


def near_miss(values: Sequence[str]) -> str:
    """Return the next version, or the last value with a capital; a media type in lower case."""
    last = values[-1]
    head, dot, number = last.rpartition(".")
    candidates = [f"{head}.{int(number) + 1}"] if dot and number.isdigit() else []
    candidates += [last.lower()] if "/" in last else [f"{last[0].upper()}{last[1:]}"]
    candidates += [last.lower(), last.upper()]
    return next(each for each in candidates if each not in values)
