"""JSON as RFC 8259 defines it: what is none is problem 7, any other value is checked against the schema."""

import httpx
import pytest

from execution_hooks.contract.strict_json import DEEPEST
from harness import problems
from harness.problems import assert_problem
from harness.wire import Ask, Draft

UNKNOWN_MEMBER = problems.schema_violation(
    "1 violation: /x is not a member of this object", ("/x", "is not a member of this object")
)
"""The problem for a valid hook with any value as a member ``x``."""

NO_OBJECT = problems.schema_violation(
    "1 violation: the body must be of type object", ("", "must be of type object")
)


def _with_member(name: str, value: bytes) -> Draft:
    return Draft(body=b'{~members~, "%b": %b}' % (name.encode(), value))


VALUES = {
    "null": b"null",
    "true": b"true",
    "false": b"false",
    "zero": b"0",
    "minus zero": b"-0",
    "minus one": b"-1",
    "integer": b"123",
    "integer of 400 digits": b"1" * 400,
    "integer of 401 digits": b"1" * 401,
    "integer of 5,000 digits": b"1" * 5000,
    "negative integer of 5,000 digits": b"-" + b"1" * 5000,
    "real": b"123.456789",
    "real close to zero": b"-0." + b"0" * 70 + b"1",
    "real of 5,000 digits": b"0." + b"1" * 5000,
    "exponent": b"20e1",
    "capital exponent": b"1E22",
    "exponent with plus": b"1e+2",
    "exponent with minus": b"1E-2",
    "exponent of zero": b"0e+1",
    "exponent with leading zeros": b"1e0001",
    "real with exponent": b"123.456e78",
    "exponent beyond any float": b"1e400",
    "negative beyond any float": b"-1e9999",
    "exponent of 5,000 digits": b"0.4e" + b"6" * 5000,
    "exponent that underflows": b"123e-10000000",
    "empty string": b'""',
    "string": b'"asd"',
    "long string": b'"' + b"x" * 10_000 + b'"',
    "empty array": b"[]",
    "array with spaces": b"[[]   ]",
    "array of all kinds": b'[null, 1, "1", {}, [], true, 1.5]',
    "array with line feeds": b"[1\n,\n2]",
    "array with all whitespace": b"[\t\n\r 1 \r\n\t]",
    "empty object": b"{}",
    "object": b'{"asd": "sdf", "dfg": "fgh"}',
    "object with an empty name": b'{"": 0}',
    "object with NUL escaped in a name": b'{"foo\\u0000bar": 42}',
    "object with line feeds": b'{\n"a":\n"b"\n}',
    "object with an escaped quote in a name": b'{"\\"": 1}',
    "63 arrays": b"[" * 63 + b"]" * 63,
    "63 objects": b'{"a":' * 63 + b"1" + b"}" * 63,
    "brackets side by side": b"[" + b"[]," * 500 + b"{}]",
    "brackets in strings": b'["' + b"[{" * 500 + b'"]',
    "brackets after escaped quotes": b'["' + b'\\"[' * 500 + b'"]',
}
"""Values of all kinds."""

