"""What all steps have in common: each response is predicted, and then everything is read and compared."""

from collections.abc import Mapping

import httpx
from hypothesis.stateful import RuleBasedStateMachine, invariant

from execution_hooks_conformance.oracle.account_state import Document, Resource
from execution_hooks_conformance.oracle.contract import Contract
from execution_hooks_conformance.oracle.outcome import Outcome, outcome_of
from execution_hooks_conformance.oracle.pages import Pages
from execution_hooks_conformance.oracle.promises import reading_failure
from execution_hooks_conformance.oracle.refusals import expected_outcomes
from execution_hooks_conformance.oracle.request import Request
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.oracle.target import APPS, HOOKS, Target
from stateful.initial_account import fill
from stateful.remote_account import RemoteAccount
from stateful.resource_paths import ResourcePath
from stateful.tags import Tags
from stateful.tally import Tally
from stateful.views import Condition, View


class Steps(RuleBasedStateMachine):
    """Operations on one account, with the oracle's state of it.

    ``view`` is of the list at ``viewed``; ``cursors`` continue lists after the pages read so far, by
    the path of the list and the last resource of the page.
    """

    def __init__(self, account: RemoteAccount, contract: Contract, tally: Tally) -> None:
        super().__init__()
        self.account = account
        self.contract = contract
        self.tally = tally
        self.state, self.names = fill(account)
        self.pages = Pages(filter_may_change=True)
        self.tags = Tags()
        self.count = 0
        self.view, self.viewed = (
            View(HOOKS, ("name", "id"), (Condition("name", "lte", 2),), 1),
            ResourcePath(HOOKS),
        )
        self.cursors: dict[tuple[ResourcePath, str], str] = {}
        for path in self.resources():
            self.read(path)

    @invariant()
    def everything_reads_as_predicted(self) -> None:
        """Read every list whole, one through the view, and one resource, the next one each time."""
        for collection in self.state.resources:
            self.read_list(View(collection), ResourcePath(collection))
        for app_id in self.state.resources[APPS]:
            self.read_list(View(HOOKS), ResourcePath(HOOKS, app_id=app_id))
        self.read_list(self.view, self.viewed)
        self.count += 1
        self.read(self.resources()[self.count % len(self.resources())])

    def resources(self) -> list[ResourcePath]:
        """Return the paths of all resources."""
        return [ResourcePath(name, each) for name, kept in self.state.resources.items() for each in kept]

    def send(
        self,
        method: str,
        path: ResourcePath,
        body: Document | None = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[RequestContext, httpx.Response, Outcome]:
        """Send a request, and check that its outcome is the predicted one."""
        response = self.account.send(method, path, body, query=query, headers=headers)
        sent = response.request
        request = Request.read(
            self.contract,
            path.template,
            path.parameters(self.account.id),
            method=method,
            url=str(sent.url),
            headers=sent.headers,
            payload=sent.content,
        )
        context = RequestContext.of(request, self.state)
        assert context is not None
        [expected] = expected_outcomes(context)
        found = outcome_of(response.status_code, response.json() if response.content else None)
        assert found == expected, response.text
        if found.problem:
            assert response.json()["status"] == str(found.status)
        return context, response, found

    def read(self, path: ResourcePath) -> Outcome:
        """Read a resource, and check that it is as predicted."""
        context, response, outcome = self.send("GET", path)
        if context.stored is not None and not outcome.problem:
            read = Resource(response.json(), response.headers["ETag"])
            assert reading_failure(self.state, context.stored, read) == ""
            self.tags.record(context.stored)
        return outcome

    def read_list(self, view: View, path: ResourcePath) -> Outcome:
        """Read a list through a view, page by page; each page must be as predicted, or the first refused."""
        parameters = path.parameters(self.account.id)
        listed = self.state.listed(Target.of(path.template), parameters)
        query = view.query([each.document for each in listed])
        while True:
            context, response, outcome = self.send("GET", path, query=query)
            if outcome.problem:
                return outcome
            page = self.pages.expected(context)
            assert page is not None
            assert page.failure(response.json()) == ""
            if not page.is_cut:
                return outcome
            self.pages.remember(context.request, page, response.json())
            cursor = response.json()["metadata"]["continue"]
            self.cursors[path, page.shown[-1].id] = cursor
            query = {**query, "continue": cursor}
