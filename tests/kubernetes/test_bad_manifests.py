"""What is no manifest is refused in a line with the file, the document and the place; nothing is read."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from execution_hooks.kubernetes.exechook.cluster import read_cluster
from execution_hooks.kubernetes.manifests.files import LARGEST_YAML
from execution_hooks.kubernetes.manifests.reading import InvalidManifests
from harness.commands import Run
from harness.manifests import SCRIPT, hook, pod, written

Lines = Callable[..., tuple[str, ...]]

NO_MANIFEST = "document 1, the document is no manifest: it must be an object with kind and apiVersion"
LINES = "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD = {
    "text": (b"hello", NO_MANIFEST),
    "a page": (b"<html>404</html>", NO_MANIFEST),
    "a list of JSON": (b"[1]", NO_MANIFEST),
    "nothing": (b"", "there is no manifest in it"),
    "a comment": (b"# x\n---\n---\n", "there is no manifest in it"),
    "no kind": (b'{"apiVersion": "v1"}', "document 1, kind is missing"),
    "a cut stream": (
        json.dumps(hook()).encode()[:-60],
        "document 1, spec.hookSource: the JSON is cut off here",
    ),
    "a cut list": (written(pod("a"), pod("b")).encode()[:-90], "document 1, items[1].spec"),
    "two documents without a mark": (
        b'{"apiVersion":"v1","kind":"Node"} x',
        "document 2, the document: this is not JSON: lexical error",
    ),
    "a tab": (
        b"kind: Pod\n\tapiVersion: v1\n",
        "document 1, kind: this is not YAML: line 2, column 1: found a tab",
    ),
    "a member twice, YAML": (b"kind: A\nkind: B\n", "document 1, kind: the member 'kind' is named twice"),
    "a member twice, JSON": (
        b'{"kind":"A","kind":"B"}',
        "document 1, kind: the member 'kind' is named twice",
    ),
    "an anchor bomb": (
        b"a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n" + LINES.encode(),
        "document 1, e[0]: line 5, column 8: the aliases stand for more than 10000 values",
    ),
    "an anchor within itself": (
        b"a: &a [*a]",
        "document 1, a[0]: line 1, column 8: the alias 'a' stands for what it",
    ),
    "an alias of nothing": (b"a: *b", "document 1, a: line 1, column 4: the alias 'b' stands for nothing"),
    "a merge key": (
        b"a: &a {b: 1}\nc:\n  <<: *a\n",
        "document 1, c: line 3, column 3: merge keys (<<) are not read",
    ),
    "a tag": (b"a: !!python/name:os.system x", "document 1, a: line 1, column 4: the tag"),
    "a list as a name": (
        b"[a]: 1",
        "document 1, the document: line 1, column 1: the name of a member must be",
    ),
    "a List in a List": (
        written({"apiVersion": "v1", "kind": "List", "items": []}).encode(),
        "document 1, items[0] is a list in a list, which is not read",
    ),
    "an item that is no object": (written(5).encode(), "document 1, items[0] is no manifest"),  # type: ignore[arg-type]
    "items that are no list": (
        b'{"apiVersion":"v1","kind":"List","items":{}}',
        "document 1, items must be a list",
    ),
    "items of what is no list": (
        b'{"apiVersion":"v1","kind":"Pod","items":[]}',
        "document 1, items belongs to lists",
    ),
    "a list that goes on": (
        b'{"apiVersion":"v1","kind":"PodList","metadata":{"continue":"x"},"items":[]}',
        "document 1, metadata.continue says that the list goes on: it must be whole",
    ),
    "bytes": (bytes(range(256)), "this is no text: byte 0 is NUL"),
    "UTF-16 without a mark": ("kind: Pod".encode("utf-16-le"), "this is no text: byte 1 is NUL"),
    "half a character of UTF-16": (b"\xff\xfe{\0x", "this is no text in UTF-16, though it begins so"),
    "no UTF-8, YAML": (b"a: \xff", "document 1, the document: this is not YAML: invalid leading UTF-8 octet"),
    "no UTF-8, JSON": (
        b'{"a":"\xff"}',
        "document 1, a: this is not JSON: lexical error: invalid bytes in UTF8",
    ),
    "no number": (b'{"a":NaN}', "document 1, a: this is not JSON: lexical error"),
    "a huge number": (
        b'{"a":' + b"9" * 5000 + b"}",
        "document 1, a: this is not JSON: parse error: integer overflow",
    ),
    "deep JSON": (
        b'{"a":' + b"[" * 100_000,
        "document 1, a[0][0][0][0][0][0][0][0][0][0][0] …: nested deeper than 64",
    ),
    "deep YAML": (
        b"[" * 100_000,
        "document 1, [0][0][0][0][0][0][0][0][0][0][0][0] …: nested deeper than 64",
    ),
    "a second document": (
        b"apiVersion: v1\nkind: ConfigMap\n---\nkind: 3\n",
        "document 2, kind must be a string",
    ),
    "much YAML": (b"#" * (LARGEST_YAML + 1), "YAML of more than 20 MB is not read; print JSON (-o json)"),
}
"""Content of a file, and how the line about it goes on after the file's name."""


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """Return what reads files of some content, which must be refused, and returns the lines."""

    def refused(**files: bytes) -> tuple[str, ...]:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        with pytest.raises(InvalidManifests) as caught:
            read_cluster([str(tmp_path / name) for name in files])
        return tuple(line.removeprefix(f"{tmp_path}/") for line in caught.value.lines)

    return refused


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_its_place(lines: Lines, content: bytes, reason: str) -> None:
    [line] = lines(file=content)

    assert line.startswith(f"file: {reason}"), line
    assert "\n" not in line


