"""Documents that are read from files: JSON, or YAML in which every value is text."""

from typing import Any

import yaml

from execution_hooks.cli.failures import unusable
from execution_hooks.cli.inputs import Input
from execution_hooks.contract import strict_json


class _TextLoader(yaml.CBaseLoader):
    """YAML without types: ``1.3`` and ``true`` are text, as the API has them. Members occur once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 its own
        """See PyYAML."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(
                None, None, "a member is named more than once", node.start_mark
            )
        return mapping


def read_document(file: Input) -> dict[str, Any]:
    """Read the object that a file holds. Raises Failure, with the line where it is invalid."""
    value = _json(file) if _is_json(file) else _yaml(file)
    if not isinstance(value, dict):
        raise unusable(f"{file.name}: must hold one object, with the fields as its members")
    return value


def _is_json(file: Input) -> bool:
    if file.name.endswith((".yaml", ".yml")):
        return False
    return file.name.endswith(".json") or file.payload.lstrip()[:1] in {b"{", b"["}


def _json(file: Input) -> Any:  # noqa: ANN401 any JSON value
    try:
        parsed = strict_json.parse(file.payload)
    except strict_json.InvalidJson as error:
        raise unusable(f"{file.name} is not JSON: {error}") from error
    if parsed.violations:
        reasons = "; ".join(f"{each.pointer} {each.reason}" for each in parsed.violations)
        raise unusable(f"{file.name}: {reasons}")
    return parsed.value


def _yaml(file: Input) -> Any:  # noqa: ANN401 any value
    try:
        return yaml.load(file.payload, Loader=_TextLoader)  # noqa: S506 it makes text, lists and mappings alone
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise unusable(f"{file.name} is not YAML: {error}") from error
