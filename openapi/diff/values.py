"""Values that one schema accepts and another may refuse, made from the keywords in which they differ."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice, product
from typing import Any

from diff.automata import UnreadableError
from diff.made import COMBINED, SAMPLES, distinct, examples, objects, parts, types
from diff.places import Node
from diff.texts import ANYTHING, UndecidedError, few_in_one_only, of_length

_ILL_FORMED = ("not of this form", "(", "*", "http://[", "2022-13-01", "\x00")
"""Texts that break common formats: re2, byte, uri, uuid, email and dates."""
_NAME = "another"
_LONGEST_SEARCH = 10_000
_MOST_EXAMPLES = 6


def telling(accepting: Any, refusing: Any) -> Iterator[Any]:  # noqa: ANN401 schemas or truth values, any JSON
    """Yield candidates for a value that the first schema accepts and the second does not."""
    if accepting == refusing or accepting is False or refusing is True:
        return
    if refusing is False:
        yield from islice(examples(accepting), _MOST_EXAMPLES)
        return
    first, second = ({} if each is True else each for each in (accepting, refusing))
    if any(keyword in each for each in (first, second) for keyword in COMBINED):
        yield from _combined(first, second)
        return
    yield from _excluded(first, second)
    yield from first.get("enum", ())
    for kind in types(first):
        yield from _OF_TYPE.get(kind, _samples)(first, second)
        if kind not in types(second) or "enum" in second:
            yield from islice(examples({**first, "type": kind}), _MOST_EXAMPLES)


def _combined(first: Node, second: Node) -> Iterator[Any]:
    others = parts(second)
    for number, part in enumerate(parts(first)):
        opposite = [others[number]] if number < len(others) else []
        yield from chain.from_iterable(telling(part, other) for other in [*opposite, *others])
        yield from islice(examples(part), _MOST_EXAMPLES)


def _excluded(first: Node, second: Node) -> Iterator[Any]:
    """Yield objects about what either schema excludes by ``not``."""
    if first.get("not") == second.get("not"):
        return
    for excluded in (first.get("not", {}), second.get("not", {})):
        choices = {
            name: list(islice(examples(part), _MOST_EXAMPLES))
            for name, part in excluded.get("properties", {}).items()
        }
        for base in objects(first):
            for values in product(*choices.values()):
                yield {**base, **dict(zip(choices, values, strict=True))}
        yield from islice(examples(excluded), _MOST_EXAMPLES)


def _samples(first: Node, second: Node) -> Iterator[Any]:
    for kind in types(first):
        if kind in {"boolean", "null"}:
            yield from SAMPLES[kind]
    yield from second.get("enum", ())


def _texts(first: Node, second: Node) -> Iterator[Any]:
    yield from second.get("enum", ())
    one, other = (each.get("pattern", ANYTHING) for each in (first, second))
    least, most = first.get("minLength", 0), first.get("maxLength")
    if one != other:
        with suppress(UnreadableError, UndecidedError):
            yield from few_in_one_only(one, other, least, most)
        yield from islice(examples(second), _MOST_EXAMPLES)
    if first.get("format") != second.get("format"):
        yield from _ILL_FORMED
    beyond = [second["maxLength"] + 1] if "maxLength" in second else []
    below = [second["minLength"] - 1] if second.get("minLength", 0) > least else []
    for length in [*beyond, *below, *([least, most] if most is not None else [least])]:
        with suppress(UnreadableError):
            yield of_length(one, length)
    if beyond and most != second["maxLength"]:  # not every length may be possible
        with suppress(UnreadableError, UndecidedError):
            yield from few_in_one_only(one, "^$", min(beyond[0], _LONGEST_SEARCH), most)


def _numbers(first: Node, second: Node) -> Iterator[Any]:
    bounds = [
        each[name]
        for each in (first, second)
        for name in ("minimum", "maximum", "multipleOf")
        if name in each
    ]
    yield from second.get("enum", ())
    for bound in bounds:
        yield from (bound, bound + 1, bound - 1)
        if "number" in types(first):
            yield from (bound + 0.5, bound - 0.5)
    yield from (*SAMPLES["integer"], *(SAMPLES["number"] if "number" in types(first) else ()))


def _arrays(first: Node, second: Node) -> Iterator[Any]:
    items = first.get("items", {})
    least = first.get("minItems", 0)
    lengths = [second["maxItems"] + 1] if "maxItems" in second else []
    lengths += [second["minItems"] - 1] if second.get("minItems", 0) > least else []
    for length in lengths:
        yield distinct(items, length)
    if second.get("uniqueItems") and not first.get("uniqueItems"):
        yield from ([value, value] for value in islice(examples(items), _MOST_EXAMPLES))
    for value in telling(items, second.get("items", {})):
        yield [value, *distinct(items, least - 1)]


def _objects_apart(first: Node, second: Node) -> Iterator[Any]:
    bases = objects(first)
    own, others = first.get("properties", {}), second.get("properties", {})
    rest, other_rest = (each.get("additionalProperties", True) for each in (first, second))
    for name in second.get("required", ()):
        yield from ({key: base[key] for key in base if key != name} for base in bases)
    for name in [*own, *(each for each in others if each not in own)]:
        for value in telling(own.get(name, rest), others.get(name, other_rest)):
            yield from ({**base, name: value} for base in bases)
    for value in telling(rest, other_rest):
        yield from ({**base, _NAME: value} for base in bases)
    yield from _too_few_or_many(first, second)


def _too_few_or_many(first: Node, second: Node) -> Iterator[Any]:
    """Yield objects with one property less, and with one more, than the second schema lets them have."""
    counts = [second["minProperties"] - 1] if "minProperties" in second else []
    counts += [second["maxProperties"] + 1] if "maxProperties" in second else []
    required, rest = first.get("required", ()), first.get("additionalProperties", True)
    others = [] if rest is False else islice(examples(rest), 1)
    more = {f"{_NAME}{number}": value for value in others for number in range(max(counts, default=0))}
    for base, count in product(objects(first), counts):
        ordered = {**{name: base[name] for name in required if name in base}, **base, **more}
        yield dict(islice(ordered.items(), max(count, 0)))


_OF_TYPE = {
    "string": _texts,
    "integer": _numbers,
    "number": _numbers,
    "array": _arrays,
    "object": _objects_apart,
}
