"""The certificate and its key: files that cannot be used are refused at start, by name."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import trustme

from execution_hooks.http.wire.tls import load_context
from execution_hooks.settings import InvalidSettings
from harness.commands import runner
from harness.forking import ForkServer
from harness.processes import COMMAND, clean_environment
from harness.tls import IssuedCertificate

CERT, KEY = "EXECUTION_HOOKS_TLS_CERT: ", "EXECUTION_HOOKS_TLS_KEY: "
UNUSABLE: dict[str, tuple[str | None, str | None, str]] = {
    "no key": ("cert.pem", None, KEY + "is needed with EXECUTION_HOOKS_TLS_CERT"),
    "no certificate": (None, "key.pem", CERT + "is needed with EXECUTION_HOOKS_TLS_KEY"),
    "missing files": (
        "no.pem",
        "cert.pem/x",
        CERT + "cannot read '~/no.pem': No such file or directory; "
        "EXECUTION_HOOKS_TLS_KEY: cannot read '~/cert.pem/x': Not a directory",
    ),
    "a folder": (".", "key.pem", CERT + "'~' is no regular file"),
    "a pipe": ("cert.pem", "pipe", KEY + "'~/pipe' is no regular file"),
    "an empty certificate": ("empty", "key.pem", CERT + "'~/empty' is no certificate in PEM"),
    "an empty key": ("cert.pem", "empty", KEY + "'~/empty' is no private key in PEM"),
    "bytes": ("bytes", "bytes", CERT + "'~/bytes' is no certificate in PEM"),
    "a mangled certificate": ("mangled.pem", "key.pem", CERT + "'~/mangled.pem' is no certificate in PEM"),
    "a mangled key": ("cert.pem", "mangled.key", KEY + "'~/mangled.key' is no private key in PEM"),
    "files the wrong way round": ("key.pem", "cert.pem", CERT + "'~/key.pem' is no certificate in PEM"),
    "a certificate twice": ("cert.pem", "cert.pem", KEY + "'~/cert.pem' is no private key in PEM"),
    "another's key": (
        "cert.pem",
        "other/key.pem",
        KEY + "'~/other/key.pem' is not the key of the certificate '~/cert.pem'",
    ),
    "a key of another kind": (
        "cert.pem",
        "rsa/key.pem",
        KEY + "'~/rsa/key.pem' is not the key of the certificate '~/cert.pem'",
    ),
    "an encrypted key": (
        "cert.pem",
        "locked.pem",
        KEY + "'~/locked.pem' is encrypted; give it without a password",
    ),
}
"""Pairs of files, and the error for each; ``~`` stands for the folder."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all files that ``UNUSABLE`` names."""
    folder = tmp_path_factory.mktemp("files")
    for name, key_type in {"other": trustme.KeyType.ECDSA, "rsa": trustme.KeyType.RSA}.items():
        (folder / name).mkdir()
        IssuedCertificate.new(folder / name, key_type)
    issued = IssuedCertificate.new(folder)
    certificate, key = issued.certificate.read_bytes(), issued.key.read_bytes()
    locked = b"-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC," + b"0F" * 16 + b"\n\n"
    (folder / "empty").touch()
    (folder / "bytes").write_bytes(bytes(range(256)))
    (folder / "mangled.pem").write_bytes(certificate.replace(b"M", b"A", 1))
    (folder / "mangled.key").write_bytes(key.replace(b"M", b"A", 1))
    (folder / "locked.pem").write_bytes(key.replace(b"-----\n", locked, 1))
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize(("certificate", "key", "expected"), UNUSABLE.values(), ids=UNUSABLE)
def test_files_that_cannot_be_used_are_named(
    folder: Path, certificate: str | None, key: str | None, expected: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        load_context(*(None if name is None else folder / name for name in (certificate, key)))

    assert str(refused.value) == expected.replace("~", str(folder))


@pytest.mark.parametrize("pair", ["no key", "no certificate", "missing files"])
def test_the_server_does_not_start_and_says_why_in_one_line(
    forks: ForkServer, folder: Path, tmp_path: Path, pair: str
) -> None:
    done = runner(forks, tmp_path)(*_serve(folder, pair))

    assert (done.returncode, done.stdout, done.stderr) == _refused(folder, pair)


def test_nobody_is_asked_for_the_password_of_an_encrypted_key(folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, *_serve(folder, "an encrypted key")],
        cwd=tmp_path,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        start_new_session=True,  # without a terminal, on which OpenSSL could ask for a password
    )

    assert (done.returncode, done.stdout, done.stderr) == _refused(folder, "an encrypted key")


def _serve(folder: Path, pair: str) -> list[str]:
    certificate, key, _ = UNUSABLE[pair]
    options = {"--tls-cert": certificate, "--tls-key": key}
    return ["serve", *(f"{name}={folder / file}" for name, file in options.items() if file)]


def _refused(folder: Path, pair: str) -> tuple[int, str, str]:
    """Return how the server ends, and what it prints."""
    return 2, "", f"Error: {UNUSABLE[pair][2].replace('~', str(folder))}\n"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl, which makes so weak a key")
def test_a_certificate_that_openssl_does_not_accept_is_refused_with_the_reason(tmp_path: Path) -> None:
    command = "openssl req -x509 -newkey rsa:512 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost"
    subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=True)

    with pytest.raises(InvalidSettings, match=r"TLS_CERT: cannot use '.*/cert.pem': ee key too small$"):
        load_context(tmp_path / "cert.pem", tmp_path / "key.pem")
