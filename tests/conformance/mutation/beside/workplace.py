"""Has the other tools judge a sample of the mutants, one tool after the other."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import yaml

from conformance.account import known_in_full, new_account
from conformance.mutation.beside import prism
from conformance.mutation.beside.fair_chance import Ids, spare_resources
from conformance.mutation.judged import Judged
from conformance.mutation.results import PRISM, SCHEMATHESIS, Result
from conformance.mutation.workshop import Workshop
from execution_hooks.store.database import open_database
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.closed_responses import close_responses
from execution_hooks_conformance.facts import Facts

TOOLS = (SCHEMATHESIS, PRISM)
_BUDGETS = Path(__file__).with_name("requests_sent.yaml")
_SAYS = "# How many requests the suite sends to judge the server as it is, at each operation.\n"
_CREATE = "createExecutionHook"
_WITH_BODIES = {_CREATE, "updateExecutionHook", "createHookSource", "updateHookSource"}
"""Operations that most mutants are at: to learn one costs as much as to judge ten mutants."""


def can_judge(tool: str, result: Result) -> bool:
    """Tell whether a tool is set beside the suite for a mutant: Prism is for requests of create alone."""
    if tool == PRISM:
        return result.kind == "request" and result.operation == _CREATE
    return result.operation in _WITH_BODIES


def judge_by(tool: str, mutants: Sequence[str], workshop: Workshop) -> Iterator[Judged]:
    """Judge mutants, by their ids, by a tool; what goes through Prism are the directed requests."""
    if tool == PRISM:
        prism.install()
        one_at_a_time = replace(workshop, processes=1)
        yield from one_at_a_time.judge(mutants, command="conformance.mutation.beside.prism_judging")
    else:
        yield from _by_schemathesis(mutants, workshop)


def note_requests(judged: Iterable[Judged], file: Path = _BUDGETS) -> None:
    """Write down how many requests the suite sent to the server as it is; other tools may send as many."""
    before = yaml.safe_load(file.read_text("utf-8"))
    now = {each.mutant.removeprefix("control "): each.requests for each in judged if _is_control(each)}
    file.write_text(f"{_SAYS}{yaml.safe_dump({**before, **now})}", "utf-8")


def _is_control(judged: Judged) -> bool:
    return judged.mutant.startswith("control ")


def _by_schemathesis(mutants: Sequence[str], workshop: Workshop) -> Iterator[Judged]:
    folder = workshop.folder / SCHEMATHESIS
    folder.mkdir()
    store = folder / "store.db"
    with open_database(f"sqlite:///{store}") as database:
        facts = known_in_full(database, new_account(database))
        ids = spare_resources(database, facts)
    contract = folder / "contract.json"
    contract.write_text(json.dumps(_with_real_examples(facts, ids)), "utf-8")
    given, report = folder / "given.json", folder / "report.ndjson"
    what = {"contract": str(contract), "store": str(store), "token": facts.token, "ids": asdict(ids)}
    budgets = yaml.safe_load(_BUDGETS.read_text("utf-8"))
    given.write_text(json.dumps({**what, "budgets": budgets, "mutants": [*mutants]}), "utf-8")
    module = "conformance.mutation.beside.schemathesis_judging"
    workshop.run([module, given, "--report", report], facts, folder)
    yield from Judged.read(report)


def _with_real_examples(facts: Facts, ids: Ids) -> Any:  # noqa: ANN401 an OpenAPI document
    """Return the contract that responses are held to, with ids that exist in its examples of requests."""
    document = json.loads(json.dumps(read_contract()))
    close_responses(document)
    example = document["components"]["examples"]["PayrollRequest"]["value"]
    text = json.dumps(document)
    for name, real in (("hookSourceID", ids.sources[0]), ("appID", facts.app_id)):
        text = text.replace(example[name], real)
    return json.loads(text)