@pytest.mark.parametrize(
    "content", [content for content, _ in BAD.values() if b"SECRET" in content or b"hook" in content]
)
def test_no_line_quotes_a_script(lines: Lines, content: bytes) -> None:
    assert not [line for line in lines(file=content) if SCRIPT[8:16] in line or "SECRET" in line]


def test_each_bad_file_has_a_line_and_good_ones_have_none(lines: Lines) -> None:
    found = lines(one=b"[", good=json.dumps(pod("a")).encode(), two=b"kind: 3")

    assert [line.split(":")[0] for line in found] == ["one", "two"]


def test_every_violation_of_a_document_is_named_at_once(lines: Lines) -> None:
    bad = hook(("containerNam", "x"), action="Restart", stage=5, enabled="yes", timeout=0, arguments="-v")
    del bad["spec"]["applicationRef"]

    [line] = lines(file=json.dumps(bad).encode())

    for member in ("applicationRef", "matchingCriteria[0].type", "action", "stage", "enabled", "timeout"):
        assert f"spec.{member} " in line
    assert 'spec.action must be "snapshot" or "backup" or "restore" or "failover"' in line


def test_what_is_there_twice_is_refused_with_both_places(lines: Lines) -> None:
    [line] = lines(one=json.dumps(hook()).encode(), two=written(pod("a"), hook(name="freeze")).encode())

    assert line.startswith("two: document 1, items[1] is the ExecHook shop/freeze again, which is in ")
    assert line.endswith("/one: document 1, the document")


def test_a_folder_without_manifests_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".hidden.yaml").write_text("kind: 3")

    with pytest.raises(InvalidManifests) as caught:
        read_cluster([str(tmp_path / "empty"), str(tmp_path / "nowhere")])

    assert caught.value.lines == (
        f"{tmp_path}/empty: the folder has no file that ends in .json, .yaml, .yml",
        f"{tmp_path}/nowhere: cannot be read: No such file or directory",
    )


def test_the_command_ends_with_2_and_prints_a_line_for_each_bad_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one").write_text("[")
    (tmp_path / "two").write_text("kind: 3")

    done = run("exechook", "explain", "one", "two", "-", stdin=written(hook()))

    assert (done.returncode, done.stdout) == (2, "")
    assert [line[:10] for line in done.stderr.splitlines()] == ["Error: one", "Error: two"]


POD_IN_YAML = b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}"
GOOD = {
    "a mark of UTF-8": b"\xef\xbb\xbf" + json.dumps(pod("a")).encode(),
    "UTF-16 with a mark": json.dumps(pod("a")).encode("utf-16"),
    "YAML in UTF-16": b"\xff\xfe" + POD_IN_YAML.decode().encode("utf-16-le"),
    "JSON after JSON": json.dumps(pod("a")).encode()
    + b"\n"
    + json.dumps({"apiVersion": "v1", "kind": "Node"}).encode(),
    "documents of YAML": b"---\n---\n" + POD_IN_YAML + b"\n---\n",
    "anchors": b"apiVersion: v1\nkind: Pod\nmetadata: &m {name: a}\nspec: {containers: [], x: *m}\n",
    "null items": b'{"apiVersion":"v1","kind":"List","items":null}' + json.dumps(pod("a")).encode(),
    "a list of the API": b'{"items":[{"metadata":{"name":"a"},"spec":{"containers":[]}}],'
    b'"kind":"PodList","apiVersion":"v1"}',
}
"""What is unusual and read all the same: the content has the pod ``a``."""


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_what_shells_and_tools_write_is_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)

    assert [name for _, name in read_cluster([str(tmp_path / "file")]).pods] == ["a"]


def test_folders_are_read_with_their_folders_in_any_order_of_resources(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "pods.json").write_text(written(pod("a"), pod("b")))
    (tmp_path / "b" / "hook.yml").write_text(json.dumps(hook()))
    (tmp_path / "notes.txt").write_text("no manifest")

    cluster = read_cluster([str(tmp_path)])

    assert (len(cluster.pods), len(cluster.hooks)) == (2, 1)


def test_a_pipe_is_read_as_it_comes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(written(*(pod(f"pod-{n}") for n in range(500))),))
    writer.start()

    assert len(read_cluster([str(pipe)]).pods) == 500
    writer.join()
