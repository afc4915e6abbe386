"""Judged in the same way, a server that is wrong is found out, and by the check that ought to find it."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from judge.verdict import Verdict

FOUND_IN = {
    "takes longer names": ("coverage", "negative_data_rejection"),
    "refuses the longest names": ("coverage", "positive_data_acceptance"),
    "forgets the stage rule": ("coverage", "negative_data_rejection"),
    "breaks what it promises": ("examples", "not_a_server_error"),
    "leaves out ETag": ("examples", "response_headers_conformance"),
    "answers with a member more": ("examples", "response_schema_conformance"),
    "lets anyone in": ("examples", "ignored_auth"),
}
"""By what a server does wrong: a phase that shows it, and the check."""


@pytest.fixture(scope="module")
def verdicts(judge_in_process: Callable[..., Verdict]) -> dict[str, Verdict]:
    """What comes of judging each wrong server, as many at once as there are processors."""

    def judge(fault: str) -> Verdict:
        return judge_in_process("--phases", FOUND_IN[fault][0], "--no-shrink", fault=fault)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(FOUND_IN, pool.map(judge, FOUND_IN), strict=True))


@pytest.mark.parametrize("fault", FOUND_IN)
def test_a_server_is_found_out_that(fault: str, verdicts: dict[str, Verdict]) -> None:
    found = verdicts[fault]

    assert found.exit_status == 1, found.said
    assert FOUND_IN[fault][1] in found.failed_checks
