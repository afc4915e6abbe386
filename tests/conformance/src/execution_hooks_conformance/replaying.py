"""Sends the requests of one failure again, under new names and ids, and judges the last one.

As a command it needs a process of its own, as Schemathesis does.
"""

import argparse
import importlib
import json
import os
import re
import sys
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import requests
import schemathesis
from schemathesis import Case, Response
from schemathesis.config import SchemathesisConfig

from execution_hooks_conformance.bounded_response import REQUEST_SECONDS
from execution_hooks_conformance.curl import LEFT_OUT
from execution_hooks_conformance.exchanges import received, sent
from execution_hooks_conformance.replay_steps import Exchange, given_by, key_of, name_of
from execution_hooks_conformance.run_parts import RunParts
from execution_hooks_conformance.run_settings import RunSettings

_LONGEST_NAME = 63


@dataclass(frozen=True)
class Replayed:
    """A request as it is judged: its method, and its path as the contract has it, with the parameters."""

    method: str
    path: str
    path_parameters: dict[str, str]
    meta: None = None


@dataclass
class Replay:
    """Sends requests of a report to the server again. ``texts`` are what stands for what, old for new."""

    parts: RunParts
    texts: dict[str, str]
    ca_file: str = ""
    session: requests.Session = field(default_factory=requests.Session)

    def send(self, step: Exchange) -> int:
        """Send a request, judge the response, and note what it gives in the place of the one before.

        Return its number in the log.
        """
        for text in (name_of(step), key_of(step)):
            if text and text not in self.texts:
                self.texts[text] = _fresh(text)
        prepared = self._prepared(step["sent"])
        case = self._case(str(prepared.method), str(prepared.url))
        sent_back = self.session.send(prepared, timeout=REQUEST_SECONDS, verify=self.ca_file or True)
        response = Response.from_requests(sent_back, verify=True)
        log = self.parts.log
        number = log.exchange(sent(prepared), received(response)) if log else 0
        self.parts.check(cast("Case[Any]", case), response)
        again = {"sent": step["sent"], "received": received(response)}
        for name, text in given_by(again).items():
            if name in given_by(step):
                self.texts[given_by(step)[name]] = text
        return number

    def _prepared(self, step: dict[str, Any]) -> requests.PreparedRequest:
        headers = {
            name: self._renewed(value)
            for name, value in step["headers"].items()
            if name.lower() not in LEFT_OUT
        }
        body = self._renewed_body(step["body"])
        prepared = requests.Request(
            step["method"], headers=headers, data=body or None, url="http://x"
        ).prepare()
        prepared.url = self._renewed(step["url"])
        if "Content-Type" not in headers:
            prepared.headers.pop("Content-Type", None)
        return prepared

    def _renewed_body(self, body: str) -> bytes:
        return self._renewed(body).encode("utf-8", "surrogatepass")

    def _renewed(self, text: str) -> str:
        """Put what is new in the place of what is old, all at once."""
        written = {json.dumps(old)[1:-1]: json.dumps(new)[1:-1] for old, new in self.texts.items()}
        known = {**written, **self.texts}
        longest_first = sorted(known, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), lambda found: known[found[0]], text)

    def _case(self, method: str, url: str) -> Replayed:
        path = urlsplit(url).path
        for template in self.parts.document["paths"]:
            pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]*)", re.escape(template))
            if found := re.search(f"{pattern}$", path):
                return Replayed(
                    method, template, {name: unquote(text) for name, text in found.groupdict().items()}
                )
        raise ValueError(f"{path} is not in the contract")


def _fresh(text: str) -> str:
    """Return another text of the same length where that is long enough, and not too long to be one."""
    fresh = f"conformance {uuid4()}" if " " in text else f"{uuid4()}"
    return fresh[: len(text)].ljust(len(text), "x") if 20 <= len(text) <= _LONGEST_NAME else text


def main() -> int:
    """Send the requests of a file; print the number that the last one has in the log."""
    parser = argparse.ArgumentParser(description="Send the requests of one failure again.")
    parser.add_argument("contract", type=Path)
    parser.add_argument("--config", type=Path, required=True, help="Schemathesis' configuration")
    parser.add_argument("--url", required=True, help="of the server")
    parser.add_argument(
        "--steps", type=Path, required=True, help="file with the requests, and texts to replace"
    )
    given = parser.parse_args()
    try:
        hooks_module = importlib.import_module(os.environ["SCHEMATHESIS_HOOKS"])
        config = SchemathesisConfig.from_path(given.config)
        config.projects.override.update(base_url=given.url)
        parts: RunParts = hooks_module.parts(schemathesis.openapi.from_path(given.contract, config=config))
        content = json.loads(given.steps.read_text("utf-8"))
        tokens = {name: token for token, name in parts.facts.secrets().items()}
        replay = Replay(parts, {**content["texts"], **tokens}, RunSettings.from_environment().ca_file)
        replay.session.trust_env = False
        *_, last = [replay.send(step) for step in content["steps"]]
        sys.stdout.write(str(last))
    except Exception:  # noqa: BLE001 whatever it is, it is printed
        traceback.print_exc()
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