INVALID_NUMBERS = {
    "leading zero": b"012",
    "two zeros": b"00",
    "minus and leading zero": b"-012",
    "plus": b"+1",
    "two pluses": b"++1234",
    "two minuses": b"--1",
    "minus alone": b"-",
    "minus and space": b"- 1",
    "minus and letter": b"-foo",
    "garbage after minus": b"-1x",
    "no digits before the point": b".1",
    "minus and point": b"-.123",
    "no digits after the point": b"1.",
    "no digits after the point of a negative": b"-2.",
    "point and exponent": b"2.e3",
    "two points": b"0.1.2",
    "point at the end": b"-1.0.",
    "exponent without digits": b"0e",
    "capital exponent without digits": b"0E",
    "exponent with a sign alone": b"0e+",
    "real exponent without digits": b"1.0e",
    "real exponent with a sign alone": b"1.0e-",
    "exponent with two signs": b"0e+-1",
    "exponent twice": b"1eE2",
    "exponent that is real": b"1e1.5",
    "hexadecimal of one digit": b"0x1",
    "hexadecimal of two digits": b"0x42",
    "octal": b"0o17",
    "binary": b"0b1",
    "NaN": b"NaN",
    "nan": b"nan",
    "minus NaN": b"-NaN",
    "Inf": b"Inf",
    "plus Inf": b"+Inf",
    "Infinity": b"Infinity",
    "infinity": b"infinity",
    "minus Infinity": b"-Infinity",
    "NaN in an array": b"[NaN]",
    "letters after digits": b"1.2a-3",
    "letter at the end": b"1.8011670033376514H-308",
    "underscore": b"1_000",
    "grouped by a space": b"1 000.0",
    "decimal comma": b"1,5",
    "full-width digit": "\uff11".encode(),
    "Arabic digits": "\u0661\u0662".encode(),
    "expression": b"1+2",
    "invalid UTF-8 within": b"123\xe5",
    "invalid UTF-8 in the exponent": b"1e1\xe5",
    "invalid UTF-8 after a minus": b"-\xe5",
    "long suffix": b"1L",
    "float suffix": b"1.0f",
}
"""What looks like a number but is none."""

STRINGS: dict[str, tuple[bytes, str]] = {
    "empty": (b'""', ""),
    "ASCII": (b'"asd "', "asd "),
    "escapes": (rb'"\"\\\/\b\f\n\r\t"', '"\\/\b\f\n\r\t'),
    "escaped control character": (rb'"\u0012"', "\x12"),
    "escaped backslash before u": (rb'"\\u0000"', "\\u0000"),
    "escaped backslash before a": (rb'"\\a"', "\\a"),
    "escaped backslash before a surrogate": (rb'"\\ud800"', "\\ud800"),
    "escaped quote": (rb'"\u0022"', '"'),
    "escaped backslash": (rb'"\u005C"', "\\"),
    "escaped line feed": (rb'"new\u000Aline"', "new\nline"),
    "escaped no-break space": (rb'"new\u00A0line"', "new\u00a0line"),
    "hexadecimal in both cases": (rb'"\u00Ff\uAbCd"', "\u00ff\uabcd"),
    "surrogate pair": (rb'"\ud83d\ude39"', "\U0001f639"),
    "surrogate pair in capitals": (rb'"\uD83D\uDE39"', "\U0001f639"),
    "two surrogate pairs": (rb'"\ud83d\ude39\ud83d\udc8d"', "\U0001f639\U0001f48d"),
    "last surrogate pair": (rb'"\uDBFF\uDFFE"', "\U0010fffe"),
    "escaped noncharacters": (rb'"\uFDD0\uFFFE\uFFFF"', "\ufdd0\ufffe\uffff"),
    "escaped zero-width space": (rb'"\u200B\u2064"', "\u200b\u2064"),
    "escaped byte order mark": (rb'"\uFEFF"', "\ufeff"),
    "DEL": (b'"a\x7fa"', "a\x7fa"),
    "one, two, three and four bytes": ('"`\u012a\u12ab\U0001d11e"'.encode(), "`\u012a\u12ab\U0001d11e"),
    "line and paragraph separators": ('"\u2028\u2029"'.encode(), "\u2028\u2029"),
    "noncharacters": ('"\uffff\U0010ffff"'.encode(), "\uffff\U0010ffff"),
    "first and last of each length": (
        '"\u0080\u07ff\u0800\U00010000"'.encode(),
        "\u0080\u07ff\u0800\U00010000",
    ),
    "first and last outside the surrogates": ('"\ud7ff\ue000"'.encode(), "\ud7ff\ue000"),
    "byte order mark": ('"\ufeff"'.encode(), "\ufeff"),
    "right-to-left override": ('"\u202e"'.encode(), "\u202e"),
    "decomposed": ('"e\u0301"'.encode(), "e\u0301"),
    "comments": (b'"a/*b*/c/*d//e"', "a/*b*/c/*d//e"),
    "markup": (b'"</script><!--&amp;"', "</script><!--&amp;"),
    "template": (b'"{{7*7}}${7*7}%s"', "{{7*7}}${7*7}%s"),
    "all printable": (b'"' + bytes(range(35, 92)) + b'"', bytes(range(35, 92)).decode()),
}
"""Strings and the values that they encode."""

