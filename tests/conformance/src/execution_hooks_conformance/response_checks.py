"""Checks each response against what the oracle predicts."""

from typing import Any

from schemathesis import Case, Response

from execution_hooks_conformance.judge import Judge, written
from execution_hooks_conformance.list_checks import ListChecks
from execution_hooks_conformance.listed_fields import ListedFields
from execution_hooks_conformance.oracle.account_state import AccountState, Resource
from execution_hooks_conformance.oracle.contract import Contract
from execution_hooks_conformance.oracle.outcome import NO_TYPE, Outcome, outcome_of
from execution_hooks_conformance.oracle.pages import Pages
from execution_hooks_conformance.oracle.prediction import Predictor
from execution_hooks_conformance.oracle.promises import (
    change_failure,
    creation_failure,
    emptiness_failure,
    reading_failure,
)
from execution_hooks_conformance.oracle.request import Request
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.probe import Probe, known_resource, read_json, read_resource

_GONE = Outcome(404, "1")
_SUCCESSES = (200, 201, 204)


class ResponseChecks:
    """The checks of one run, and the failures that they found in the last response.

    ``failures`` are by the name of the check; an empty text means that it passed, and where there is none,
    the check does not apply. Where a judge is given, it judges each response by promises, too. With
    ``listed``, other fields, and problems that the contract does not list, are overlooked.
    """

    def __init__(
        self,
        probe: Probe,
        state: AccountState,
        pages: Pages,
        contract: Contract,
        predictor: Predictor,
        judge: Judge | None = None,
        listed: ListedFields | None = None,
    ) -> None:
        self._listed = listed
        self._predictor = predictor
        self._judge = judge
        self._probe = probe
        self._state = state
        self._contract = contract
        self._lists = ListChecks(probe, state, pages)
        self.failures: dict[str, str] = {}

    def check(self, case: Case[Any], whole: Response) -> None:
        """Check the response to a case, and take note of what it changed."""
        response = self._listed.seen(case, whole) if self._listed else whole
        context = RequestContext.of(_request(case, response, self._contract), self._state)
        prediction, found = self._predictor.predict(context), _outcome(response)
        expected = prediction.outcomes
        is_known = found.problem in self._predictor.problems and found.problem != NO_TYPE
        if self._listed and not is_known:
            found = found.as_if_listed(expected)
        right = any(each.admits(found) for each in expected)
        wanted = " or ".join(map(written, expected))
        failure = "" if right else f"The contract leads to {wanted}, the server to {written(found)}"
        self.failures = {"exact_response": failure} if expected else {}
        judged = self._judge.before(context, prediction, found, response) if self._judge else []
        is_of_the_contract = right or case.method != "GET"
        if context is not None and found.status in _SUCCESSES and is_of_the_contract:
            self._succeeded(context, response, case.meta.phase.name if case.meta else "")
        if self._judge:
            self._judge.note(case, whole, judged, self.failures)

    def _succeeded(self, context: RequestContext, response: Response, phase: str) -> None:
        request = context.request
        if request.method == "POST":
            self._created(context, response)
        elif request.method == "GET" and request.target.resource:
            self._read(context, response)
        elif request.method == "GET":
            kind = f"{phase} {request.target.many}"
            self.failures.update(self._lists.failures(context, response, kind))
        else:
            self.failures["empty_success"] = emptiness_failure(response.content, response.headers)
            if context.stored is not None and request.method == "DELETE":
                self._deleted(context, context.stored)
            elif context.stored is not None:
                self._changed(context, context.stored)

    def _created(self, context: RequestContext, response: Response) -> None:
        made = read_resource(response)
        if made is None:
            self._keep_by_id(context.collection, response)
            return
        location = response.headers.get("location", [""])[0]
        url = str(response.request.url)
        self.failures["true_resource"] = creation_failure(context, made, location, url)
        self._state.user_id = self._state.user_id or str(made.document["metadata"].get("createdBy", ""))
        self._state.keep(context.collection, made)

    def _keep_by_id(self, collection: str, response: Response) -> None:
        """Remember a resource of which the response shows no more than some fields."""
        if known := known_resource(response):
            self._state.keep(collection, known)

    def _read(self, context: RequestContext, response: Response) -> None:
        read = read_resource(response)
        if read is None or context.stored is None:
            return
        self.failures["true_resource"] = reading_failure(self._state, context.stored, read)
        self._state.keep(context.collection, read)

    def _deleted(self, context: RequestContext, stored: Resource) -> None:
        """Read twice what was deleted: a cache may still have it, or another instance of the server."""
        target, path = context.request.target, context.request.path
        if self._probe.offers(target.one):
            found = [_outcome(self._probe.send(target.one, path)) for _ in range(2)]
            there = next((each for each in found if each != _GONE), None)
            self.failures["lasting_change"] = f"It is still there: {written(there)}" if there else ""
        self._state.drop(context.collection, stored.id)

    def _changed(self, context: RequestContext, stored: Resource) -> None:
        """Read again what was changed; where it cannot be read by its id, in the list."""
        target, path = context.request.target, context.request.path
        if self._probe.offers(target.one):
            response = self._probe.send(target.one, path)
            read = read_resource(response)
            if read is None:
                found = written(_outcome(response))
                self.failures["lasting_change"] = f"It cannot be read any more: {found}"
                return
        else:
            read = self._probe.listed(target, path).get(stored.id)
        if read is None:  # its new time and tag are not seen
            read = Resource({**stored.document, **context.outcome}, "")
        else:
            self.failures["lasting_change"] = change_failure(context, stored, read)
        self._state.keep(context.collection, read)


def _request(case: Case[Any], response: Response, contract: Contract) -> Request:
    sent = response.request
    body: Any = sent.body or b""
    return Request.read(
        contract,
        case.path,
        case.path_parameters,
        method=case.method,
        url=str(sent.url),
        headers={name: str(value) for name, value in sent.headers.items()},
        payload=body.encode() if isinstance(body, str) else bytes(body),
    )


def _outcome(response: Response) -> Outcome:
    return outcome_of(response.status_code, read_json(response))
