"""``explain``: what a hook hits among the containers of its app, and why it hits no others."""

import json

import httpx

from execution_hooks.store.directory import Directory
from harness.accounts import HOOK, Account
from harness.commands import Run, printed, refused
from harness.inventories import DATABASE, WEB, import_containers
from harness.resources import create, update

DATABASES = [{"type": "containerName", "value": "^postgres$"}]
NOTHING = [{"type": "podName", "value": "^nothing$"}, {"type": "containerName", "value": "postgres"}]


def test_a_hook_is_explained_by_its_name_or_its_id(
    administer: Run, http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [DATABASE, WEB])
    hook = create(http, account.path, account.hook(name="Payroll", matchingCriteria=DATABASES))

    by_name = printed(administer("admin", "explain", "--account", account.id, "Payroll"))
    by_id = printed(administer("admin", "explain", "--account", account.id, hook.id))

    assert by_name == by_id
    assert "hits 1 of 2 containers" in by_name
    for shown in (DATABASE, WEB):
        assert shown.pod_name in by_name
        assert shown.container_image in by_name
    assert "NOTHING" not in by_name


def test_an_explanation_is_json_if_asked_for(
    administer: Run, http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [DATABASE, WEB])
    hook = create(http, account.path, account.hook(name="Payroll", matchingCriteria=DATABASES))
    command = ("admin", "explain", "-o", "json", "--account", account.id, "Payroll")

    explanation = json.loads(printed(administer(*command)))

    assert explanation["hook"] == {"id": hook.id, "name": "Payroll"}
    assert explanation["app"] == {"id": account.app_id, "name": "payroll"}
    assert (explanation["known"], explanation["hits"], explanation["excludedBy"]) == (True, 1, [])
    assert explanation["criteria"] == [{**DATABASES[0], "hits": 1}]
    shown = [(each["podName"], each["criteria"], each["hit"]) for each in explanation["containers"]]
    assert shown == [(DATABASE.pod_name, [True], True), (WEB.pod_name, [False], False)]

    update(http, hook.path, {**HOOK, "matchingCriteria": NOTHING})
    done = administer(*command)
    explanation = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert (explanation["hits"], explanation["excludedBy"]) == (0, [0])


def test_a_hook_that_hits_nothing_is_reported_and_fails(
    administer: Run, http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [DATABASE, WEB])
    create(http, account.path, account.hook(name="Blunt", matchingCriteria=NOTHING))

    done = administer("admin", "explain", "--account", account.id, "Blunt")

    assert (done.returncode, done.stderr) == (1, "")
    assert "THIS HOOK HITS NOTHING" in done.stdout
    assert "Criterion 1 alone excludes every container: podName ^nothing$" in done.stdout
    assert "Criterion 2" not in done.stdout


def test_while_no_containers_are_known_there_is_nothing_to_hit(
    administer: Run, http: httpx.Client, account: Account
) -> None:
    create(http, account.path, account.hook(name="Early"))

    done = administer("admin", "explain", "--account", account.id, "Early")
    as_json = administer("admin", "explain", "-o", "json", "--account", account.id, "Early")

    assert (done.returncode, as_json.returncode) == (1, 1)
    assert "NO CONTAINERS KNOWN" in done.stdout
    assert "admin app import" in done.stdout
    assert json.loads(as_json.stdout)["known"] is False


def test_only_hooks_of_the_account_are_explained(
    administer: Run, http: httpx.Client, account: Account, directory: Directory
) -> None:
    hook = create(http, account.path, account.hook())
    other = Account.new(directory)

    done = administer("admin", "explain", "--account", other.id, hook.id)

    assert refused(done) == f"the account has no hook of the id or name '{hook.id}'"
