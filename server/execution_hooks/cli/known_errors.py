"""Errors that operators can act on, each as the failure of a command."""

import errno

from execution_hooks.cli.failures import ExitStatus, Failure, refused, unreachable, unusable
from execution_hooks.cli.output import OutputLost, ReaderGone, discard_output
from execution_hooks.settings import InvalidSettings
from execution_hooks.store.database import InvalidDatabaseUrl, UnusableDatabase
from execution_hooks.store.directory import AlreadyThere, SeveralApps, UnknownAccount
from execution_hooks.store.writer import StoreDamaged, StoreUnavailable


def failure_of(error: Exception) -> Failure | None:
    """Return the failure that an error is; None if operators cannot act on it."""
    match error:
        case UnknownAccount():
            return refused(f"there is no account {error}")
        case SeveralApps(args=[name]):
            return refused(f"several apps are called {name!r}; name one by --id")
        case AlreadyThere(args=[taken, name]):
            return refused(f"the id {taken} or the name {name!r} is in use already")
        case InvalidSettings() | InvalidDatabaseUrl():
            return unusable(str(error))
        case UnicodeEncodeError():
            return unusable("what was given is not text in UTF-8")
        case UnusableDatabase() | StoreUnavailable() | StoreDamaged() | OutputLost():
            return unreachable(str(error))
        case ReaderGone():
            return Failure(ExitStatus.UNREAD, "")
        case OSError():
            return _of_the_system(error)
        case _:
            return None


def _of_the_system(error: OSError) -> Failure:
    """Turn the errors of click's own output, as that of --help, into a Failure."""
    discard_output()
    if error.errno == errno.EPIPE:
        return Failure(ExitStatus.UNREAD, "")
    where = "" if error.filename is None else f"{error.filename}: "
    return unreachable(f"input or output failed: {where}{error.strerror}")
