"""The steps of a walk: what a client does over HTTP, and what is done on the command line."""

from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.stateful import rule

from life import bodies, refusals
from life.bodies import HOOK, SOURCE
from life.matcher import Resource
from life.model import Place
from life.refusals import Refusal
from life.tags import CONDITIONS
from life.views import View, views
from life.writes import Writes

conditions = st.sampled_from(CONDITIONS)
switches = st.sampled_from([*["enabled"] * 6, "clean-up", "disabled"])


class Life(Writes):
    """An account's hooks, hook sources and apps: made, changed, looked at and removed.

    Each is called by a name: it is what was given that name last, be it deleted since.
    """

    @rule(body=bodies.new_hooks)
    def create_hook(self, body: Resource) -> None:
        """Create a hook on the account's path."""
        self.create("create_hook", self.list_place("hooks"), {**HOOK, **body})

    @rule(body=bodies.new_hooks, app=bodies.app_names)
    def create_app_hook(self, body: Resource, app: str) -> None:
        """Create a hook on an app's path."""
        self.create("create_app_hook", self.list_place("hooks", app), {**HOOK, "appID": app, **body})

    @rule(hook=bodies.hook_names, change=bodies.hook_changes, as_read=st.booleans(), condition=conditions)
    def update_hook(self, *, hook: str, change: Resource, as_read: bool, condition: str) -> None:
        """Update a hook on the account's path."""
        place = self.place("hooks", hook)
        self.update("update_hook", place, change, as_read=as_read, condition=condition)

    @rule(
        hook=bodies.hook_names,
        below=bodies.below,
        change=bodies.hook_changes,
        as_read=st.booleans(),
        condition=conditions,
    )
    def update_app_hook(
        self, *, hook: str, below: str | None, change: Resource, as_read: bool, condition: str
    ) -> None:
        """Update a hook below an app's path, most often."""
        place = self.place("hooks", hook, below)
        self.update("update_app_hook", place, change, as_read=as_read, condition=condition)

    @rule(hook=bodies.hook_names, below=bodies.below, condition=conditions)
    def delete_hook(self, hook: str, below: str | None, condition: str) -> None:
        """Delete a hook on either path."""
        self.delete("delete_hook", self.place("hooks", hook, below), condition=condition)

    @rule(hook=bodies.hook_names, below=bodies.below)
    def read_hook(self, hook: str, below: str | None) -> None:
        """Read a hook on either path."""
        self.tally.add("read_hook", self.read(self.place("hooks", hook, below)))

    @rule(body=bodies.new_sources)
    def create_source(self, body: Resource) -> None:
        """Create a hook source."""
        self.create("create_source", self.list_place("sources"), {**SOURCE, **body})

    @rule(
        source=bodies.source_names, change=bodies.source_changes, as_read=st.booleans(), condition=conditions
    )
    def update_source(self, *, source: str, change: Resource, as_read: bool, condition: str) -> None:
        """Update a hook source."""
        place = self.place("sources", source)
        self.update("update_source", place, change, as_read=as_read, condition=condition)

    @rule(source=bodies.source_names, condition=conditions)
    def delete_source(self, source: str, condition: str) -> None:
        """Delete a hook source."""
        self.delete("delete_source", self.place("sources", source), condition=condition)

    @rule(app=bodies.app_names, containers=bodies.inventories)
    def import_containers(self, app: str, containers: list[Resource]) -> None:
        """Import the containers of an app."""
        place = self.place("apps", app)
        known = place.id in self.model.kept["apps"]
        assert self.site.import_containers(place.id, containers) == known
        self.tally.add("import_containers", None if known else Refusal(1))
        if known:
            self.model.import_containers(place.id, containers, self.moved(place))
            self.read(place)

    @rule(to=switches, here=st.sampled_from([True, True, True, False]))
    def switch_hooks(self, *, to: str, here: bool) -> None:
        """Switch hooks on or off, of this account or of one that does not exist."""
        assert self.site.switch_hooks(to, here=here) == here
        self.tally.add("switch_hooks", None if here else Refusal(2))
        if here:
            self.model.switch = to

    @rule(view=views, app=st.none() | bodies.app_names)
    def look_at_list(self, view: View, app: str | None) -> None:
        """Look at a list, that of an app's hooks if one is named, now and after each step from now on."""
        place = self.list_place(view.kind, app if view.kind == "hooks" else None)
        refusal = self.read_list(view, place)
        self.tally.add("look_at_list", refusal)
        if refusal is None:
            self.view, self.viewed = view, place

    @rule(bookmark=st.integers(0, 3))
    def read_on(self, bookmark: int) -> None:
        """Read on from where a page of a list ended, maybe long ago; bookmark 0 leads nowhere."""
        (place, last_id), token = [*self.bookmarks.items()][-bookmark % len(self.bookmarks)]
        answer = self.site.send("GET", place, query={"continue": token if bookmark else "nowhere"})
        if self.ended("read_on", answer, self._against_reading_on(place, bookmark)):
            rest = self.model.listed(place, behind=last_id)
            assert answer.json() == View(place.kind).document(rest, None)

    def _against_reading_on(self, place: Place, bookmark: int) -> Iterator[Refusal]:
        yield from refusals.listing(self.model, place)
        if not bookmark:
            yield Refusal(5, ("continue",))
