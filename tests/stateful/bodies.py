"""What is sent and imported: few values, so that names, patterns and references often coincide."""

import base64
from collections.abc import Iterable
from operator import itemgetter

from hypothesis import strategies as st

from execution_hooks_conformance import least_bodies
from execution_hooks_conformance.oracle.account_state import Document
from execution_hooks_conformance.oracle.scripts import checksum
from stateful.resource_paths import UNKNOWN_ID

Strategy = st.SearchStrategy[Document]
Lists = st.SearchStrategy[list[Document]]


def script(text: str) -> str:
    """Write a script in base64, as the API has it."""
    return base64.b64encode(text.encode()).decode()


NEW_HOOK: Document = {**least_bodies.HOOK, "hookSourceID": "ours", "appID": "payroll"}
NEW_SOURCE: Document = {**least_bodies.SOURCE}
"""The members of new resources that are not drawn. Apps and hook sources are referred to by name."""

_OWN = ["a", "b", "c", "it's", "é"]
hook_names = st.sampled_from([*_OWN, "netapp"])
source_names = st.sampled_from([*_OWN, "hidden", "ours"])
app_names = st.sampled_from(["payroll", "ledger", "payroll", "ledger", "foreign"])
below = st.sampled_from([None, "its app", "payroll", "ledger", "its app", "foreign"])

_names = st.sampled_from(_OWN)
_sources = [script(text) for text in ("echo\n", "echo a\n", "echo b\n", "echo c\r\n", "\ufeffecho\n")]
_labels: Lists = st.lists(
    st.builds(dict, name=st.sampled_from("ab"), value=st.sampled_from("ab")),
    max_size=2,
    unique_by=itemgetter("name"),
)
_criteria: Lists = st.lists(
    st.builds(
        dict,
        type=st.sampled_from(["podName", "podLabel", "containerName", "containerImage", "namespaceName"]),
        value=st.sampled_from(["a", "^a$", "b", "", "a=b", "[^a]", "é|b", "("]),
    ),
    max_size=3,
    unique_by=itemgetter("type", "value"),
)
_NOT_FOR_CLIENTS = {"creationTimestamp": "2001-02-03T04:05:06Z", "modifiedBy": "me", "createdBy": UNKNOWN_ID}
_TIMES = (
    *({"action": "failover"}, {"action": "failover", "stage": "post"}, {"action": "restore"}),
    *({"stage": "pre"}, {"action": "backup", "stage": "pre"}, {"action": "restore", "stage": "pre"}),
)


def _each(**values: st.SearchStrategy[object]) -> list[Strategy]:
    return [st.fixed_dictionaries({name: drawn}) for name, drawn in values.items()]


_common = _each(
    description=st.sampled_from(["", "a"]),
    metadata=st.fixed_dictionaries({"labels": _labels}) | st.just(_NOT_FOR_CLIENTS),
)
_of_hooks = [
    *_common,
    *_each(
        version=st.sampled_from(["1.3", "1.0"]),
        hookType=st.sampled_from(["custom", "custom", "netapp"]),
        matchingCriteria=_criteria,
        hookSourceID=st.sampled_from(["hidden", *_OWN, "foreign"]),
        arguments=st.none() | st.lists(st.sampled_from("ab"), max_size=3),
        enabled=st.sampled_from(["true", "false"]),
        appID=app_names,
    ),
    *[st.sampled_from(_TIMES)] * 2,
]
_of_sources = [*_common, *_each(source=st.sampled_from(_sources))]
_fixed_of_sources = _each(
    id=source_names,
    private=st.sampled_from(["false", "true"]),
    preloaded=st.sampled_from(["false", "true"]),
    sourceMD5Checksum=st.sampled_from([checksum(source) for source in _sources]),
)


def _joined(parts: Iterable[Document]) -> Document:
    return {name: value for part in parts for name, value in part.items()}


def _some(parts: list[Strategy], first: Strategy) -> Strategy:
    """Draw up to four parts of a body, behind a first one."""
    return st.tuples(first, st.lists(st.one_of(parts), max_size=4).map(_joined)).map(_joined)


_named = st.fixed_dictionaries({"name": _names})
_perhaps_named = st.fixed_dictionaries({}, optional={"name": _names})
new_hooks = _some(_of_hooks, _named)
new_sources = _some(_of_sources, _named)
hook_changes = _some([*_of_hooks, *_each(id=hook_names)], _perhaps_named)
source_changes = _some([*_of_sources, *_fixed_of_sources], _perhaps_named)

_texts = st.sampled_from(["a", "b", "ab", "é"])
_containers: Strategy = st.builds(
    dict,
    namespaceName=_texts,
    podName=_texts,
    podLabels=_labels,
    containerName=_texts,
    containerImage=_texts,
)
inventories: Lists = st.lists(
    _containers, max_size=5, unique_by=itemgetter("namespaceName", "podName", "containerName")
)
