"""Settings: every one has a default, and an environment variable ``EXECUTION_HOOKS_<NAME>``.

A variable that is blank counts as not set, as CI systems and container files leave them. A blank option is
an invalid value: ``--tls-cert "$CERT"`` must not serve without TLS.
"""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from execution_hooks.testing.control.address import Address

PREFIX = "EXECUTION_HOOKS_"


def _check_rate(text: str) -> str:
    import limits  # here, since it takes a while, and few set a rate

    limits.parse(text)
    return text


def _check_address(text: str) -> str:
    Address.read(text)
    return text


AddressText = Annotated[str, AfterValidator(_check_address)]
RateLimitText = Annotated[str, AfterValidator(_check_rate)]


class InvalidSettings(ValueError):
    """Settings that cannot be used; the message is one line."""


class Settings(BaseModel):
    """What an operator may choose. A command-line option wins over its environment variable."""

    model_config = ConfigDict(frozen=True)

    database: str = Field(
        "sqlite:///execution-hooks.db",
        description="SQLAlchemy URL of the store: sqlite:///FILE (made if need be) or postgresql+psycopg://…",
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    tls_cert: Annotated[
        Path | None,
        Field(description="PEM file with the certificate and its chain; the server then speaks TLS."),
    ] = None
    tls_key: Annotated[
        Path | None, Field(description="PEM file with the certificate's private key, not encrypted.")
    ] = None
    public_url: Annotated[
        HttpUrl | None,
        Field(description="URL under which clients see the server, with the path that a proxy takes off."),
    ] = None
    workers: int = Field(1, ge=1, le=64, description="Processes that serve, watched by one parent; Linux.")
    threads: int = Field(
        32,
        ge=1,
        le=256,
        description="Worker threads, where the store is a database server.",
    )
    lock_wait_seconds: float = Field(
        5.0, ge=0, le=60, description="How long a write waits for another process before it is a 503."
    )
    most_in_flight: int = Field(
        256, ge=1, le=10_000, description="How many requests may be in flight before more are a 503."
    )
    rate_limit: Annotated[
        RateLimitText | None, Field(description="Requests a token may send, as 100/minute.")
    ] = None
    rate_store: Annotated[
        str | None,
        Field(description="Redis in which servers count together: redis://HOST:PORT, rediss:// with TLS."),
    ] = None
    explain_page: bool = Field(
        default=False,
        description="true serves the page /explain, which previews what hooks hit; --demo does.",
    )
    stop_seconds: int = Field(
        10, ge=1, le=600, description="How long requests in flight may take to end after SIGTERM."
    )
    hang_seconds: int = Field(
        30,
        ge=5,
        le=3600,
        description="How long a worker's event loop may be blocked before the parent kills the worker.",
    )
    seed: Annotated[
        Path | None, Field(description="YAML or JSON file of what to store at start, for tests.")
    ] = None
    control: Annotated[
        AddressText | None,
        Field(description="HOST:PORT, or a PORT of 127.0.0.1, where tests control the server."),
    ] = None
    metrics: Annotated[
        AddressText | None,
        Field(description="HOST:PORT, or a PORT of 127.0.0.1, where /metrics is served, without a token."),
    ] = None


def load_settings(**given: object) -> Settings:
    """Read the settings from the environment, and what is given over them. Raises InvalidSettings."""
    variables = {name: os.environ.get(PREFIX + name.upper(), "") for name in Settings.model_fields}
    chosen = {name: text for name, text in variables.items() if text.strip()}
    try:
        return Settings.model_validate(
            {**chosen, **{n: value for n, value in given.items() if value is not None}}
        )
    except ValidationError as error:
        errors = (
            f"{PREFIX}{'_'.join(map(str, each['loc'])).upper()}: {each['msg']} (got {each['input']!r})"
            for each in error.errors()
        )
        raise InvalidSettings("; ".join(errors)) from error
