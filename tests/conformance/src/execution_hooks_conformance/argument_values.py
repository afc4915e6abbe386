"""Values of arguments, read and checked: each raises what argparse tells as wrong usage."""

import os
import ssl
from argparse import ArgumentTypeError
from pathlib import Path
from urllib.parse import urlsplit


def server_url(text: str) -> str:
    """Read the URL of a server: http or https, with a host, and nothing that is no part of its address."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 it raises what tells
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no URL: {error}") from None
    if parts.username is not None or parts.password is not None:
        raise ArgumentTypeError("the URL holds a user or a password: give --token")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ArgumentTypeError(f"{text!r} does not begin with http:// or https:// and a host")
    if parts.query or parts.fragment:
        raise ArgumentTypeError(f"{text!r} has a query or a fragment")
    return text


def rate(text: str) -> float:
    """Read a number of requests a second."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < float("inf"):
        raise ArgumentTypeError(f"{text!r} is not a number of requests above 0")
    return number


def count(text: str) -> int:
    """Read a number of requests; 0 is one."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise ArgumentTypeError(f"{text!r} is not a number of requests")
    return number


def certificates(text: str) -> Path:
    """Read the name of a file with certificates in PEM, which must be there."""
    try:
        ssl.create_default_context(cafile=text)
    except OSError as error:  # an SSLError, too, which says what is wrong with the content
        raise ArgumentTypeError(f"{text} has no certificates: {error}") from None
    return Path(text)


def folder(text: str) -> Path:
    """Read the name of a folder to write to, which is made."""
    path = Path(text)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgumentTypeError(f"reports cannot be written to {text}: {error.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ArgumentTypeError(f"reports cannot be written to {text}: Permission denied")
    return path


def can_be_sent(token: str) -> bool:
    """Tell whether a token fits into a header as it is."""
    return token.isascii() and token.isprintable()
