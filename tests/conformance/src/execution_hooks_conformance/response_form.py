"""Holds responses to the form that the contract gives them: status, media type, headers, schema, problem."""

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from http import HTTPStatus
from typing import Any

from execution_hooks_conformance.catalogue import Catalogue
from execution_hooks_conformance.closed_responses import close_responses
from execution_hooks_conformance.exchange_log import Judgement
from execution_hooks_conformance.level_contract import METHODS
from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.body_schema import BodySchema
from execution_hooks_conformance.oracle.outcome import NO_TYPE
from execution_hooks_conformance.oracle.references import resolved

Node = dict[str, Any]
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ResponseForm:
    """The form of the responses of a contract, as a level has it.

    What the contract does not list is a note, or a violation where it ``is_strict``.
    """

    def __init__(self, document: Node, level: Level, *, is_strict: bool = True) -> None:
        self._document = document
        self._level = level
        self._is_strict = is_strict
        self._closed = document
        if level is not Level.FULL or not is_strict:  # else it is closed already
            self._closed = deepcopy(document)
            close_responses(self._closed)
        self._catalogue = Catalogue(document, is_strict=is_strict)
        self._types = {each["type"] for each in document["components"]["x-problems"].values()}
        self._schemas: dict[int, BodySchema] = {}
        self._correlations: set[str] = set()

    def judgements(
        self, path: str, method: str, status: int, headers: Mapping[str, str], body: object
    ) -> Iterator[Judgement]:
        """Judge a response to an operation; ``body`` is its JSON value, None if it has none."""
        if method.lower() not in self._document["paths"][path]:
            if status != HTTPStatus.METHOD_NOT_ALLOWED or self._level is not Level.FULL:
                return  # 501 may say that the server has no such method
            method = next(each for each in METHODS if each in self._document["paths"][path])
        failed = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        yield Judgement("NO-SERVER-ERROR", f"the status is {status}" if failed else "", "a status below 500")
        if failed:
            return
        listed = self._document["paths"][path][method.lower()]["responses"]
        known = str(status) in listed
        yield Judgement("STATUS-LISTED", "" if known else f"the status is {status}", ", ".join(listed))
        if not known and "default" not in listed:
            return
        response = resolved(listed[str(status) if known else "default"], self._document)
        yield from self._headers(response, headers)
        if known and "content" in response:
            name = listed[str(status)]["$ref"].rpartition("/")[2]
            yield self._listed(name, response, headers, body)
        if "content" in response:
            yield from self._content(response["content"], status, headers, body)
        if known and status >= HTTPStatus.BAD_REQUEST and isinstance(body, dict):
            yield from self._problem(path, method, status, body)

    def _headers(self, response: Node, headers: Mapping[str, str]) -> Iterator[Judgement]:
        for name, reference in response.get("headers", {}).items():
            header = resolved(reference, self._document)
            value = headers.get(name.lower())
            found = _header_violation(header, value)
            yield Judgement("RESPONSE-HEADERS", f"{name} {found}" if found else "", str(header["schema"]))

    def _content(
        self, content: Node, status: int, headers: Mapping[str, str], body: object
    ) -> Iterator[Judgement]:
        sent = headers.get("content-type", "").partition(";")[0].strip().lower()
        known = {name.lower(): part for name, part in content.items()}
        wrong = "" if sent in known else f"Content-Type is {sent or 'missing'}"
        yield Judgement("RESPONSE-MEDIA-TYPE", wrong, " or ".join(content))
        part = known.get(sent) or next(iter(known.values()))
        promise = "RESPONSE-SCHEMA" if status < HTTPStatus.BAD_REQUEST else "PROBLEM-FORM"
        yield Judgement(
            promise, self._schema_violation(part["schema"], body), "the fields of the contract's table"
        )

    def _listed(self, name: str, response: Node, headers: Mapping[str, str], body: object) -> Judgement:
        """Tell fields and values that the contract does not list, and problem types that it does not know."""
        closed = self._closed["components"]["responses"][name]["content"]
        sent = headers.get("content-type", "").partition(";")[0].strip()
        media_type = sent if sent in closed else next(iter(closed))
        found = ""
        if not self._schema_violation(response["content"][media_type]["schema"], body):
            found = self._schema_violation(closed[media_type]["schema"], body)
        if isinstance(body, dict) and self._is_unlisted(body.get("type"), response.get("x-problems", ())):
            found = f"{found}; type is {body.get('type')!r}".removeprefix("; ")
        found = found.replace("wrong or missing", "not listed")
        return Judgement("RESPONSE-LISTED", found, "what the contract lists", is_note=not self._is_strict)

    def _is_unlisted(self, kind: object, names: Collection[str]) -> bool:
        """Tell whether no problem of the contract has a type; of no type, whether a response names that."""
        problems = self._document["components"]["x-problems"]
        known = {problems[name]["type"] for name in names} if kind == NO_TYPE else self._types
        return bool(names) and kind not in known

    def _schema_violation(self, schema: Node, body: object) -> str:
        if id(schema) not in self._schemas:
            self._schemas[id(schema)] = BodySchema(schema, self._closed["components"]["schemas"])
        known = self._schemas[id(schema)]
        if body is None:
            return "the body is no JSON"
        return "" if known.is_met(body) else f"wrong or missing: {_listed(known.violations(body))}"

    def _problem(self, path: str, method: str, status: int, body: Node) -> Iterator[Judgement]:
        is_new = not self._is_strict and body.get("type") not in self._types
        words = "" if is_new else self._catalogue.complaint(path, method, status, body)
        yield Judgement("PROBLEM-WORDS", words, "the words of the contract's list", is_open=is_new)
        correlation = str(body.get("correlationID", ""))
        found = "" if _UUID.fullmatch(correlation) else f"correlationID is {correlation or 'missing'}"
        found = found or (f"{correlation} was another's" if correlation in self._correlations else "")
        self._correlations.add(correlation)
        yield Judgement("PROBLEM-CORRELATION", found, "a UUID of this response alone")


def _header_violation(header: Node, value: str | None) -> str:
    if value is None:
        return "is missing" if header.get("required") else ""
    schema = header["schema"]
    fits = re.search(schema.get("pattern", ""), value) and value in schema.get("enum", [value])
    return "" if fits else f"is {value!r}"


def _listed(names: frozenset[str] | None) -> str:
    if names is None:
        return "more than a hundred fields"
    return ", ".join(name or "the whole body" for name in sorted(names))
