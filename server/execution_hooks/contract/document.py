"""The contract: the one document that the server is built from."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import openapi_spec_validator
from jsonschema.exceptions import ValidationError

from execution_hooks.contract.bundled import bundled_source, parsed, resolve

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class InvalidContract(Exception):
    """The document is not valid OpenAPI 3.0, or the server cannot be built from it."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as far as the server must know it before any request arrives.

    ``path``, ``query`` and ``headers`` have the schemas of its parameters by name; ``reads`` and ``writes``
    are the media types of the request body and of a successful response, in the contract's order;
    ``most_bytes`` bounds the request body and is 0 where there is none; ``collection`` is what the operation
    is about, the last word of its path.
    """

    operation_id: str
    method: str
    template: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    path: Mapping[str, Mapping[str, Any]]
    query: Mapping[str, Mapping[str, Any]]
    headers: Mapping[str, Mapping[str, Any]]
    body_schema: Mapping[str, Any] | None
    most_bytes: int
    collection: str


class Contract:
    """A valid OpenAPI 3.0 document with its operations.

    Raises InvalidContract, with one line that says where the error is, if it is not valid.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        try:
            self.document = copy.deepcopy(parsed(source))
            _validate(source)
        except ValidationError as error:
            place = "/".join(str(token) for token in error.absolute_path)
            raise InvalidContract(f"the contract is invalid at '{place}': {error.message}") from error
        except Exception as error:
            raise InvalidContract(f"the contract cannot be read: {error}") from error

    @classmethod
    def bundled(cls) -> "Contract":
        """Load the contract that this package was built with, or the checkout's when run from one."""
        return cls(bundled_source())

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """The operations by operationId."""
        found = (
            self._operation(template, method, item)
            for template, item in self.document["paths"].items()
            for method in METHODS
            if method in item
        )
        return {operation.operation_id: operation for operation in found}

    @cached_property
    def refusals(self) -> Mapping[str, str]:
        """The reason for a value that does not match a pattern, by pattern: the ``x-refusal`` beside it."""
        return dict(_refusals(self.document))

    @cached_property
    def components(self) -> Mapping[str, Any]:
        """The schemas that others refer to, as JSON Schema draft 4 has them."""
        return {"schemas": draft4(self.document.get("components", {}).get("schemas", {}))}

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow local ``$ref``s from a node to what it stands for."""
        return resolve(self.document, node)

    def _operation(self, template: str, method: str, item: Mapping[str, Any]) -> Operation:
        spec = item[method]
        if "operationId" not in spec:
            raise InvalidContract(f"{method.upper()} {template} has no operationId")
        parameters = [
            self.resolve(each) for each in (*item.get("parameters", ()), *spec.get("parameters", ()))
        ]
        body = self.resolve(spec.get("requestBody", {}))
        content = body.get("content", {})
        success = [self.resolve(response) for status, response in spec["responses"].items() if status < "300"]
        return Operation(
            operation_id=spec["operationId"],
            method=method.upper(),
            template=template,
            reads=tuple(content),
            writes=tuple(media for response in success for media in response.get("content", {})),
            path=_schemas(parameters, "path"),
            query=_schemas(parameters, "query"),
            headers=_schemas(parameters, "header"),
            body_schema=next((media["schema"] for media in content.values()), None),
            most_bytes=body.get("x-max-bytes", 0),
            collection=[word for word in template.split("/") if not word.startswith("{")][-1],
        )


@lru_cache(maxsize=1)
def _validate(source: str) -> None:
    """Validate a contract, once however often it is loaded. Raises ValidationError."""
    openapi_spec_validator.validate(copy.deepcopy(parsed(source)))


def _refusals(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if "pattern" in node and "x-refusal" in node:
            yield node["pattern"], node["x-refusal"]
        for part in node.values():
            yield from _refusals(part)
    elif isinstance(node, list):
        for part in node:
            yield from _refusals(part)


def _schemas(parameters: Iterable[Mapping[str, Any]], place: str) -> Mapping[str, Mapping[str, Any]]:
    return {each["name"]: each["schema"] for each in parameters if each["in"] == place}


def draft4(schema: Any) -> Any:  # noqa: ANN401 any JSON value
    """Translate OpenAPI 3.0's ``nullable`` to JSON Schema draft 4."""
    match schema:
        case dict():
            plain = {name: draft4(value) for name, value in schema.items()}
            if schema.get("nullable") is True and isinstance(schema.get("type"), str):
                plain["type"] = [schema["type"], "null"]
            return plain
        case list():
            return [draft4(item) for item in schema]
        case _:
            return schema
