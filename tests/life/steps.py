"""What all steps of a walk have in common: each ends as predicted, and all can be read as it should be."""

import httpx
from hypothesis.stateful import RuleBasedStateMachine, invariant

from life import refusals
from life.initial_account import initial_account
from life.model import Place
from life.refusals import Refusal, Refusals
from life.site import Site
from life.tags import Tags
from life.tally import Tally
from life.views import Condition, View


class Steps(RuleBasedStateMachine):
    """A walk through the life of one account, with the model of it alongside.

    ``view`` shows the list at ``viewed``; ``bookmarks`` lead on from where pages of lists have ended: from
    the list and the last resource of the page.
    """

    def __init__(self, site: Site, tally: Tally) -> None:
        super().__init__()
        self.site = site
        self.tally = tally
        self.model = initial_account(site)
        self.tags = Tags()
        self.turn = 0
        self.view, self.viewed = (
            View("hooks", ("name", "id"), (Condition("name", "lte", 2),), 1),
            Place("hooks"),
        )
        self.bookmarks: dict[tuple[Place, str], str] = {}
        for place in self.resources():
            self.read(place)

    @invariant()
    def all_is_as_the_model_has_it(self) -> None:
        """Read every list whole, one through the view, and one resource by itself: each has its turn."""
        for kind in self.model.kept:
            self.read_list(View(kind), Place(kind))
        for app_id in self.model.kept["apps"]:
            self.read_list(View("hooks"), Place("hooks", app_id=app_id))
        self.read_list(self.view, self.viewed)
        self.turn += 1
        self.read(self.resources()[self.turn % len(self.resources())])

    def resources(self) -> list[Place]:
        """Return where every resource is."""
        return [Place(kind, each) for kind, kept in self.model.kept.items() for each in kept]

    def ended(self, rule: str, answer: httpx.Response, against: Refusals) -> bool:
        """Check that a step was refused for the first thing against it, if any; tell whether it was not."""
        refusal = self.refused(answer, against)
        self.tally.add(rule, refusal)
        return refusal is None

    def refused(self, answer: httpx.Response, against: Refusals) -> Refusal | None:
        """Check likewise, and return the refusal."""
        expected = next(against, None)
        assert _refusal_in(answer) == expected, answer.text
        return expected

    def read(self, place: Place) -> Refusal | None:
        """Read a resource. It must be the model's, or refused."""
        answer = self.site.send("GET", place)
        refusal = self.refused(answer, refusals.reading(self.model, place))
        if refusal is None:
            self.check(place, answer)
        return refusal

    def check(self, place: Place, answer: httpx.Response) -> None:
        """Check that an answer has a resource as the model has it, and a right tag."""
        assert answer.json() == self.model.shown(place)
        self.tags.see(self.model.stored(place), answer.headers["ETag"])

    def read_list(self, view: View, place: Place) -> Refusal | None:
        """Read a list through a view, page by page. Each page must be the model's, or the first refused."""
        whole = self.model.listed(place)
        query = view.query(whole)
        answer = self.site.send("GET", place, query=query)
        if refusal := self.refused(answer, refusals.listing(self.model, place)):
            return refusal
        *cut, last = view.pages(view.chosen(whole))
        for page in cut:
            token = answer.json()["metadata"].get("continue")
            assert answer.json() == view.document(page, token)
            self.bookmarks[place, page[-1]["id"]] = token
            answer = self.site.send("GET", place, query={**query, "continue": token})
        assert answer.json() == view.document(last, None)
        return None


def _refusal_in(answer: httpx.Response) -> Refusal | None:
    if answer.is_success:
        return None
    problem = answer.json()
    assert problem["status"] == str(answer.status_code)
    named = [*problem.get("invalidFields", []), *problem.get("invalidParams", [])]
    return Refusal(int(problem["type"].rpartition("/")[2]), tuple(sorted({each["name"] for each in named})))
