"""Servers that are wrong in one way each, to prove that judging them shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp

from conformance import misdeeds
from conformance.tampering import tampered
from execution_hooks.app import create_app
from execution_hooks.contract.document import Contract
from execution_hooks.store.database import Database


@dataclass(frozen=True)
class Fault:
    """A change of the contract that a server is built from, or something around the server."""

    contract: Callable[[dict[str, Any]], None] = lambda schemas: None  # noqa: ARG005
    app: Callable[[ASGIApp], ASGIApp] = lambda app: app

    def server(self, database: Database) -> ASGIApp:
        """Build the server that has this fault, its answers validated."""
        contract = Contract.bundled()
        self.contract(contract.document["components"]["schemas"])
        return self.app(create_app(contract, database, validate_responses=True))


def _limits_names(most: int) -> Callable[[dict[str, Any]], None]:
    def change(schemas: dict[str, Any]) -> None:
        schemas["ExecutionHookName"]["maxLength"] = most

    return change


def _forgets_the_stage_rule(schemas: dict[str, Any]) -> None:
    for name in ("NewExecutionHook", "ExecutionHook"):
        del schemas[name]["not"]


def _promises_a_description(schemas: dict[str, Any]) -> None:
    schemas["ExecutionHook"]["required"].append("description")


FAULTS = {
    "takes longer names": Fault(contract=_limits_names(64)),
    "refuses the longest names": Fault(contract=_limits_names(62)),
    "forgets the stage rule": Fault(contract=_forgets_the_stage_rule),
    "breaks what it promises": Fault(contract=_promises_a_description),
    "lets anyone in": Fault(app=tampered(misdeeds.lets_anyone_in)),
    "takes PATCH for GET": Fault(app=tampered(misdeeds.takes_patch_for_get)),
    "gives a problem another title": Fault(app=tampered(tell=misdeeds.gives_a_problem_another_title)),
    "leaves out ETag": Fault(app=tampered(tell=misdeeds.leaves_out_etag)),
    "tags every version alike": Fault(app=tampered(misdeeds.takes_any_tag_for_its_own, misdeeds.tags_alike)),
    "answers with a member more": Fault(app=tampered(tell=misdeeds.adds_a_member)),
    "counts the containers instead of naming them": Fault(
        app=tampered(tell=misdeeds.in_each_resource(misdeeds.counts_containers))
    ),
    "sums up the script instead of its base64": Fault(
        app=tampered(tell=misdeeds.in_each_resource(misdeeds.sums_the_script))
    ),
    "keeps equal arguments once": Fault(
        app=tampered(tell=misdeeds.in_each_resource(misdeeds.keeps_equal_arguments_once))
    ),
    "shows private sources": Fault(
        app=tampered(tell=misdeeds.in_each_resource(misdeeds.shows_private_sources))
    ),
    "replaces where it should merge": Fault(app=tampered(misdeeds.replaces)),
    "ignores If-Match": Fault(app=tampered(misdeeds.ignores_if_match)),
    "ignores If-None-Match": Fault(app=tampered(misdeeds.ignores_if_none_match)),
    "forbids what has changed meanwhile": Fault(app=tampered(tell=misdeeds.forbids_what_has_changed)),
    "tells of a deletion": Fault(app=tampered(tell=misdeeds.tells_of_deletion)),
    "only claims to delete": Fault(
        app=tampered(misdeeds.only_reads_what_it_should_delete, misdeeds.claims_that_it_deleted)
    ),
    "serves what it deleted from a cache": Fault(app=tampered(tell=misdeeds.Cache().serves_what_is_gone)),
    "forgets what it created": Fault(app=tampered(tell=misdeeds.forgets)),
    "ignores limit": Fault(app=tampered(misdeeds.ignores("limit"))),
    "ignores filter": Fault(app=tampered(misdeeds.ignores("filter"))),
    "loses the last of a page": Fault(app=tampered(tell=misdeeds.loses_the_last_of_a_page)),
    "lists the newest first": Fault(app=tampered(tell=misdeeds.lists_the_newest_first)),
    "lists the hooks of all apps below each": Fault(app=tampered(misdeeds.looks_beyond_the_app)),
}
"""The faults by what the server does."""
