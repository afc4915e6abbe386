"""The commands on a server: for each collection of the contract, the verbs that it has."""

from collections.abc import Callable
from typing import Any

import click

from execution_hooks.cli.columns import APPS, HOOKS, SOURCES
from execution_hooks.cli.remote import parameters
from execution_hooks.cli.remote.fields import options
from execution_hooks.cli.remote.operations import operations_of
from execution_hooks.cli.remote.resource import Resource

_FORMS = ("table", "json", "yaml", "name", "id")
_OF_ERRORS = "Form of an error; there is no other output."
_FIELDS_TEXT = """

The fields are given by options, or by a file in YAML or JSON, over which options win. In YAML every value is
text. The type and the version are filled in."""
_ON_ONE = {"get", "update", "delete"}
_WITH_BODY = {"create", "update"}


def _group(resource: Resource, text: str) -> click.Group:
    """Return a group with a command for each verb that the contract has."""
    return click.Group(
        resource.noun, help=text, commands=[_command(resource, verb) for verb in resource.operations]
    )


def _command(resource: Resource, verb: str) -> click.Command:
    text = f"{resource.operations[verb].summary}."
    if verb in _ON_ONE:
        text += f"\n\n{resource.noun.upper()} is the id or the name of the {resource.noun}."
    if verb in _WITH_BODY:
        text += _FIELDS_TEXT
    return click.Command(
        verb, callback=_runner(resource, verb), params=_parameters(resource, verb), help=text
    )


def _runner(resource: Resource, verb: str) -> Callable[..., None]:
    def run(**given: Any) -> None:  # noqa: ANN401 the values of the options
        from execution_hooks.cli.remote.verbs import perform  # here, since the help needs no client

        perform(resource, verb, given)

    return run


def _which(resource: Resource) -> click.Argument:
    return click.Argument(["which"], metavar=resource.noun.upper())


def _parameters(resource: Resource, verb: str) -> list[click.Parameter]:
    own: list[click.Parameter] = []
    if verb in _ON_ONE:
        own.append(_which(resource))
    if verb in _WITH_BODY:
        fields = options(resource.operations[verb].members)
        own += [parameters.file_option(), *fields, parameters.dry_run_option()]
    if verb == "list":
        own += [
            click.Option(["--filter"], metavar="TEXT", help="Only those that fit, as \"name eq 'freeze'\"."),
            click.Option(["--limit"], metavar="N", type=click.IntRange(min=1), help="So many at the most."),
        ]
    return [*own, _form_option(verb), *parameters.server_options()]


def _form_option(verb: str) -> click.Option:
    match verb:
        case "list" | "get":
            return parameters.form_option(*_FORMS)
        case "create":
            return parameters.form_option("id", *(form for form in _FORMS if form != "id"))
        case _:
            return parameters.form_option("text", "json", text=_OF_ERRORS)


_HOOKS = Resource("hook", operations_of("executionHooks"), HOOKS)
_SOURCES = Resource("source", operations_of("hookSources"), SOURCES)
_APPS = Resource("app", operations_of("apps"), APPS)

hook = _group(_HOOKS, "Hooks on a server: which script runs in which containers, and when.")
source = _group(_SOURCES, "Hook sources on a server: the scripts that hooks run.")
app = _group(_APPS, "Apps on a server: what hooks are tied to.")

hook.add_command(
    click.Command(
        "explain",
        callback=_runner(_HOOKS, "explain"),
        params=[
            _which(_HOOKS),
            parameters.form_option("table", "json", "yaml"),
            *parameters.server_options(),
        ],
        help="Show the containers that HOOK hits now, as far as a server tells it.\n\n"
        "The exit status is 1 if it hits nothing. What each criterion decides, `admin explain` shows.",
    )
)
