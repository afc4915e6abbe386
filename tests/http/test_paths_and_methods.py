"""The contract's paths and methods, exactly, and nothing that is only similar."""

from dataclasses import replace

import pytest

from harness import problems
from harness.accounts import Account
from harness.problems import assert_problem
from harness.wire import MALFORMED, Ask, Draft

KNOWN_METHODS = [
    *("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "LINK", "UNLINK", "BIND"),
    *("REBIND", "UNBIND", "ACL", "REPORT", "SEARCH", "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE"),
    *("LOCK", "UNLOCK", "MERGE", "CHECKOUT", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "PURGE"),
]
"""Methods that the parser knows and the contract's path lacks."""
ALLOWED = "GET, HEAD, POST"
"""The methods that the path has."""

UNKNOWN_METHODS = {
    "unknown": b"FOO",
    "small letters": b"post",
    "one capital": b"Post",
    "coffee": b"BREW",
    "longer": b"POSTS",
    "a digit more": b"POST1",
    "not ASCII": "P\u00d6ST".encode(),
    "NUL behind": b"POST\0",
    "colon behind": b"POST:",
    "in quotes": b'"POST"',
    "empty": b"",
    "very long": b"A" * 10_000,
}

ROUTED = {
    "as documented": b"~path~",
    "empty query": b"~path~?",
    "query of an ampersand": b"~path~?&",
    "absolute": b"http://hooks.example~path~",
    "absolute with a port": b"http://hooks.example:8080~path~",
    "absolute in capitals": b"HTTP://HOOKS.EXAMPLE~path~",
    "letter encoded": b"/accounts/~id~/core/v1/executionHook%73",
    "first letter encoded": b"/%61ccounts/~id~/core/v1/executionHooks",
    "all of a segment encoded": b"/accounts/~id~/%63%6F%72%65/v1/executionHooks",
}

NO_RESOURCES = {
    "root of the accounts": b"/accounts",
    "one account": b"/accounts/~id~",
    "core": b"/accounts/~id~/core/v1",
    "below a hook": b"~path~/~id~/x",
    "another version": b"/accounts/~id~/core/v2/executionHooks",
    "no account": b"/accounts//core/v1/executionHooks",
    "slash before": b"/~path~",
    "slashes before": b"///~path~",
    "host before": b"//hooks.example~path~",
    "slash after": b"~path~/",
    "slashes after": b"~path~//",
    "slash within": b"/accounts/~id~//core/v1/executionHooks",
    "slash encoded before": b"/%2f~path~",
    "slash encoded after": b"~path~%2F",
    "slash encoded within": b"/accounts/~id~%2fcore/v1/executionHooks",
    "slash encoded twice": b"/accounts/~id~%252fcore/v1/executionHooks",
    "backslash encoded": b"/accounts/~id~%5ccore/v1/executionHooks",
    "line feed after": b"~path~%0a",
    "line feed after, in capitals": b"~path~%0A",
    "line feed before": b"/%0a~path~",
    "carriage return and line feed": b"~path~%0d%0a",
    "NUL after": b"~path~%00",
    "space after": b"~path~%20",
    "tab after": b"~path~%09",
    "plus after": b"~path~+",
    "dot within": b"/accounts/~id~/./core/v1/executionHooks",
    "dots within": b"/accounts/~id~/x/../core/v1/executionHooks",
    "dots before": b"/..~path~",
    "dots encoded": b"/accounts/~id~/x/%2e%2e/core/v1/executionHooks",
    "dot encoded before": b"/%2e~path~",
    "small letters": b"/accounts/~id~/core/v1/executionhooks",
    "capitals": b"/ACCOUNTS/~id~/CORE/V1/EXECUTIONHOOKS",
    "first letter": b"/Accounts/~id~/core/v1/executionHooks",
    "extension": b"~path~.json",
    "semicolon": b"~path~;",
    "semicolon and parameter": b"~path~;jsessionid=1",
    "colon and verb": b"~path~:create",
    "question mark encoded": b"~path~%3F",
    "hash encoded": b"~path~%23",
    "not UTF-8": b"~path~%ff",
    "overlong slash": b"/accounts/~id~%c0%afcore/v1/executionHooks",
    "full-width letter": b"/accounts/~id~/core/v1/execution%EF%BC%A8ooks",
    "percent at the end": b"~path~%",
    "percent and one digit": b"~path~%2",
    "percent and letters": b"~path~%zz",
    "quote": b'~path~"',
    "angle bracket": b"~path~<",
    "URL in a path": b"/http://hooks.example~path~",
    "asterisk": b"*",
    "slash only, twice": b"//",
    "page with a slash after": b"/docs/",
    "page with a slash before": b"//docs",
    "page in capitals": b"/DOCS",
    "page with a line feed": b"/docs%0a",
    "Connexion's own pages": b"/ui/",
    "Flask's own files": b"/static/app.py",
    "file": b"/etc/passwd",
    "file by dots": b"/docs/../../../etc/passwd",
    "file by encoded dots": b"/docs/..%2f..%2fetc/passwd",
    "60,000 letters": b"/" + b"a" * 60_000,
    "20,000 slashes": b"/" * 20_000,
    "20,000 dots": b"/.." * 20_000,
}

BELOW_THE_COLLECTION = {
    "id": b"~id~",
    "id in capitals": b"~ID~",
    "letters": b"nonsense",
    "dot": b".",
    "dots": b"..",
    "dots encoded": b"%2e%2e",
    "slash encoded": b"%2f",
    "id and a slash encoded": b"~id~%2f",
    "id and a line feed encoded": b"~id~%0a",
    "id and NUL encoded": b"~id~%00",
    "template": b"{executionHook_id}",
    "not UTF-8": b"%ff",
    "5,000 letters": b"x" * 5000,
}
"""Values in the place of a hook's id that are none."""

NO_COLLECTIONS = {
    "capitals": b"~ID~",
    "dashes missing": b"3f0ab5f16fc84b7c9e510d5a1f8f6c11",
    "in braces": b"%7B~id~%7D",
    "template": b"{account_id}",
    "template encoded": b"%7Baccount_id%7D",
    "asterisk": b"*",
    "space": b"%20",
    "space after": b"~id~%20",
    "NUL after": b"~id~%00",
    "line feed after": b"~id~%0a",
    "slash after": b"~id~%2f",
    "slash encoded twice after": b"~id~%252f",
    "path of another": b"x%2f..%2f~id~",
    "semicolon": b"~id~;x",
    "dot": b".",
    "dots": b"..",
    "dots encoded": b"%2e%2e",
    "percent": b"%25",
    "SQL": b"~id~'--",
    "accent": b"%C3%A9",
    "right-to-left override": b"%E2%80%AE~id~",
    "not UTF-8": b"%ff",
    "5,000 letters": b"x" * 5000,
}

BAD_TARGETS = {
    "no slash": b"accounts/~id~/core/v1/executionHooks",
    "only a query": b"?limit=1",
    "backslash first": b"\\accounts",
    "backslashes": b"\\accounts\\~id~\\core\\v1\\executionHooks",
    "slash encoded first": b"%2faccounts/~id~/core/v1/executionHooks",
    "host and port": b"hooks.example:80",
    "scheme without host": b"http://~path~",
    "scheme without slashes": b"http:~path~",
    "space": b"~path~ x",
    "tab": b"~path~\tx",
    "control character": b"~path~\x01",
    "DEL": b"~path~\x7f",
    "UTF-8": "~path~\u00e9".encode(),
    "Latin-1": b"~path~\xe9",
    "UTF-8 in the query": "~path~?\u00e9".encode(),
    "control character in the query": b"~path~?\x01",
}

QUERIES: dict[str, tuple[bytes, list[str]]] = {
    "parameter": (b"limit=1", ["limit"]),
    "one twice": (b"limit=1&limit=2", ["limit"]),
    "two": (b"b=1&a=2", ["b", "a"]),
    "no value": (b"limit", ["limit"]),
    "empty value": (b"limit=", ["limit"]),
    "no name": (b"=1", [""]),
    "equals sign": (b"=", [""]),
    "two equals signs": (b"a=b=c", ["a"]),
    "empty ones around": (b"&&a&&", ["a"]),
    "semicolon": (b"a;b", ["a;b"]),
    "plus": (b"a+b", ["a b"]),
    "encoded": (b"%61=1", ["a"]),
    "encoded ampersand": (b"a%26b=1", ["a&b"]),
    "encoded equals sign": (b"a%3Db=1", ["a=b"]),
    "brackets": (b"a[]=1&a[b]=2", ["a[]", "a[b]"]),
    "question mark": (b"?", ["?"]),
    "slash": (b"/", ["/"]),
    "NUL": (b"a%00b=1", ["a\0b"]),
    "line feed": (b"%0a=1", ["\n"]),
    "UTF-8": (b"%E2%82%AC", ["\u20ac"]),
    "parameter of the path": (b"account_id=~id~", ["account_id"]),
    "member of the body": (b"name=Payroll", ["name"]),
    "token": (b"access_token=~token~", ["access_token"]),
    "prototype": (b"__proto__=1", ["__proto__"]),
    "unreadable one before": (b"%ff=1&limit=1", ["limit"]),
}

UNREADABLE_QUERIES: dict[str, tuple[bytes, list[str]]] = {
    "not UTF-8": (b"%ff=1", ["%ff"]),
    "value that is not UTF-8": (b"limit=%ff", ["limit"]),
    "lone percent": (b"%", ["%"]),
    "percent and letters": (b"%zz=1", ["%zz"]),
    "value that ends in a percent": (b"limit=1%", ["limit"]),
    "two": (b"%&limit=%c3", ["%", "limit"]),
}


UPDATE = b'{"type": "application/astra-executionHook", "version": "1.3"}'


def _asking_for(target: bytes, method: bytes = b"POST") -> Draft:
    return Draft(line=b"%b %b HTTP/1.1" % (method, target))


@pytest.mark.parametrize("method", KNOWN_METHODS)
def test_the_response_to_an_unsupported_method_lists_the_supported_ones(ask: Ask, method: str) -> None:
    response = ask(_asking_for(b"~path~", method.encode()))

    assert_problem(response, 405, problems.NO_METHOD)
    assert response.headers.get_list("allow") == [ALLOWED]


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "CONNECT"])
def test_a_path_that_the_contract_lacks_has_no_method(ask: Ask, method: str) -> None:
    assert_problem(ask(_asking_for(b"/nothing", method.encode())), 404, problems.NO_RESOURCE)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("page", ["/", "/docs", "/openapi.yaml"])
