"""What is judged of a contract: what was asked for, as far as the server offers it and the level has it."""

from collections.abc import Collection, Mapping
from typing import Any

from execution_hooks_conformance.capabilities import capabilities
from execution_hooks_conformance.features import FEATURES, without
from execution_hooks_conformance.judgement import Scope
from execution_hooks_conformance.level_contract import at_level, operations
from execution_hooks_conformance.options import Options
from execution_hooks_conformance.results import Verdict


def scope_of(
    options: Options, document: Mapping[str, Any], found: Collection[str]
) -> tuple[Scope, dict[str, Any]]:
    """Return what is judged of a contract, and the contract that has just that.

    ``found`` are the names of the operations and features that the server offers.
    """
    names = capabilities(document)
    labels = {part["operationId"]: f"{method.upper()} {path}" for path, method, part in operations(document)}
    whole = at_level(document, options.level)
    of_level = {part["operationId"] for _, _, part in operations(whole)}
    wanted = {names[name] for name in options.only or names if name not in options.without}
    offered = {names[name] for name in {*names} & {*found}} & of_level
    needed = {*names, *FEATURES} if "all" in options.require else options.require
    required = {names[name] for name in needed & {*names}}
    features = {name for name, each in FEATURES.items() if options.level.includes(each.level)}
    lacking = features - {*found} - options.without
    judged = offered & wanted
    scope = Scope(
        options.level,
        judged=[labels[each] for each in labels if each in judged],
        disabled=[labels[each] for each in labels if each in of_level - wanted],
        missing=[labels[each] for each in labels if each in (of_level & wanted) - offered],
        required=[labels[each] for each in labels if each in required],
        left_out={
            **_verdicts(features & options.without, Verdict.DISABLED, "{} is left out"),
            **_verdicts(lacking - needed, Verdict.SKIP, "the server does not offer {}"),
            **_verdicts(lacking & needed, Verdict.FAIL, "the server does not offer {}, which is required"),
        },
    )
    narrowed = at_level(document, options.level, judged)
    return scope, without(narrowed, lacking | (features & options.without))


def _verdicts(names: Collection[str], verdict: Verdict, reason: str) -> dict[str, tuple[Verdict, str]]:
    """Give the promises that are about some features one verdict."""
    return {
        promise: (verdict, reason.format(name))
        for name in sorted(names)
        for promise in FEATURES[name].promises
    }