INVALID_STRINGS = {
    "raw NUL": b'"\x00"',
    "raw line feed": b'"new\nline"',
    "raw carriage return": b'"a\rb"',
    "raw tab": b'"\t"',
    "raw control character": b'"\x1f"',
    "raw escape character": b'"\x1b[0m"',
    "single quotes": b"'a'",
    "backticks": b"`a`",
    "no quotes": b"abc",
    "no quotes and an escape": rb"\n",
    "escape x": rb'"\x00"',
    "escape a": rb'"\a"',
    "escape v": rb'"\v"',
    "escape U": rb'"\UA66D"',
    "escape e": rb'"\e"',
    "escape quote": rb'"\'"',
    "escape space": rb'"\ "',
    "octal escape": rb'"\000"',
    "escaped NUL byte": b'"\\\x00"',
    "escaped line feed byte": b'"\\\n"',
    "escaped tab byte": b'"\\\t"',
    "escaped emoji": '"\\\U0001f300"'.encode(),
    "escaped invalid UTF-8": b'"\\\xe5"',
    "invalid UTF-8 in an escape": b'"\\u\xe5"',
    "u without digits": rb'"\u"',
    "u with one digit": rb'"\u1"',
    "u with three digits": rb'"\u00A"',
    "u with a letter": rb'"\u00zz"',
    "u with a space": rb'"\u 041"',
    "u with a sign": rb'"\u+041"',
    "u with 0x": rb'"\u0x41"',
    "u with Arabic digits": '"\\u\u0660\u0660\u0664\u0661"'.encode(),
    "u with braces": rb'"\u{1F600}"',
    "surrogate and an incomplete escape": rb'"\uD834\u"',
    "surrogate and a bad escape": rb'"\uD834\x"',
    "surrogate and an incomplete surrogate": rb'"\uD800\uD800\x"',
    "escaped quote at the end": rb'"\"',
    "escaped backslashes at the end": rb'"\\\"',
    "byte FF": b'"\xff"',
    "byte FE": b'"\xfe"',
    "Latin-1": b'"\xe9"',
    "lone continuation": b'"\x81"',
    "truncated in two": b'"\xc3"',
    "truncated in three": b'"\xe2\x82"',
    "truncated in four": b'"\xf0\x9f\x98"',
    "truncated and resumed": b'"\xe0\xff"',
    "overlong solidus in two": b'"\xc0\xaf"',
    "overlong solidus in three": b'"\xe0\x80\xaf"',
    "overlong solidus in four": b'"\xf0\x80\x80\xaf"',
    "overlong in six": b'"\xfc\x83\xbf\xbf\xbf\xbf"',
    "overlong NUL": b'"\xc0\x80"',
    "raw surrogate": b'"\xed\xa0\x80"',
    "raw last surrogate": b'"\xed\xbf\xbf"',
    "raw surrogate pair": b'"\xed\xa0\xbd\xed\xb8\x80"',
    "beyond the last code point": b'"\xf4\x90\x80\x80"',
    "five bytes": b'"\xf8\x88\x80\x80\x80"',
}
"""What looks like a string but is none."""

LONE_SURROGATES = {
    "first": rb'"\ud800"',
    "second": rb'"\udfaa"',
    "first, then text": rb'"\uD800abc"',
    "first, then an escape": rb'"\uD800\n"',
    "first, then another letter": rb'"\uD800\u0041"',
    "two firsts": rb'"\ud800\ud800"',
    "inverted": rb'"\uDd1e\uD834"',
    "pair, then a first": rb'"\ud83d\ude39\ud800"',
}
"""Surrogates without their other half, which the grammar allows but Unicode does not."""