def test_pages_can_be_read_only(ask: Ask, page: str, method: str) -> None:
    response = ask(_asking_for(page.encode(), method.encode()))

    assert_problem(response, 405, problems.NO_METHOD)
    assert response.headers.get_list("allow") == ["GET, HEAD"]


@pytest.mark.parametrize("method", UNKNOWN_METHODS.values(), ids=UNKNOWN_METHODS)
def test_an_invalid_method_is_malformed(ask: Ask, method: bytes) -> None:
    assert_problem(ask(_asking_for(b"~path~", method)), 400, MALFORMED)


def test_no_header_changes_the_method_or_the_path(ask: Ask) -> None:
    more = (b"X-HTTP-Method-Override: DELETE", b"X-Original-URL: /docs", b"X-Rewrite-URL: /docs")

    assert ask(Draft(more=more)).status_code == 201


@pytest.mark.parametrize("target", ROUTED.values(), ids=ROUTED)
def test_other_spellings_of_the_same_path_are_routed(ask: Ask, target: bytes) -> None:
    response = ask(_asking_for(target))

    assert response.status_code == 201, response.text


@pytest.mark.parametrize("target", NO_RESOURCES.values(), ids=NO_RESOURCES)
def test_what_is_not_exactly_the_path_is_not_found(ask: Ask, target: bytes) -> None:
    assert_problem(ask(_asking_for(target)), 404, problems.NO_RESOURCE)


