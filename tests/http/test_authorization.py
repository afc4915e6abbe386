"""Authorization: one bearer token, written as RFC 6750 has it, or none at all."""

import pytest

from harness import problems
from harness.problems import assert_problem
from harness.wire import HEAD_TOO_LARGE, MALFORMED, Ask, Draft

NAME = b"Authorization: "

TAKEN = {
    "as documented": NAME + b"Bearer ~token~",
    "scheme in small letters": NAME + b"bearer ~token~",
    "scheme in capitals": NAME + b"BEARER ~token~",
    "two spaces between": NAME + b"Bearer  ~token~",
    "spaces around": NAME + b"   Bearer ~token~   ",
    "tabs around": NAME + b"\tBearer ~token~\t",
    "no space after the colon": b"Authorization:Bearer ~token~",
    "name in small letters": b"authorization: Bearer ~token~",
    "name in capitals": b"AUTHORIZATION: Bearer ~token~",
}

MISSING = {
    "no header": None,
    "empty": b"Authorization:",
    "only spaces": NAME + b"   ",
    "no token": NAME + b"Bearer",
    "a space for a token": NAME + b"Bearer  ",
    "no scheme": NAME + b"~token~",
    "no space between": NAME + b"Bearer~token~",
    "a tab between": NAME + b"Bearer\t~token~",
    "an equals sign between": NAME + b"Bearer=~token~",
    "a colon between": NAME + b"Bearer: ~token~",
    "a comma between": NAME + b"Bearer,~token~",
    "a no-break space between": NAME + b"Bearer\xa0~token~",
    "longer scheme": NAME + b"Bearers ~token~",
    "Basic": NAME + b"Basic fnRva2Vufjo=",
    "Basic with the token": NAME + b"Basic ~token~",
    "Digest": NAME + b'Digest username="~token~"',
    "Negotiate": NAME + b"Negotiate ~token~",
    "Token": NAME + b"Token ~token~",
    "DPoP": NAME + b"DPoP ~token~",
    "a scheme that is not ASCII": NAME + "B\u00e9arer ~token~".encode(),
    "another scheme first": NAME + b"Basic eDp5, Bearer ~token~",
    "name with an underscore": b"Authorization_: Bearer ~token~",
    "proxy's": b"Proxy-Authorization: Bearer ~token~",
    "a proxy's own": b"X-Forwarded-Authorization: Bearer ~token~",
    "in a cookie": b"Cookie: Authorization=Bearer ~token~; token=~token~",
    "in an API key": b"X-API-Key: ~token~",
}

INVALID = {
    "unknown": NAME + b"Bearer unknown",
    "in quotes": NAME + b'Bearer "~token~"',
    "in single quotes": NAME + b"Bearer '~token~'",
    "in angle brackets": NAME + b"Bearer <~token~>",
    "as a parameter": NAME + b"Bearer token=~token~",
    "with padding": NAME + b"Bearer ~token~=",
    "with a semicolon": NAME + b"Bearer ~token~;",
    "with a comma": NAME + b"Bearer ~token~,",
    "a comma alone": NAME + b"Bearer ,",
    "list": NAME + b"Bearer ~token~,~token~",
    "list of credentials": NAME + b"Bearer ~token~, Bearer ~token~",
    "list with another scheme": NAME + b"Bearer ~token~, Basic eDp5",
    "two words": NAME + b"Bearer ~token~ ~token~",
    "tab and more": NAME + b"Bearer ~token~\tx",
    "scheme twice": NAME + b"Bearer Bearer ~token~",
    "letter more": NAME + b"Bearer ~token~A",
    "percent": NAME + b"Bearer %00",
    "null": NAME + b"Bearer null",
    "undefined": NAME + b"Bearer undefined",
    "SQL": NAME + b"Bearer ' OR '1'='1",
    "LIKE": NAME + b"Bearer %",
    "account's id": NAME + b"Bearer ~id~",
    "Latin-1": NAME + b"Bearer \xe9\xff",
    "UTF-8": NAME + "Bearer \u2603".encode(),
    "not ASCII at the end": NAME + "Bearer ~token~\u00e9".encode(),
    "60,000 letters": NAME + b"Bearer " + b"x" * 60_000,
    "60,000 commas": NAME + b"Bearer " + b"," * 60_000,
}

DOUBLED = {
    "good twice": (NAME + b"Bearer ~token~", NAME + b"Bearer ~token~"),
    "good and unknown": (NAME + b"Bearer ~token~", NAME + b"Bearer unknown"),
    "unknown and good": (NAME + b"Bearer unknown", NAME + b"Bearer ~token~"),
    "Basic and good": (NAME + b"Basic eDp5", NAME + b"Bearer ~token~"),
    "good and empty": (NAME + b"Bearer ~token~", NAME),
    "empty twice": (NAME, NAME),
}


@pytest.mark.parametrize("line", TAKEN.values(), ids=TAKEN)
def test_a_bearer_token_is_taken(ask: Ask, line: bytes) -> None:
    assert ask(Draft(authorization=line)).status_code == 201


@pytest.mark.parametrize("line", MISSING.values(), ids=MISSING)
def test_anything_but_a_bearer_token_is_a_missing_token(ask: Ask, line: bytes | None) -> None:
    response = ask(Draft(authorization=line))

    assert_problem(response, 401, problems.MISSING_TOKEN)
    assert response.headers.get_list("www-authenticate") == ['Bearer realm="execution-hooks"']


@pytest.mark.parametrize("line", INVALID.values(), ids=INVALID)
def test_a_token_that_is_not_exactly_a_known_one_is_invalid(ask: Ask, line: bytes) -> None:
    response = ask(Draft(authorization=line))

    assert_problem(response, 401, problems.INVALID_TOKEN)
    challenge = 'Bearer realm="execution-hooks", error="invalid_token"'
    assert response.headers.get_list("www-authenticate") == [challenge]


@pytest.mark.parametrize(("first", "second"), DOUBLED.values(), ids=DOUBLED)
def test_two_headers_are_invalid_whatever_their_values(ask: Ask, first: bytes, second: bytes) -> None:
    assert_problem(ask(Draft(authorization=first, more=(second,))), 401, problems.INVALID_TOKEN)


def test_a_token_in_the_query_is_not_accepted(ask: Ask) -> None:
    draft = Draft(line=b"POST ~path~?access_token=~token~ HTTP/1.1", authorization=None)

    assert_problem(ask(draft), 401, problems.MISSING_TOKEN)


def test_a_token_before_the_host_makes_no_host(ask: Ask) -> None:
    draft = Draft(line=b"POST http://x:~token~@a~path~ HTTP/1.1", authorization=None)

    assert_problem(ask(draft), 400, MALFORMED)


def test_a_token_of_100_kb_is_a_head_too_large(ask: Ask) -> None:
    response = ask(Draft(authorization=NAME + b"Bearer " + b"x" * 100_000))

    assert_problem(response, 431, HEAD_TOO_LARGE)


@pytest.mark.parametrize(
    "line",
    [NAME + b"Bearer \xa0~token~", NAME + b"Bearer ~token~\x85", NAME + b"Bearer ~token~\xa0"],
    ids=["no-break space before", "next line after", "no-break space after"],
)
def test_only_the_whitespace_of_http_is_allowed_around_a_token(ask: Ask, line: bytes) -> None:
    assert_problem(ask(Draft(authorization=line)), 401, problems.INVALID_TOKEN)
