"""What ``ExecutionHooks`` is made of: the collections of an account and what can be done with each."""

from dataclasses import dataclass
from typing import Any

from openapi_python_client import strings
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.schema.untrusted_string import UntrustedString

Node = dict[str, Any]

_VERBS = {"post": "create", "put": "update", "delete": "delete"}
_OTHERS = {"hook_type": "custom"}
"""Values that a request has unless it says otherwise: a hook of the type `netapp` is always refused."""


@dataclass(frozen=True)
class Operation:
    """One operation: its module, the status of its success, what it does in a few words."""

    module: str
    status: int
    summary: str
    endpoint: Endpoint


@dataclass(frozen=True)
class Field:
    """A parameter of a method that stands for a field: its type, its default if it has one, what is sent."""

    name: str
    type: str
    default: str
    sent: str
    description: str


class Collection:
    """A collection of an account, such as its hooks: names for code, and its operations by verb."""

    def __init__(self, tag: str, label: str, operations: dict[str, Operation], contract: Node) -> None:
        self.tag = tag
        self.plural = label.lower()
        self.name = self.plural.split()[-1]
        self.one = self.name.removesuffix("s")
        self.operations = operations
        self._schemas: Node = contract["components"]["schemas"]
        [response] = operations["get"].endpoint.responses.patterns[:1]
        self.model = response.prop.get_type_string().as_unembedded_code()
        self.description = str(self._schemas[self.model]["description"])
        self.tagged = "update" in operations
        self.item = strings.pascal_case(self.one) if self.tagged else self.model
        setattr(self, "class", strings.pascal_case(self.name))

    @property
    def new_model(self) -> str:
        """The name of the model of a create's body."""
        return str(self._body("create").class_info.name)

    @property
    def update_model(self) -> str:
        """The name of the model of an update's body."""
        return str(self._body("update").class_info.name)

    @property
    def fixed(self) -> dict[str, str]:
        """What each create sends, by field."""
        return self._fixed(self.new_model)

    @property
    def fixed_in_update(self) -> dict[str, str]:
        """What each update sends, by field."""
        return self._fixed(self.update_model)

    @property
    def version(self) -> str:
        """The name of the type of a resource's version."""
        reference: str = self._schemas[self.update_model]["properties"]["version"]["$ref"]
        return reference.rpartition("/")[2]

    @property
    def new(self) -> list[Field]:
        """The parameters of a create; those without a default come first."""
        fields = self._fields("create", without=set(self.fixed))
        return sorted(fields, key=lambda each: bool(each.default))

    @property
    def changes(self) -> list[Field]:
        """The parameters of an update: what a client may change."""
        stored = self._schemas[self.model]["properties"].items()
        kept = {strings.snake_case(name) for name, each in stored if each.get("readOnly")}
        return self._fields("update", without={*self.fixed_in_update, *kept})

    @property
    def has_script(self) -> bool:
        """Whether a create takes a script, so that a file can be uploaded."""
        return "create" in self.operations and any(each.name == "source" for each in self.new)

    def _body(self, verb: str) -> ModelProperty:
        body = self.operations[verb].endpoint.bodies[0].prop
        if not isinstance(body, ModelProperty):
            raise TypeError(f"the body of {verb} is no object")
        return body

    def _fixed(self, model: str) -> dict[str, str]:
        """Return the one value of each enumeration of one, and the newest version."""
        schema = self._schemas[model]
        named = {name: self._values(schema["properties"][name]) for name in schema["required"]}
        return {
            strings.PythonIdentifier(name, ""): values[-1]
            for name, values in named.items()
            if values and (len(values) == 1 or name == "version")
        }

    def _values(self, schema: Node) -> list[str]:
        reference = schema.get("$ref", "").rpartition("/")[2]
        values: list[str] = (self._schemas[reference] if reference else schema).get("enum", [])
        return values

    def _fields(self, verb: str, without: set[str]) -> list[Field]:
        body = self._body(verb)
        required = [_field(each, needed=True) for each in body.required_properties or ()]
        optional = [_field(each, needed=False) for each in body.optional_properties or ()]
        return [each for each in (*required, *optional) if each.name not in without]


def _field(each: Any, *, needed: bool) -> Field:  # noqa: ANN401 one of the generator's many kinds of property
    # A class with a method `list` cannot name the type by that name.
    kind = each.get_type_string().as_unembedded_code().replace("list[", "builtins.list[")
    name = str(each.python_name)
    default = f'"{_OTHERS[name]}"' if needed and name in _OTHERS else "" if needed else "UNSET"
    if "UUID" not in kind:
        return Field(name, kind, default, name, _text(each.description))
    sent = f"UUID(str({name}))" if needed else f"{name} if isinstance({name}, Unset) else UUID(str({name}))"
    return Field(name, f"str | {kind}", default, sent, _text(each.description))


def account_collections(openapi: GeneratorData, contract: Node) -> list[Collection]:
    """Return the collections of an account, in the order of the contract's tags."""
    found = []
    for tag in contract["tags"]:
        key = strings.PythonIdentifier(tag["name"], "tag")
        endpoints = openapi.endpoint_collections_by_tag[key].endpoints
        operations: dict[str, Operation] = {}
        for endpoint in sorted(endpoints, key=lambda each: len(each.path.get_untrusted_value())):
            operations.setdefault(_verb(endpoint), _operation(endpoint))
        found.append(Collection(key, tag["name"], operations, contract))
    return found


def _verb(endpoint: Endpoint) -> str:
    if endpoint.method in _VERBS:
        return _VERBS[endpoint.method]
    return "get" if endpoint.path.get_untrusted_value().endswith("}") else "list"


def _operation(endpoint: Endpoint) -> Operation:
    success = endpoint.responses.patterns[0].status_code.range
    if success is None:
        raise TypeError(f"{endpoint.name} lists no success")
    return Operation(
        str(strings.PythonIdentifier(endpoint.name, "")), success[0], _text(endpoint.summary), endpoint
    )


def _text(words: UntrustedString | None) -> str:
    """Return words of our own contract, on one line."""
    return " ".join(words.get_untrusted_value().split()) if words else ""