TRUNCATED = {
    "before anything": b"",
    "in whitespace": b" \n",
    "after a brace": b"{",
    "in a name": b'{"a',
    "after a name": b'{"a"',
    "after a colon": b'{"a":',
    "after a member": b'{"a": 1',
    "after a comma": b'{"a": 1,',
    "in a nested object": b'{"a": {"b": 1}',
    "in a string": b'{"a": "b',
    "after a backslash": b'{"a": "b\\',
    "in an escape": b'{"a": "b\\u00',
    "in true": b'{"a": tru',
    "in false": b"[fals",
    "in null": b"[nul",
    "after a bracket": b"[",
    "after an item": b"[1",
    "after an item and a comma": b"[1,",
    "with line feeds": b"[1,\n1\n,1",
    "in a string of an array": b'["a',
    "after an inner array": b"[[]",
    "after a minus": b"[-",
    "after a point": b"[1.",
    "after an exponent": b"[1e",
    "in a character": b'["\xe2\x82',
    "after a byte order mark": b"\xef\xbb\xbf",
    "in a byte order mark": b"\xef\xbb{}",
    "in a quote": b'"',
}
"""Texts that end too early."""

NOT_JSON = {
    "two objects": b'{"a":1}{"b":2}',
    "two objects in lines": b'{"a":1}\n{"b":2}\n',
    "two arrays": b"[] []",
    "two numbers": b"1 2",
    "two literals": b"nulltrue",
    "two strings": b'"a" "b"',
    "bracket after an array": b"[1]]",
    "brace after an object": b'{"a": 1}}',
    "bracket after an object": b'{"a": 1}]',
    "text after an object": b'{"a": 1} x',
    "hash after an object": b'{"a":"b"}#',
    "solidus after an object": b'{"a":"b"}/',
    "quote after an object": b'{}"',
    "array closed by a brace": b"[1}",
    "object closed by a bracket": b'{"a": 1]',
    "only a closing bracket": b"]",
    "only a closing brace": b"}",
    "comma at the end of an object": b'{"a": 1,}',
    "commas at the end of an object": b'{"a": 1,,,}',
    "comma at the end of an array": b"[1,]",
    "commas at the end of an array": b"[1,,]",
    "comma at the start of an array": b"[,1]",
    "comma at the start of an object": b'{,"a": 1}',
    "only a comma in an array": b"[,]",
    "only a comma in an object": b"{,}",
    "only a comma": b",",
    "two commas between items": b"[1,,2]",
    "two commas between members": b'{"a": 1,, "b": 2}',
    "no comma between items": b"[1 true]",
    "no comma between arrays": b"[3[4]]",
    "no comma between members": b'{"a": 1 "b": 2}',
    "semicolon between items": b"[1;2]",
    "semicolon between members": b'{"a": 1; "b": 2}',
    "semicolon between name and value": b'{"a"; 1}',
    "colon between items": b'["": 1]',
    "colon before an item": b"[:1]",
    "comma between name and value": b'{"a", 1}',
    "equals sign between name and value": b'{"a" = 1}',
    "two colons": b'{"a":: 1}',
    "no colon": b'{"a" 1}',
    "no value": b'{"a":}',
    "no name": b'{:"a"}',
    "only a string in an object": b'{"a"}',
    "member without a name": b'{"a": 1, 2}',
    "name without quotes": b'{a: "b"}',
    "name in single quotes": b"{'a': 0}",
    "number as a name": b'{1: "a"}',
    "huge number as a name": b'{9999E9999: "a"}',
    "null as a name": b"{null: null}",
    "array as a name": b"{[]: 1}",
    "object as a name": b"{{}: 1}",
    "emoji as a name": "{\U0001f1e8\U0001f1ed}".encode(),
    "raw line feed in a name": b'{"a\nb": 1}',
    "lone continuation in a name": b'{"\xb9": "0",}',
    "object in brackets": b"[{]",
    "line comment": b'{"a": 1} // b',
    "block comment": b'{"a": /* b */ 1}',
    "open block comment": b'{"a": 1} /*',
    "hash comment": b"# a\n{}",
    "True": b"[True]",
    "NULL": b"NULL",
    "None": b"None",
    "undefined": b"undefined",
    "nil": b"nil",
    "truth": b"truth",
    "star": b"[*]",
    "angle brackets": b"<.>",
    "markup": b"<null>",
    "YAML": b"---\nname: Payroll\n",
    "form": b"name=Payroll&type=custom",
    "JSON in a form": b"body=%7B%7D",
    "JSONP": b"callback({})",
    "XSSI prefix": b")]}',\n{}",
    "single letter": "\u00e9".encode(),
    "identifier": "a\u00e5".encode(),
    "escape outside a string": b"\\u000A{}",
    "escaped brace": b"\\u007b}",
    "raw NUL": b"\x00",
    "NUL before": b"\x00{}",
    "NUL after": b"{}\x00",
    "invalid byte": b"\xff",
    "invalid byte in an array": b"[\xff]",
    "invalid byte in a literal": b"[tr\xffue]",
    "byte order mark before": b"\xef\xbb\xbf~hook~",
    "byte order mark after": b"~hook~\xef\xbb\xbf",
    "form feed before": b"\x0c~hook~",
    "vertical tab after": b"~hook~\x0b",
    "form feed within": b"[\x0c]",
    "no-break space before": "\u00a0~hook~".encode(),
    "next line before": "\u0085~hook~".encode(),
    "line separator after": "~hook~\u2028".encode(),
    "zero-width space before": "\u200b~hook~".encode(),
    "word joiner before": "\u2060~hook~".encode(),
    "ideographic space after": "~hook~\u3000".encode(),
    "backspace after": b"~hook~\x08",
    "65 arrays": b"[" * 65 + b"]" * 65,
    "65 objects": b'{"a":' * 65 + b"1" + b"}" * 65,
    "64 arrays in a member": b'{~members~, "x": ' + b"[" * 64 + b"]" * 64 + b"}",
    "arrays and objects by turns": b'[{"a":' * 33 + b"1" + b"}]" * 33,
    "5,000 arrays": b"[" * 5000 + b"]" * 5000,
    "5,000 objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "100,000 open arrays": b"[" * 100_000,
    "50,000 open objects": b'{"":' * 50_000,
    "50,000 open arrays of objects": b'[{"":' * 50_000,
    "brackets after an unclosed string": b'"[' + b'"[' * 500,
}
"""Whole bodies that are no JSON text, nest beyond 64, or are more than one text."""

NON_OBJECTS = {
    "null": b"null",
    "false": b"false",
    "negative real": b"-0.1",
    "integer": b"42",
    "string": b'"asd"',
    "empty string": b'""',
    "string with a space": b'" "',
    "array": b"[]",
    "array of a hook": b"[~hook~]",
    "array and a line feed": b'["a"]\n',
    "whitespace around": b" \t\r\n[ ] \t\r\n",
    "64 arrays": b"[" * DEEPEST + b"]" * DEEPEST,
    "an infinity of a number": b"1e400",
}
"""Whole bodies that are JSON, but no objects."""

REPEATED_MEMBERS: dict[str, tuple[bytes, str, str]] = {
    "with equal values": (b'"stage": "pre"', "/stage", ""),
    "with an escape in the name": (rb'"\u0073tage": "pre"', "/stage", ""),
    "in a nested object": (b'"metadata": {"labels": [], "labels": []}', "/metadata/labels", ""),
    "in an object of a list": (
        b'"matchingCriteria": [{"type": "podName", "value": "a", "value": "b"}]',
        "/matchingCriteria/0/value",
        "",
    ),
    "with the empty name": (b'"": 1, "": 2', "/", "; is not a member of this object"),
    "three times": (b'"stage": "pre", "stage": "pre"', "/stage", ""),
}
"""Repeated members, the pointer to them, and what else is reported there."""


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_every_json_value_is_read(ask: Ask, value: bytes) -> None:
    assert_problem(ask(_with_member("x", value)), 400, UNKNOWN_MEMBER)


@pytest.mark.parametrize("value", INVALID_NUMBERS.values(), ids=INVALID_NUMBERS)
def test_an_invalid_number_is_not_json(ask: Ask, value: bytes) -> None:
    assert_problem(ask(_with_member("x", value)), 400, problems.NOT_JSON)


@pytest.mark.parametrize("name", ["name", "type", "arguments", "metadata", "description", "enabled"])
@pytest.mark.parametrize(
    "number", [b"1e400", b"1" * 400, b"1" * 5000, b"-0.0"], ids=["inf", "big", "huge", "0"]
)
def test_a_number_of_any_size_is_of_the_wrong_type(ask: Ask, name: str, number: bytes) -> None:
    hook = _with_member(name, number)
    [violation] = [each for each in _violations(ask(hook)) if each["name"] == f"/{name}"]

    assert "must be of type " in violation["reason"] or "must be one of " in violation["reason"]


@pytest.mark.parametrize(("text", "meant"), STRINGS.values(), ids=STRINGS)
def test_every_json_string_is_stored_unchanged(ask: Ask, text: bytes, meant: str) -> None:
    response = ask(_with_member("description", text))

    assert response.status_code == 201, response.text
    assert response.json()["description"] == meant


@pytest.mark.parametrize("value", INVALID_STRINGS.values(), ids=INVALID_STRINGS)
def test_an_invalid_string_is_not_json(ask: Ask, value: bytes) -> None:
    assert_problem(ask(_with_member("description", value)), 400, problems.NOT_JSON)


@pytest.mark.parametrize("value", LONE_SURROGATES.values(), ids=LONE_SURROGATES)
def test_a_lone_surrogate_is_a_violation_of_its_field(ask: Ask, value: bytes) -> None:
    reason = "must not contain a lone surrogate"
    expected = problems.schema_violation(f"1 violation: /description {reason}", ("/description", reason))

    assert_problem(ask(_with_member("description", value)), 400, expected)


def test_an_escaped_nul_is_a_violation_of_its_field(ask: Ask) -> None:
    reason = "must not contain NUL (U+0000)"
    expected = problems.schema_violation(f"1 violation: /description {reason}", ("/description", reason))

    assert_problem(ask(_with_member("description", rb'"a\u0000b"')), 400, expected)


@pytest.mark.parametrize("text", TRUNCATED.values(), ids=TRUNCATED)
def test_a_text_that_ends_too_early_is_not_json(ask: Ask, text: bytes) -> None:
    assert_problem(ask(Draft(body=text)), 400, problems.NOT_JSON)


@pytest.mark.parametrize("text", NOT_JSON.values(), ids=NOT_JSON)
def test_a_body_that_is_not_one_json_text_is_refused(ask: Ask, text: bytes) -> None:
    assert_problem(ask(Draft(body=text)), 400, problems.NOT_JSON)


@pytest.mark.parametrize("text", NON_OBJECTS.values(), ids=NON_OBJECTS)
def test_any_json_but_an_object_is_one_violation(ask: Ask, text: bytes) -> None:
    assert_problem(ask(Draft(body=text)), 400, NO_OBJECT)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_json_in_another_encoding_than_utf_8_is_not_read(ask: Ask, encoding: str) -> None:
    body = '{"name": "Zahll\u00e4ufe"}'.encode(encoding)

    assert_problem(ask(Draft(body=body)), 400, problems.NOT_JSON)


@pytest.mark.parametrize(
    "space", [b" ", b"\t", b"\n", b"\r", b" \t\r\n" * 500], ids=[" ", "HT", "LF", "CR", "all"]
)
def test_the_four_kinds_of_whitespace_are_allowed_around_everything(ask: Ask, space: bytes) -> None:
    arguments = b"[]".join([space, space]).replace(b"[", b"[" + space)
    body = b"%b{~members~,%b%b:%b}%b" % (space, space, b'"arguments"' + space, arguments, space)

    assert ask(Draft(body=body)).status_code == 201


@pytest.mark.parametrize(("members", "place", "more"), REPEATED_MEMBERS.values(), ids=REPEATED_MEMBERS)
def test_a_member_named_twice_is_a_violation(ask: Ask, members: bytes, place: str, more: str) -> None:
    violations = _violations(ask(Draft(body=b"{~members~, %b}" % members)))

    assert violations == [{"name": place, "reason": f"is named more than once{more}"}]


def _violations(response: httpx.Response) -> list[dict[str, str]]:
    assert response.status_code == 400, response.text
    assert response.json()["type"] == "https://astra.netapp.io/problems/8", response.text
    violations: list[dict[str, str]] = response.json()["invalidFields"]
    return violations
