"""What a response is judged by at a level: a promise, and the outcomes that keep it.

At the level full the order of refusals is part of the contract, so there is one outcome. Below it, the order
is the server's own, problems that belong to a higher level may be any, and so may the response to a request
that only a higher level decides on.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle import form, rules
from execution_hooks_conformance.oracle.form import Refusals
from execution_hooks_conformance.oracle.identifiers import is_identifier
from execution_hooks_conformance.oracle.outcome import ANY_PROBLEM, Outcome
from execution_hooks_conformance.oracle.refusals import IN_ORDER, NO_METHOD, SUCCESSES
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.oracle.target import HOOKS, SOURCES
from execution_hooks_conformance.promises import PROMISES

_PROMISES: Mapping[Callable[[RequestContext], Refusals], str] = {
    form.token: "TOKEN-REQUIRED",
    form.account: "ACCOUNT-UNKNOWN",
    form.role: "ROLE-ENOUGH",
    form.hooks_switched_off: "HOOKS-ENABLED",
    form.media_type: "BODY-MEDIA-TYPE",
    form.accept: "ACCEPT",
    form.size: "BODY-SIZE",
    form.headers: "HEADERS-VALID",
    rules.place: "RESOURCE-UNKNOWN",
    rules.read_only: "READ-ONLY",
    rules.version: "CONDITIONS",
    rules.unchangeable: "FIXED-FIELDS",
    rules.eligible: "FAILOVER-ELIGIBLE",
    rules.in_use: "SOURCE-IN-USE",
}
_FORM = IN_ORDER[: IN_ORDER.index(form.body) + 1]
_REFERENCES = {"/appID", "/hookSourceID"}


@dataclass(frozen=True)
class Prediction:
    """A promise's id, and the outcomes that keep it; none where the level leaves the response open."""

    promise: str
    outcomes: Refusals


@dataclass(frozen=True)
class Predictor:
    """Predicts at a level. ``problems`` are the levels of the contract's problems, by their numbers.

    ``left_out`` are promises that the server is not held to; what they decide on is open.
    """

    level: Level
    problems: Mapping[str, Level]
    left_out: Collection[str] = ()

    def predict(self, context: RequestContext | None) -> Prediction:
        """Predict the response to a request. No context is a method that the path does not have."""
        if context is None:
            return self._decided("METHOD-KNOWN", (NO_METHOD,))
        refused = _refused(context)
        if self.level is Level.FULL:
            return next((self._decided(*each) for each in refused), _success(context))
        every = [*refused]
        if not every:
            return _success(context)
        demanded = [promise for promise, _ in every if self._demands(promise)]
        if not demanded:
            return Prediction(every[0][0], ())
        outcomes = [outcome for _, some in every for outcome in some]
        if demanded[0].startswith("BODY-"):
            outcomes += _other_refusals(context)
        if demanded[0].endswith("-UNKNOWN") and not all(map(is_identifier, context.request.path.values())):
            outcomes.append(Outcome(400, ANY_PROBLEM))  # for a server that reads ids by their form
        return self._decided(demanded[0], tuple(outcomes))

    def _demands(self, promise: str) -> bool:
        return promise not in self.left_out and self.level.includes(PROMISES[promise].level)

    def _decided(self, promise: str, outcomes: Refusals) -> Prediction:
        """Leave open what only a higher level decides, and which problem it is."""
        if not self._demands(promise):
            return Prediction(promise, ())
        return Prediction(promise, tuple(map(self._relaxed, outcomes)))

    def _relaxed(self, outcome: Outcome) -> Outcome:
        if self.level is Level.FULL:
            return outcome
        known = self.level.includes(self.problems.get(outcome.problem, Level.FULL))
        return Outcome(outcome.status, outcome.problem if known else ANY_PROBLEM, None)


def _refused(context: RequestContext) -> Iterator[tuple[str, Refusals]]:
    """Yield each refusal of a request with its promise; those that need a good form only where it is."""
    form_is_good = True
    for refusal in IN_ORDER:
        if (refusal in _FORM or form_is_good) and (outcomes := refusal(context)):
            form_is_good = form_is_good and refusal not in _FORM
            yield _PROMISES.get(refusal) or _promise_of_form(refusal, context, outcomes), outcomes
            if refusal is rules.place:
                return  # what does not exist breaks no other rule


def _promise_of_form(
    refusal: Callable[[RequestContext], Refusals], context: RequestContext, outcomes: Refusals
) -> str:
    """Name the promise that a query or a body breaks."""
    if refusal is not form.query:
        return _promise_of_body(context, outcomes)
    return "PARAMETERS-VALID" if form.breaks_the_vendors_query(context) else "PARAMETERS-FORM"


def _promise_of_body(context: RequestContext, outcomes: Refusals) -> str:
    """Name the promise that a body breaks, by the problem and by what it names."""
    outcome = outcomes[0]
    names = outcome.names or frozenset()
    match outcome.problem:
        case "7":
            return "BODY-JSON"
        case "8":
            return _promise_of_schema(context)
        case "9" if context.collection == SOURCES:
            return "SOURCE-SCRIPT"
        case "9" if names & _REFERENCES:
            return "HOOK-REFERENCES"
        case "9":
            return "HOOK-STAGE" if "/stage" in names else "HOOK-PATTERNS"
    return "HOOK-NAME-UNIQUE" if context.collection == HOOKS else "SOURCE-NAME-UNIQUE"


def _promise_of_schema(context: RequestContext) -> str:
    """Name the promise of the lowest level whose part of the schema a body breaks."""
    demanded = context.operation.demanded
    for level, promise in (("page", "BODY-SCHEMA"), ("vendor", "BODY-SCHEMA-STRICT")):
        if level not in demanded or not demanded[level].is_met(context.request.document):
            return promise
    return "BODY-TEXT"


def _other_refusals(context: RequestContext) -> Iterator[Outcome]:
    """Yield what else may be wrong with a body of bad form, for a server with another order."""
    name = context.body.get("name")
    if isinstance(name, str) and context.state.name_taken(context.collection, name):
        yield Outcome(409, ANY_PROBLEM)
    if context.writes and context.collection == HOOKS:
        known = context.state.has("apps", context.body.get("appID", ""))
        if not known or not context.state.has(SOURCES, context.body.get("hookSourceID", "")):
            yield Outcome(404, ANY_PROBLEM)
        if context.body.get("hookType") == "netapp":
            yield Outcome(403, ANY_PROBLEM)


def _success(context: RequestContext) -> Prediction:
    return Prediction("VALID-ACCEPTED", (Outcome(SUCCESSES[context.request.method]),))
