"""A finding stays only with a reason, and a reason only with a finding."""

from findings import Finding, Suppression, suppressions, unexplained

HEADER = Finding("a-rule", "components/headers/ETag", "is too long")
KNOWN = Suppression("a-rule", ["components/headers/*"], "Nobody sends it.")


def test_a_finding_with_a_reason_is_left_out() -> None:
    assert unexplained([HEADER], [KNOWN]) == []


def test_a_finding_without_a_reason_is_reported_with_its_rule_and_its_place() -> None:
    elsewhere = HEADER._replace(place="components/schemas/ETag")
    another = HEADER._replace(rule="another-rule")

    assert unexplained([HEADER, elsewhere, another], [KNOWN]) == [
        "a-rule at components/schemas/ETag: is too long",
        "another-rule at components/headers/ETag: is too long",
    ]


def test_a_reason_without_a_finding_is_reported() -> None:
    [line] = unexplained([HEADER], [KNOWN, Suppression("a-rule", ["paths/*"], "As above.")])

    assert line == "suppressions.yaml: a-rule finds nothing at paths/*; remove the entry"


def test_every_entry_says_why() -> None:
    known = suppressions()

    assert known
    assert [each for each in known if len(each.reason) < 20 or not each.places] == []


def test_no_rule_of_the_house_is_suppressed() -> None:
    assert [each.rule for each in suppressions() if each.rule.startswith("house-")] == []