@pytest.mark.parametrize("segment", BELOW_THE_COLLECTION.values(), ids=BELOW_THE_COLLECTION)
def test_what_follows_the_collection_is_the_id_of_a_hook_and_nothing_else(
    ask: Ask, account: Account, segment: bytes
) -> None:
    target = b"~path~/" + segment.replace(b"~ID~", account.id.upper().encode())
    refused = ask(_asking_for(target))

    assert_problem(refused, 405, problems.NO_METHOD)
    assert refused.headers.get_list("allow") == ["GET, HEAD, PUT, DELETE"]
    for method in (b"GET", b"PUT", b"DELETE"):
        draft = replace(_asking_for(target, method), body=UPDATE)
        assert_problem(ask(draft), 404, problems.NO_RESOURCE)


@pytest.mark.parametrize("segment", NO_COLLECTIONS.values(), ids=NO_COLLECTIONS)
def test_what_is_not_exactly_the_account_is_not_found(ask: Ask, account: Account, segment: bytes) -> None:
    spelt = segment.replace(b"~ID~", account.id.upper().encode())
    response = ask(_asking_for(b"/accounts/%b/core/v1/executionHooks" % spelt))

    assert_problem(response, 404, problems.NO_COLLECTION)


@pytest.mark.parametrize("target", BAD_TARGETS.values(), ids=BAD_TARGETS)
def test_an_invalid_request_target_is_malformed(ask: Ask, target: bytes) -> None:
    assert_problem(ask(_asking_for(target)), 400, MALFORMED)


@pytest.mark.parametrize(("query", "names"), QUERIES.values(), ids=QUERIES)
def test_every_query_parameter_is_named(ask: Ask, query: bytes, names: list[str]) -> None:
    assert_problem(ask(_asking_for(b"~path~?" + query)), 400, problems.unknown_query(*names))


@pytest.mark.parametrize(("query", "names"), UNREADABLE_QUERIES.values(), ids=UNREADABLE_QUERIES)
def test_a_query_that_is_not_percent_encoded_utf_8_is_named(ask: Ask, query: bytes, names: list[str]) -> None:
    response = ask(_asking_for(b"~path~?" + query))

    reasons = [(name, "must be percent-encoded UTF-8") for name in names]
    assert_problem(response, 400, problems.invalid_params(*reasons))


@pytest.mark.parametrize(
    "target", [b"*", b"/nothing", b"/accounts/~id~//core/v1/executionHooks"], ids=["*", "nothing", "doubled"]
)
def test_no_token_is_needed_for_a_404_on_an_unknown_path(ask: Ask, target: bytes) -> None:
    draft = Draft(line=b"POST %b HTTP/1.1" % target, authorization=None)

    assert_problem(ask(draft), 404, problems.NO_RESOURCE)


@pytest.mark.parametrize("target", [b"~path~#", b"~path~#a", b"~path~?#a"], ids=["empty", "text", "query"])
def test_a_request_target_has_no_fragment(ask: Ask, target: bytes) -> None:
    assert_problem(ask(_asking_for(target)), 400, MALFORMED)


def test_the_host_of_an_absolute_target_wins_over_the_header(ask: Ask) -> None:
    response = ask(_asking_for(b"http://other.example:81~path~"))

    assert response.headers["location"].startswith("http://other.example:81/accounts/")
