"""Which requests of a run one failure is shown again by."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from execution_hooks_conformance.replay_steps import MOST_STEPS, Steps
from execution_hooks_conformance.results import RunLog

URL = "http://127.0.0.1/accounts/a/core/v1/executionHooks"
FIRST, SECOND = "5f7e2e31-280d-4984-a28b-2d19ab5b77c0", "6f7e2e31-280d-4984-a28b-2d19ab5b77c0"


class CountedReads(dict[str, Any]):
    """An exchange that counts how often its response is looked at."""

    reads = 0

    def __getitem__(self, name: str) -> object:
        CountedReads.reads += name == "received"
        return super().__getitem__(name)


def _exchange(
    method: str, url: str, body: Mapping[str, Any] | None, status: int, given: object
) -> CountedReads:
    sent = {"method": method, "url": url, "headers": {}, "body": "" if body is None else json.dumps(body)}
    received = {"status": status, "headers": {}, "body": "" if given is None else json.dumps(given)}
    return CountedReads(sent=sent, received=received)


def _create(name: str, new_id: str) -> CountedReads:
    return _exchange("POST", URL, {"name": name}, 201, {"id": new_id})


def _update(hook_id: str) -> CountedReads:
    return _exchange("PUT", f"{URL}/{hook_id}", {"description": "new"}, 204, None)


def _log(exchanges: Iterator[CountedReads] | list[CountedReads]) -> RunLog:
    return RunLog(exchanges=dict(enumerate(exchanges, 1)))


def test_a_failure_needs_what_made_and_changed_the_hook_that_it_names() -> None:
    log = _log([_create("a", FIRST), _create("b", SECOND), _update(SECOND), _update(FIRST), _update(FIRST)])

    assert Steps(log).needed(5) == [1, 4, 5]


def test_a_name_that_is_taken_needs_the_create_that_took_it_and_what_came_between() -> None:
    deleted = _exchange("DELETE", f"{URL}/{FIRST}", None, 204, None)
    log = _log([_create("a", FIRST), deleted, _create("a", SECOND), _create("a", FIRST)])

    assert Steps(log).needed(4) == [1, 2, 3, 4]


def test_a_server_that_gives_every_hook_one_id_is_reported_from_one_reading_of_the_log() -> None:
    log = _log(each for number in range(1000) for each in (_create(f"hook {number}", FIRST), _update(FIRST)))
    CountedReads.reads = 0

    steps = Steps(log)
    needed = [steps.needed(number) for number in (1000, 1500, 2000)]

    assert [len(each) for each in needed] == [MOST_STEPS] * 3
    assert {1999, 2000} <= {*needed[2]}
    assert CountedReads.reads <= 3 * len(log.exchanges)
