"""Other values for the comparisons of a filter, so that it is accepted and has something to find."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from execution_hooks_conformance.oracle.filters import COMPARISON, Comparison, value_at

_A_DAY = "2022-10-06"
_MOST_COMPARISONS = 2


def with_possible_days(text: str) -> str:
    """Return the filter with another day wherever one is in no calendar."""

    def change(found: re.Match[str]) -> str:
        member, name, value = found.groups()
        impossible = not Comparison(member, name, value).is_possible
        return f"{member} {name} '{_A_DAY + value[len(_A_DAY) :] if impossible else value}'"

    return COMPARISON.sub(change, text)


def with_values_of(document: Mapping[str, Any], text: str) -> str:
    """Return the filter's first comparisons, with this resource's values in place of those made up."""

    def change(found: re.Match[str]) -> str:
        own = value_at(document, found[1])
        value = found[3] if own is None else own.replace("'", "''")
        return f"{found[1]} {found[2]} '{value}'"

    return ",".join(change(found) for found in islice(COMPARISON.finditer(text), _MOST_COMPARISONS))
