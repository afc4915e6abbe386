"""What the server's README says of servers for tests is true."""

import re

from documentation.pages import REPOSITORY, Page
from execution_hooks.contract.document import Contract
from execution_hooks.testing.control.contract import ControlContract
from execution_hooks.testing.control.naming import fault_names
from execution_hooks.testing.control.seeds.adding import MOST_ROWS
from execution_hooks.testing.served import Served

SECTION = Page.read(REPOSITORY / "server" / "README.md").section("In tests")


def test_the_attributes_of_the_fixture_are_listed(served: Served) -> None:
    rows = re.findall(r"^\| (`[a-z_]+.*?) \| ", SECTION.partition("### ")[0], re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`([a-z_]+)", row)}

    assert len(listed) >= 12
    assert all(hasattr(served, name) for name in listed)
    clock = re.findall(r"`(\w+)\(", next(row for row in SECTION.splitlines() if row.startswith("| `clock`")))
    assert set(clock) == {name for name in dir(served.clock) if not name.startswith("_")}


def test_the_requests_that_the_control_takes_are_listed(bundled: Contract) -> None:
    listed = re.findall(r"^\| `([A-Z]+ /\w+)` \|", SECTION, re.MULTILINE)

    assert listed == [
        f"{operation.method} {operation.template}"
        for operation in ControlContract(bundled).operations.values()
    ]


def test_the_faults_are_listed(bundled: Contract) -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| ", SECTION.partition("### Faults")[2], re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}

    assert listed | {*bundled.document["components"]["x-problems"]} == {*fault_names(), "fault"}


def test_how_much_a_store_of_tests_may_hold_is_said() -> None:
    assert f"more\nthan {MOST_ROWS:,} of anything is refused" in SECTION


def test_the_seed_that_is_shown_can_be_stored(served: Served) -> None:
    [seed] = re.findall(r"^```yaml\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)

    [account] = served.seed(seed)["accounts"]

    [stored] = [each for each in served.state()["accounts"] if each["id"] == account["id"]]
    assert [hook["name"] for hook in stored["hooks"]] == ["Freeze payroll"]
