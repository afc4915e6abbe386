"""Steps of a directed run: requests that a right server accepts, and what differs from these."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from schemathesis.core import NOT_SET

from execution_hooks_conformance import directed_bodies
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.fixtures import ID_NAMES, Fixtures
from execution_hooks_conformance.least_bodies import HOOK, SOURCE
from execution_hooks_conformance.level_contract import operations
from execution_hooks_conformance.oracle.contract import offers
from execution_hooks_conformance.oracle.references import resolved
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES, Target

JSON = "application/json"


@dataclass(frozen=True)
class Step:
    """A request for an operation. A body of bytes goes out as it is.

    ``authorization`` is the header as it is sent; none if it is empty, the user's own if it is None. So is
    ``account`` the one in the path.
    """

    operation_id: str
    path: Mapping[str, str] = field(default_factory=dict)
    body: object = NOT_SET
    authorization: str | None = None
    account: str | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON

    def but(self, **changes: Any) -> "Step":  # noqa: ANN401 whatever the fields are
        """Return a step with other fields."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Operation:
    """An operation of the contract: its id, method and target, and what it says of bodies and parameters.

    ``media_types`` are those of the body, ``offers`` those of the response to a success.
    """

    id: str
    method: str
    target: Target
    media_types: tuple[str, ...]
    offers: tuple[str, ...]
    most_bytes: int
    parameters: Mapping[str, Mapping[str, Any]]

    @property
    def is_list(self) -> bool:
        """Whether it reads a collection."""
        return self.method == "get" and self.target.resource is None


def offered(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield the operations of a contract."""
    for path, method, part in operations(document):
        body = resolved(part.get("requestBody", {}), document)
        given = [*document["paths"][path].get("parameters", ()), *part.get("parameters", ())]
        parameters = [resolved(each, document) for each in given]
        yield Operation(
            id=part["operationId"],
            method=method,
            target=Target.of(path),
            media_types=tuple(body.get("content", ())),
            offers=offers(part, document),
            most_bytes=body.get("x-max-bytes", 0),
            parameters={each["name"]: each for each in parameters},
        )


@dataclass(frozen=True)
class RightSteps:
    """Makes requests that a right server accepts, of what the account has or can be given."""

    facts: Facts
    fixtures: Fixtures

    def of(self, operation: Operation) -> Step | None:
        """Return a request for an operation; None if there is nothing that it could be about."""
        target = operation.target
        path = {"app_id": self.facts.app_id} if target.below_app else {}
        if target.resource is not None:
            found = self.resource_id(target)
            if found is None:
                return None
            path[ID_NAMES[target.collection]] = found
        return Step(operation.id, path, self.body(operation))

    def resource_id(self, target: Target) -> str | None:
        """Return the id of a resource that can be changed and deleted; of an app, that can be read."""
        if target.collection == APPS:
            return self.facts.app_id
        self.fixtures.fill(target)
        spare = self.fixtures.spare(target, {"app_id": self.facts.app_id})
        return spare[-1].id if spare else None

    def name_of_another(self, target: Target, resource_id: str) -> str | None:
        """Return the name of another resource of the run's own than the one named; None if there is none."""
        made = self.fixtures.made(target, {"app_id": self.facts.app_id})
        return next((str(each.document["name"]) for each in made if each.id != resource_id), None)

    def body(self, operation: Operation) -> object:
        """Return a body that creates something, or changes the description; none where there is none."""
        if not operation.media_types:
            return NOT_SET
        if operation.method == "put":
            least = SOURCE if operation.target.collection == SOURCES else HOOK
            return {"type": least["type"], "version": least["version"], "description": f"as of {uuid4()}"}
        if operation.target.collection == HOOKS:
            return directed_bodies.least(self.facts)
        return {**SOURCE, "name": f"conformance {uuid4()}"}
