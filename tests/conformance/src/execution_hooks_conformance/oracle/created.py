"""What a response to a creation must show, promise by promise: each function says what is wrong."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from execution_hooks_conformance.levels import Level
from execution_hooks_conformance.oracle.effects import MATCHES, labels
from execution_hooks_conformance.oracle.members import members
from execution_hooks_conformance.oracle.moments import in_calendar, moment
from execution_hooks_conformance.oracle.request_context import RequestContext
from execution_hooks_conformance.oracle.target import HOOKS

_TOLERANCE = timedelta(minutes=5)
_OF_THE_SERVER = {"id", "metadata", *MATCHES}
_DEFAULTS_ON_THE_PAGE = {"enabled": "true"}


def as_sent_failure(context: RequestContext, made: Mapping[str, Any], level: Level) -> str:
    """Compare a resource with what was sent; more fields than expected count at the level full alone."""
    expected = dict(context.outcome)
    if level is Level.PAGE:
        sent = {name: value for name, value in context.body.items() if value is not None}
        defaults = _DEFAULTS_ON_THE_PAGE if context.collection == HOOKS else {}
        expected = {name: value for name, value in {**defaults, **sent}.items() if name != "metadata"}
    names = {*expected} if level is not Level.FULL else {*expected, *made} - _OF_THE_SERVER
    wrong = [
        f"{name} is {made.get(name)!r}, not {expected.get(name)!r}"
        for name in sorted(names)
        if made.get(name) != expected.get(name)
    ]
    kept = members(made, "metadata").get("labels")
    if level is not Level.PAGE and kept != labels(context.body, []):
        wrong.append(f"metadata.labels is {kept!r}, not {labels(context.body, [])!r}")
    return "; ".join(wrong)


def server_fields_failure(context: RequestContext, made: Mapping[str, Any], now: datetime) -> str:
    """Hold creator and timestamps to the server's user and clock."""
    metadata = members(made, "metadata")
    created, changed = metadata.get("creationTimestamp"), metadata.get("modificationTimestamp")
    if not (isinstance(created, str) and in_calendar(created)):
        return f"metadata.creationTimestamp is {created!r}"
    away = abs(moment(created)[0].replace(tzinfo=UTC) - now)
    wrong = [f"metadata.creationTimestamp is {created}, and the clock says {now}"] * (away > _TOLERANCE)
    if changed != created:
        wrong.append(f"metadata.modificationTimestamp is {changed}, and creationTimestamp {created}")
    user, known = metadata.get("createdBy"), context.state.user_id
    if known and user != known:
        wrong.append(f"metadata.createdBy is {user}, and was {known} before with the same token")
    if "modifiedBy" in metadata:
        wrong.append("metadata.modifiedBy is there, though nobody changed the resource")
    return "; ".join(wrong)


def location_failure(made: Mapping[str, Any], location: str, url: str) -> str:
    """Hold Location to the URL that was posted to, with the new id below it."""
    wanted = f"{url.partition('?')[0]}/{made.get('id')}"
    return "" if location and urljoin(url, location) == wanted else f"Location is {location or 'missing'}"


def id_failure(context: RequestContext, made: Mapping[str, Any]) -> str:
    """Hold the id to being new."""
    known = context.state.knows(made.get("id"))
    return f"the id {made.get('id')} is that of an earlier resource" if known else ""
