"""The steps of a run: what a client does over HTTP, and what is done on the command line."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from execution_hooks_conformance.oracle.account_state import Document
from execution_hooks_conformance.oracle.outcome import Outcome
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES
from stateful import bodies
from stateful.bodies import NEW_HOOK, NEW_SOURCE
from stateful.initial_account import import_containers
from stateful.tags import CONDITIONS
from stateful.views import View, views
from stateful.writes import Writes

conditions = st.sampled_from(CONDITIONS)
switches = st.sampled_from([*["enabled"] * 6, "clean-up", "disabled"])


class AccountMachine(Writes):
    """An account's hooks, hook sources and apps: created, updated, read, listed and deleted.

    Names stand for resources: each for the last one of that name, which may be deleted.
    """

    @rule(body=bodies.new_hooks)
    def create_hook(self, body: Document) -> None:
        """Create a hook on the account's path."""
        self.create("create_hook", self.list_path(HOOKS), {**NEW_HOOK, **body})

    @rule(body=bodies.new_hooks, app=bodies.app_names)
    def create_app_hook(self, body: Document, app: str) -> None:
        """Create a hook on an app's path."""
        self.create("create_app_hook", self.list_path(HOOKS, app), {**NEW_HOOK, "appID": app, **body})

    @rule(hook=bodies.hook_names, change=bodies.hook_changes, as_read=st.booleans(), condition=conditions)
    def update_hook(self, *, hook: str, change: Document, as_read: bool, condition: str) -> None:
        """Update a hook on the account's path."""
        path = self.path_of(HOOKS, hook)
        self.update("update_hook", path, change, as_read=as_read, condition=condition)

    @rule(
        hook=bodies.hook_names,
        below=bodies.below,
        change=bodies.hook_changes,
        as_read=st.booleans(),
        condition=conditions,
    )
    def update_app_hook(
        self, *, hook: str, below: str | None, change: Document, as_read: bool, condition: str
    ) -> None:
        """Update a hook, mostly below an app's path."""
        path = self.path_of(HOOKS, hook, below)
        self.update("update_app_hook", path, change, as_read=as_read, condition=condition)

    @rule(hook=bodies.hook_names, below=bodies.below, condition=conditions)
    def delete_hook(self, hook: str, below: str | None, condition: str) -> None:
        """Delete a hook on either path."""
        self.delete("delete_hook", self.path_of(HOOKS, hook, below), condition=condition)

    @rule(hook=bodies.hook_names, below=bodies.below)
    def read_hook(self, hook: str, below: str | None) -> None:
        """Read a hook on either path."""
        self.tally.add("read_hook", self.read(self.path_of(HOOKS, hook, below)))

    @rule(body=bodies.new_sources)
    def create_source(self, body: Document) -> None:
        """Create a hook source."""
        self.create("create_source", self.list_path(SOURCES), {**NEW_SOURCE, **body})

    @rule(
        source=bodies.source_names, change=bodies.source_changes, as_read=st.booleans(), condition=conditions
    )
    def update_source(self, *, source: str, change: Document, as_read: bool, condition: str) -> None:
        """Update a hook source."""
        path = self.path_of(SOURCES, source)
        self.update("update_source", path, change, as_read=as_read, condition=condition)

    @rule(source=bodies.source_names, condition=conditions)
    def delete_source(self, source: str, condition: str) -> None:
        """Delete a hook source."""
        self.delete("delete_source", self.path_of(SOURCES, source), condition=condition)

    @rule(app=bodies.app_names, containers=bodies.inventories)
    def import_containers(self, app: str, containers: list[Document]) -> None:
        """Import the containers of an app."""
        path = self.path_of(APPS, app)
        if not self.state.has(APPS, path.id):
            assert not self.account.import_containers(path.id, containers)
            self.tally.add("import_containers", Outcome(404, "1"))
            return
        before = self.state.resources[APPS][path.id].document["metadata"]["modificationTimestamp"]
        import_containers(self.state, self.account, path.id, containers)
        assert self.state.resources[APPS][path.id].document["metadata"]["modificationTimestamp"] > before
        self.tally.add("import_containers", self.read(path))

    @rule(to=switches, here=st.sampled_from([True, True, True, False]))
    def switch_hooks(self, *, to: str, here: bool) -> None:
        """Switch hooks on or off, of this account or of one that does not exist."""
        assert self.account.switch_hooks(to, here=here) == here
        self.tally.add("switch_hooks", Outcome(200) if here else Outcome(404, "2"))
        if here:
            self.state.hook_switch = to

    @rule(view=views, app=st.none() | bodies.app_names)
    def view_list(self, view: View, app: str | None) -> None:
        """Read a list, that of an app's hooks if one is named, now and after each later step."""
        path = self.list_path(view.collection, app if view.collection == HOOKS else None)
        outcome = self.read_list(view, path)
        self.tally.add("view_list", outcome)
        if not outcome.problem:
            self.view, self.viewed = view, path

    @rule(number=st.integers(0, 3))
    def continue_list(self, number: int) -> None:
        """Continue a list after one of the pages read so far; number 0 sends an invalid cursor."""
        (path, _), cursor = [*self.cursors.items()][-number % len(self.cursors)]
        query = {"continue": cursor if number else "nowhere"}
        context, response, outcome = self.send("GET", path, query=query)
        self.tally.add("continue_list", outcome)
        if not outcome.problem:
            page = self.pages.expected(context)
            assert page is not None
            assert page.failure(response.json()) == ""
