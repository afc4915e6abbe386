"""Mutants of the server: each is wrong in one way, to prove that the suite finds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp

from conformance import mutations
from conformance.mutating import mutated
from execution_hooks.app import Options, create_app
from execution_hooks.contract.document import Contract
from execution_hooks.store.database import Database


@dataclass(frozen=True)
class Mutant:
    """A server that is built from a changed contract, or has something around it that changes messages."""

    contract: Callable[[dict[str, Any]], None] = lambda schemas: None  # noqa: ARG005
    app: Callable[[ASGIApp], ASGIApp] = lambda app: app

    def server(self, database: Database) -> ASGIApp:
        """Build this mutant, its responses validated."""
        contract = Contract.bundled()
        self.contract(contract.document["components"]["schemas"])
        return self.app(create_app(contract, database, Options(validate_responses=True)))


def _limits_names(most: int) -> Callable[[dict[str, Any]], None]:
    def change(schemas: dict[str, Any]) -> None:
        schemas["ExecutionHookName"]["maxLength"] = most

    return change


def _forgets_the_stage_rule(schemas: dict[str, Any]) -> None:
    for name in ("NewExecutionHook", "ExecutionHook"):
        del schemas[name]["not"]


def _promises_a_description(schemas: dict[str, Any]) -> None:
    schemas["ExecutionHook"]["required"].append("description")


MUTANTS = {
    "takes longer names": Mutant(contract=_limits_names(64)),
    "refuses the longest names": Mutant(contract=_limits_names(62)),
    "forgets the stage rule": Mutant(contract=_forgets_the_stage_rule),
    "breaks what it promises": Mutant(contract=_promises_a_description),
    "lets anyone in": Mutant(app=mutated(mutations.lets_anyone_in)),
    "takes PATCH for GET": Mutant(app=mutated(mutations.takes_patch_for_get)),
    "gives a problem another title": Mutant(app=mutated(on_response=mutations.gives_a_problem_another_title)),
    "leaves out ETag": Mutant(app=mutated(on_response=mutations.leaves_out_etag)),
    "tags every version alike": Mutant(
        app=mutated(mutations.takes_any_tag_for_its_own, mutations.tags_alike)
    ),
    "has a member more in responses": Mutant(app=mutated(on_response=mutations.adds_a_member)),
    "counts the containers instead of naming them": Mutant(
        app=mutated(on_response=mutations.in_each_resource(mutations.counts_containers))
    ),
    "sums up the script instead of its base64": Mutant(
        app=mutated(on_response=mutations.in_each_resource(mutations.sums_the_script))
    ),
    "keeps equal arguments once": Mutant(
        app=mutated(on_response=mutations.in_each_resource(mutations.keeps_equal_arguments_once))
    ),
    "shows private sources": Mutant(
        app=mutated(on_response=mutations.in_each_resource(mutations.shows_private_sources))
    ),
    "replaces where it should merge": Mutant(app=mutated(mutations.replaces)),
    "ignores If-Match": Mutant(app=mutated(mutations.ignores_if_match)),
    "ignores If-None-Match": Mutant(app=mutated(mutations.ignores_if_none_match)),
    "forbids what has changed meanwhile": Mutant(app=mutated(on_response=mutations.forbids_what_has_changed)),
    "responds to a deletion with a body": Mutant(
        app=mutated(on_response=mutations.responds_to_deletion_with_a_body)
    ),
    "only claims to delete": Mutant(
        app=mutated(mutations.only_reads_what_it_should_delete, mutations.claims_that_it_deleted)
    ),
    "serves what it deleted from a cache": Mutant(
        app=mutated(on_response=mutations.Cache().serves_what_is_gone)
    ),
    "names one fault of many": Mutant(app=mutated(on_response=mutations.names_one_fault)),
    "forgets what it created": Mutant(app=mutated(on_response=mutations.forgets)),
    "ignores limit": Mutant(app=mutated(mutations.ignores("limit"))),
    "ignores filter": Mutant(app=mutated(mutations.ignores("filter"))),
    "loses the last of a page": Mutant(app=mutated(on_response=mutations.loses_the_last_of_a_page)),
    "lists the newest first": Mutant(app=mutated(on_response=mutations.lists_the_newest_first)),
    "lists the hooks of all apps below each": Mutant(app=mutated(mutations.looks_beyond_the_app)),
}
"""The mutants by what the server does."""
