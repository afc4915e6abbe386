"""Manifests written as YAML that every reader takes alike: YAML 1.1, 1.2 and Go's."""

import re
from collections.abc import Iterable
from typing import Any

import yaml

_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9._/-]*")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
"""What some reader takes for a boolean or for null, in any case."""


class _Dumper(yaml.CSafeDumper):
    pass


def _represented(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


_Dumper.add_representer(str, _represented)


def write_yaml(manifests: Iterable[Any]) -> str:
    """Write documents of YAML; a text is quoted unless it can be nothing else."""
    text: str = yaml.dump_all(manifests, Dumper=_Dumper, sort_keys=False, width=110, allow_unicode=True)
    return text.rstrip("\n")
