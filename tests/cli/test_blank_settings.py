"""A blank environment variable is one that is not set."""

import pytest

from execution_hooks.settings import PREFIX, Settings, load_settings
from harness.commands import Run, printed, refused

BLANK = ["", " ", "\t\n"]


@pytest.mark.parametrize("blank", BLANK, ids=repr)
@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_blank_variable_leaves_a_setting_at_its_default(
    monkeypatch: pytest.MonkeyPatch, name: str, blank: str
) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), blank)

    assert getattr(load_settings(), name) == Settings.model_fields[name].default


def test_a_command_runs_with_every_variable_blank(run: Run) -> None:
    blank = {PREFIX + name.upper(): " " for name in Settings.model_fields}

    printed(run("admin", "account", "create", "A", **blank))


def test_a_blank_option_does_not_serve_without_tls(run: Run) -> None:
    assert "EXECUTION_HOOKS_TLS_CERT" in refused(
        run("serve", "--port", "0", "--tls-cert", "", "--tls-key", "")
    )
