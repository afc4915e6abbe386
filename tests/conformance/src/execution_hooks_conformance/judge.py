"""Judges each response by the promises that it can keep or break, and logs what came of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from schemathesis import Case, Response

from execution_hooks_conformance.exchange_log import ExchangeLog, Judgement
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.created import (
    as_sent_failure,
    id_failure,
    location_failure,
    server_fields_failure,
)
from execution_hooks_conformance.oracle.negotiation import chosen
from execution_hooks_conformance.oracle.outcome import Outcome
from execution_hooks_conformance.oracle.prediction import Prediction
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.probe import read_json, read_object
from execution_hooks_conformance.promises import PROMISES
from execution_hooks_conformance.response_form import ResponseForm

BY_CHECK = {
    "true_resource": "RESOURCE-AS-SENT",
    "empty_success": "NO-CONTENT",
    "lasting_change": "CHANGE-LASTS",
    "exact_list": "LIST-EXACT",
    "whole_walk": "LIST-PAGES",
}
"""Which promise a check of ResponseChecks is about."""


class Judge:
    """Judges at a level, but for the promises that are ``left_out``.

    ``log`` is where exchanges are noted, so that a reason can name one.
    """

    def __init__(
        self, log: ExchangeLog, form: ResponseForm, level: Level, left_out: Collection[str] = ()
    ) -> None:
        self._left_out = left_out
        self._log = log
        self._form = form
        self._level = level
        self._number = 0
        self._made_by: dict[str, int] = {}

    def before(
        self, context: RequestContext | None, prediction: Prediction, found: Outcome, response: Response
    ) -> list[Judgement]:
        """Judge a response while the state is as the request found it, and before anything else is sent."""
        self._number = self._log.last
        if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return []  # which says enough
        judgements = self._demanded(self._outcome(context, prediction, found))
        created = found.status == HTTPStatus.CREATED and response.request.method == "POST"
        if context is not None and context.operation.offers and found.status in {200, 201}:
            judgements += self._demanded([_of_media_type(context, response)])
        if context is not None and created and not _is_broken(judgements):
            judgements += self._demanded(self._creation(context, response))
        return judgements

    def note(
        self, case: Case[Any], response: Response, judgements: list[Judgement], failures: Mapping[str, str]
    ) -> None:
        """Add the form of a response and what the checks found, and log all that the level demands.

        Of a request that should not have succeeded, or not so, the rest is not judged: it follows from that.
        """
        judged = [*judgements]
        status = response.status_code
        if status >= HTTPStatus.BAD_REQUEST or not _is_broken(judgements[:1]):
            judged += self._form_of(case, response)
            known = {each.promise for each in judged}
            judged += [
                Judgement(BY_CHECK[name], failure, "what the requests before made of it")
                for name, failure in failures.items()
                if name in BY_CHECK and BY_CHECK[name] not in known
            ]
        self._log.judged(self._number, f"{case.method} {case.path}", self._demanded(judged))

    def _demanded(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        return [
            each
            for each in judgements
            if each.promise not in self._left_out and self._level.includes(PROMISES[each.promise].level)
        ]

    def _form_of(self, case: Case[Any], response: Response) -> Iterator[Judgement]:
        headers = {name.lower(): str(values[0]) for name, values in response.headers.items()}
        body = read_json(response)
        yield from self._form.judgements(case.path, case.method, response.status_code, headers, body)

    def _outcome(
        self, context: RequestContext | None, prediction: Prediction, found: Outcome
    ) -> Iterator[Judgement]:
        if not prediction.outcomes:
            yield Judgement(prediction.promise, is_open=True)
            return
        expected = " or ".join(dict.fromkeys(map(written, prediction.outcomes)))
        why = self._why(context, prediction)
        if not any(each.fits_but_for_names(found) for each in prediction.outcomes):
            yield Judgement(prediction.promise, written(found), expected, why)
            return
        yield Judgement(prediction.promise)
        named = [each for each in prediction.outcomes if each.names]
        if named or found.names:
            right = any(each.admits(found) for each in prediction.outcomes)
            yield Judgement("BODY-VIOLATIONS", "" if right else written(found), expected, why)

    def _why(self, context: RequestContext | None, prediction: Prediction) -> str:
        name = context.body.get("name") if context else None
        if context is not None and prediction.promise.endswith("NAME-UNIQUE"):
            number = self._made_by.get(f"{context.collection} {name}")
            return f"{name!r} was created by request {number}" if number else f"{name!r} was there before"
        names = {name for each in prediction.outcomes for name in each.names or ()}
        if context is not None and prediction.promise.startswith("BODY-SCHEMA"):
            names |= context.operation.body.violations(context.request.document) or frozenset()
        listed = ", ".join(name or "the whole body" for name in sorted(names))
        return f"In violation: {listed}." if listed else ""

    def _creation(self, context: RequestContext, response: Response) -> Iterator[Judgement]:
        made = read_object(response)
        location = response.headers.get("location", [""])[0]
        self._made_by[f"{context.collection} {made.get('name')}"] = self._number
        said = PROMISES["RESOURCE-AS-SENT"].says
        yield Judgement(
            "RESOURCE-AS-SENT", as_sent_failure(context, made, self._level), "as it was sent", said
        )
        yield Judgement("ID-FRESH", id_failure(context, made), "a new id", "No two resources are one.")
        found = server_fields_failure(context, made, datetime.now(UTC))
        yield Judgement("SERVER-FIELDS", found, "the server's user and clock", PROMISES["SERVER-FIELDS"].says)
        url = str(response.request.url)
        yield Judgement("LOCATION", location_failure(made, location, url), f"{url}/{made.get('id')}")


def _of_media_type(context: RequestContext, response: Response) -> Judgement:
    """Hold the media type of a response that succeeded to what the request accepts best."""
    expected = chosen(context.request.headers.get("accept"), context.operation.offers)
    sent = response.headers.get("content-type", [""])[0].partition(";")[0].strip()
    found = "" if sent == expected else f"Content-Type is {sent or 'missing'}"
    return Judgement("ACCEPT", found, str(expected), PROMISES["ACCEPT"].says)


def _is_broken(judgements: list[Judgement]) -> bool:
    return any(each.found for each in judgements)


def written(outcome: Outcome) -> str:
    """Return an outcome as text."""
    problem = f" (problem {outcome.problem})" if outcome.problem not in ("", "*") else ""
    return f"{outcome.status}{problem}{f' at {sorted(outcome.names)}' if outcome.names else ''}"
