"""The facts of the documented page, as they stand in ``facts.yaml`` beside this file.

A fact has an id that is never given to another one (``request.hook.name.maxLength``) and a value: a field's
type, whether it is required, its bounds, values and default, a status, an example. A sentence has an id and
the SHA-256 of its words; the words are the vendor's, and stand nowhere here.
"""

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FACTS = Path(__file__).with_name("facts.yaml")
"""The committed file."""
_HEAD = "# What the documented page says, extracted from its text by extract.py; do not edit.\n"


class Page(NamedTuple):
    """The facts of the page: values and digests by id, in the page's order."""

    facts: dict[str, Any]
    sentences: dict[str, str]

    @classmethod
    def read(cls, text: str) -> "Page":
        """Read what ``write`` wrote. Raises ValueError for a duplicate id."""
        root = yaml.compose(text, Loader=yaml.CSafeLoader) or yaml.MappingNode("", [])
        for _, section in root.value:
            ids = [key.value for key, _ in section.value]
            if duplicates := sorted({each for each in ids if ids.count(each) > 1}):
                raise ValueError(f"listed twice: {', '.join(duplicates)}")
        return cls(**yaml.load(text, Loader=yaml.CSafeLoader))

    def write(self) -> str:
        """Return the file's text."""
        dumped = yaml.dump(self._asdict(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
        return _HEAD + dumped

    def add(self, fact: str, value: object) -> None:
        """Add a fact. Raises ValueError if there is one of that id."""
        if fact in self.facts:
            raise ValueError(f"listed twice: {fact}")
        self.facts[fact] = value

    def add_sentence(self, prefix: str, sentence: str) -> None:
        """Add the digest of a sentence, numbered among those with its prefix."""
        number = sum(each.rpartition(".")[0] == f"{prefix}.sentence" for each in self.sentences) + 1
        self.sentences[f"{prefix}.sentence.{number}"] = digest(sentence)


class _Dumper(yaml.SafeDumper):
    """Writes each list on one line."""


def _on_one_line(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(list, _on_one_line)


def digest(sentence: str) -> str:
    """Return the SHA-256 of a sentence in UTF-8, in hexadecimal; runs of white space count as one space."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()
