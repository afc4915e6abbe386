"""Lists page by page: nothing is omitted or repeated, whatever changes in between."""

import itertools
from datetime import UTC, datetime

import httpx
import pytest

from execution_hooks.store.directory import Directory
from harness.accounts import HOOK, Account
from harness.populations import populate
from harness.resources import create, delete, listed, page, read, update


def _pages(http: httpx.Client, collection: str, limit: int, **query: str) -> list[list[str]]:
    """All pages of a list, as ids."""
    pages: list[list[str]] = []
    token: str | None = ""
    while token is not None:
        following = {"continue": token} if token else {}
        items, token = page(http, collection, limit=limit, include="id", **query, **following)
        pages.append([item for [item] in items])
    return pages


@pytest.mark.parametrize("limit", [1, 2, 6, 7, 8, 13, 14, 15])
def test_pages_together_are_the_list(
    http: httpx.Client, account: Account, directory: Directory, limit: int
) -> None:
    ids = populate(directory, account, [account.hook() for _ in range(14)])

    for collection in (account.path, account.app_path):
        pages = _pages(http, collection, limit)

        assert list(itertools.chain(*pages)) == ids
        assert {len(each) for each in pages[:-1]} <= {limit}
        assert len(pages) == -(-14 // limit)


def test_hook_sources_and_apps_have_pages_as_well(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    sources = [
        account.hook_source_id,
        *(create(http, account.sources_path, account.source()).id for _ in "abcd"),
    ]
    apps = [account.app_id, *(directory.create_app(account.id, name) for name in "abcd")]

    assert _pages(http, account.sources_path, 2) == [sources[:2], sources[2:4], sources[4:]]
    assert _pages(http, account.apps_path, 2) == [apps[:2], apps[2:4], apps[4:]]


def test_an_empty_list_is_one_page(http: httpx.Client, account: Account) -> None:
    assert _pages(http, account.path, 1) == [[]]


def test_pages_may_differ_in_length_and_in_what_they_include(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    ids = populate(directory, account, [account.hook(name=f"hook {n}") for n in range(6)])

    _, token = page(http, account.path, limit=1)
    second, token = page(http, account.path, limit=2, include="name", **{"continue": str(token)})
    rest = listed(http, account.path, **{"continue": str(token)})

    assert second == [["hook 1"], ["hook 2"]]
    assert [item["id"] for item in rest] == ids[3:]


def test_a_page_can_be_read_again(http: httpx.Client, account: Account, directory: Directory) -> None:
    populate(directory, account, [account.hook() for _ in range(5)])
    _, token = page(http, account.path, limit=2)

    pages = [page(http, account.path, limit=2, **{"continue": str(token)}) for _ in range(3)]

    assert pages == [pages[0]] * 3


def test_hooks_with_the_same_timestamp_are_split_among_pages(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    moment = datetime(2026, 1, 1, 12, 30, 59, 999999, tzinfo=UTC)
    ids = populate(directory, account, [account.hook() for _ in range(10)], now=lambda: moment)

    assert list(itertools.chain(*_pages(http, account.path, 3))) == sorted(ids)


def test_times_long_ago_and_far_ahead_are_positions_as_well(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    years = iter([1970, 1971, 2026, 2111])
    bodies = [account.hook() for _ in range(4)]

    ids = populate(directory, account, bodies, now=lambda: datetime(next(years), 12, 31, tzinfo=UTC))

    assert _pages(http, account.path, 1) == [[each] for each in ids]


def test_the_next_page_is_the_same_though_the_last_hook_of_the_page_is_deleted(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    ids = populate(directory, account, [account.hook() for _ in range(4)])
    items, token = page(http, account.path, limit=2)

    for item in items:
        delete(http, f"{account.path}/{item['id']}")

    rest = listed(http, account.path, **{"continue": str(token)})
    assert [item["id"] for item in rest] == ids[2:]


def test_a_changed_hook_stays_in_its_place(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    ids = populate(directory, account, [account.hook() for _ in range(4)])
    _, token = page(http, account.path, limit=2)

    for each in ids:
        update(http, f"{account.path}/{each}", {**HOOK, "name": f"renamed {each}"})

    rest = listed(http, account.path, **{"continue": str(token)})
    assert [item["id"] for item in rest] == ids[2:]


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_a_hook_that_exists_from_the_first_page_to_the_last_is_in_exactly_one(
    http: httpx.Client, account: Account, directory: Directory, limit: int
) -> None:
    """Between any two pages a hook is created, one that was seen is deleted and one that was not."""
    ids = populate(directory, account, [account.hook() for _ in range(30)])
    seen: list[str] = []
    gone: list[str] = []
    created: list[str] = []
    token: str | None = ""
    while token is not None:
        items, token = page(http, account.path, limit=limit, **({"continue": token} if token else {}))
        seen += [item["id"] for item in items]
        if token is not None and len(created) < 12:
            created.append(create(http, account.path, account.hook()).id)
            for sight in (True, False):
                left = [each for each in ids if (each in seen) is sight and each not in gone]
                for doomed in left[:1]:
                    delete(http, f"{account.path}/{doomed}")
                    gone.append(doomed)

    left = [each for each in [*ids, *created] if each not in gone]
    assert [each for each in seen if each not in gone] == left
    assert len(seen) == len(set(seen))
    assert len(created) > 2


def test_a_filter_holds_for_each_of_its_pages(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    bodies = [account.hook(stage="pre" if n % 3 else "post") for n in range(20)]
    ids = populate(directory, account, bodies)

    pages = _pages(http, account.path, 2, filter="stage eq 'post'")

    assert list(itertools.chain(*pages)) == ids[::3]
    assert [len(each) for each in pages] == [2, 2, 2, 1]


@pytest.mark.parametrize("operator", ["gt", "gte", "lt", "lte", "eq"])
def test_a_filter_by_the_time_of_creation_holds_before_and_behind_a_position(
    http: httpx.Client, account: Account, operator: str
) -> None:
    hooks = [create(http, account.path, account.hook()) for _ in range(6)]
    moment = hooks[2].resource["metadata"]["creationTimestamp"]
    wanted = {"gt": hooks[3:], "gte": hooks[2:], "lt": hooks[:2], "lte": hooks[:3], "eq": hooks[2:3]}[
        operator
    ]
    condition = f"metadata.creationTimestamp {operator} '{moment}'"

    for limit in (1, 2, 6):
        pages = _pages(http, account.path, limit, filter=condition)
        assert list(itertools.chain(*pages)) == [hook.id for hook in wanted]
    first, behind_first = page(http, account.path, limit=1, include="id")
    assert behind_first is not None
    following = page(http, account.path, filter=condition, include="id", **{"continue": behind_first})
    assert following[0] == [[hook.id] for hook in wanted if [hook.id] not in first]


def test_the_last_page_has_no_continuation_even_if_it_is_full(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    populate(directory, account, [account.hook() for _ in range(4)])
    _, token = page(http, account.path, limit=2)

    items, after = page(http, account.path, limit=2, **{"continue": str(token)})

    assert (len(items), after) == (2, None)


def test_a_hook_created_later_is_on_a_later_page(http: httpx.Client, account: Account) -> None:
    first = create(http, account.path, account.hook())
    create(http, account.path, account.hook())
    items, token = page(http, account.path, limit=1)
    later = create(http, account.path, account.hook())

    rest = listed(http, account.path, **{"continue": str(token)})

    assert items == [first.resource]
    assert rest[-1] == read(http, later.path)
