"""Shapes what Schemathesis generates, so that each case tests what it is meant to test.

A schema cannot say that an id must exist or that a name must be new. Where a case is right, such
members are replaced by ones that a right server accepts; what a case has wrong stays wrong.
"""

import re
from collections.abc import MutableMapping
from itertools import count, cycle
from typing import Any

from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation

from judge.facts import Facts
from judge.fresh import FreshTexts

IDEMPOTENCY_KEY = "Idempotency-Key"

_IDENTIFIER = re.compile(
    "[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-0{4}-0{4}-0{4}-0{12}"
)
_KEY = re.compile("[!-~]{1,255}")
_RARE_IN_NAMES = range(0x10000, 0xD0000)
_RARE_IN_KEYS = range(ord("!"), ord("~") + 1)
_BREAK_EVERY = 16


def is_idempotency_key(value: str) -> bool:
    """Tell whether a header's value is a key."""
    return _KEY.fullmatch(value) is not None


class Traffic:
    """The cases of one run, each shaped just before it is sent."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._names = FreshTexts(_RARE_IN_NAMES)
        self._keys = FreshTexts(_RARE_IN_KEYS)
        self._accepted = count(1)
        self._post_only = cycle(("restore", "failover"))

    def shape(self, case: Case[Any]) -> None:
        """Put right whatever stands in front of the part that a case is about.

        The contract reports the most basic fault alone. A case with a wrong body and, say, no token
        would never show whether the body is refused, so there the headers and the account are mended.
        """
        meta = case.meta
        if meta is None:
            return
        body_is_wrong = meta.is_negative_at(ParameterLocation.BODY)
        self._shape_headers(case.headers, mend=body_is_wrong)
        if body_is_wrong or not meta.is_negative_at(ParameterLocation.PATH):
            case.path_parameters = {"account_id": self._facts.account_id}
        if isinstance(case.body, dict):
            case.body = {**case.body, **self._existing(case.body)}
            if not body_is_wrong:
                case.body = {**case.body, "name": self._names.like(str(case.body["name"]))}
            if meta.generation.mode.is_positive and ParameterLocation.BODY in meta.components:
                case.body = self._sometimes_broken(case.body)

    def _shape_headers(self, headers: MutableMapping[str, str], *, mend: bool) -> None:
        """Make a right key a new one; mend what is wrong if that is asked for.

        Without the token the key is left alone: Schemathesis judges changed headers anew, by the
        contract's parameters, of which the token is none, and would take the case for a right one.
        """
        if mend:
            headers["Authorization"] = self._facts.authorization
            headers.pop(IDEMPOTENCY_KEY, None)
        key = headers.get(IDEMPOTENCY_KEY, "")
        if headers.get("Authorization") == self._facts.authorization and is_idempotency_key(key):
            headers[IDEMPOTENCY_KEY] = self._keys.like(key)

    def _existing(self, body: dict[str, Any]) -> dict[str, str]:
        """Return ids that exist, for the members of a body that are well-formed ids."""
        ids = {"appID": self._facts.app_id, "hookSourceID": self._facts.hook_source_id}
        return {
            member: existing
            for member, existing in ids.items()
            if isinstance(body.get(member), str) and _IDENTIFIER.fullmatch(body[member])
        }

    def _sometimes_broken(self, body: dict[str, Any]) -> dict[str, Any]:
        """Break the stage rule now and then: Schemathesis breaks a ``not`` only in bodies that lack all else.

        It notices what it sends, and expects a refusal.
        """
        if next(self._accepted) % _BREAK_EVERY:
            return body
        return {**body, "action": next(self._post_only), "stage": "pre"}
