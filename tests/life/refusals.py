"""Which problem refuses a request. Each function yields what is against it; the first thing is the answer."""

import base64
from collections.abc import Iterator
from typing import NamedTuple

from life.matcher import Resource, is_pattern
from life.model import Model, Place, checksum


class Refusal(NamedTuple):
    """The number of a problem, and the fields or parameters that it names, sorted."""

    problem: int
    names: tuple[str, ...] = ()


Refusals = Iterator[Refusal]


def reading(model: Model, place: Place) -> Refusals:
    """Tell what is against reading a resource."""
    yield from _switched_off(model, place.kind)
    yield from _missing(model, place)


def listing(model: Model, place: Place) -> Refusals:
    """Tell what is against reading a list."""
    yield from _switched_off(model, place.kind)
    if place.app_id is not None and place.app_id not in model.kept["apps"]:
        yield Refusal(2)


def creating(model: Model, place: Place, body: Resource) -> Refusals:
    """Tell what is against a new hook or hook source."""
    yield from _badly_written(model, body)
    yield from listing(model, place)
    if body.get("hookType") == "netapp":
        yield Refusal(73)
    yield from _unfit(model, place, body)


def updating(model: Model, place: Place, body: Resource, *, meant: bool) -> Refusals:
    """Tell what is against an update that is ``meant`` for the resource as it is now, or is not."""
    yield from _badly_written(model, body)
    yield from _missing(model, place)
    if body.get("hookType") == "netapp":
        yield Refusal(73)
    yield from _guarded(model, place, meant=meant)
    if changed := _fixed_members_changed(model, place, body):
        yield Refusal(10, changed)
    yield from _unfit(model, place, model.merged(place, body))


def deleting(model: Model, place: Place, *, meant: bool) -> Refusals:
    """Tell what is against deleting a resource, likewise."""
    yield from reading(model, place)
    yield from _guarded(model, place, meant=meant)
    if any(hook["hookSourceID"] == place.id for hook in model.kept["hooks"].values()):
        yield Refusal(72)


def _switched_off(model: Model, kind: str) -> Refusals:
    if model.switch == "disabled" and kind != "apps":
        yield Refusal(168)


def _badly_written(model: Model, body: Resource) -> Refusals:
    if model.switch != "enabled":
        yield Refusal(168)
    if body.get("stage") == "pre" and body.get("action") in {"restore", "failover"}:
        yield Refusal(8, ("/stage",))


def _missing(model: Model, place: Place) -> Refusals:
    resource = model.kept[place.kind].get(place.id)
    if resource is None or place.app_id not in {None, resource.get("appID")}:
        yield Refusal(1)


def _guarded(model: Model, place: Place, *, meant: bool) -> Refusals:
    resource = model.kept[place.kind][place.id]
    if resource.get("hookType") == "netapp":
        yield Refusal(73)
    if resource.get("preloaded") == "true":
        yield Refusal(71)
    if not meant:
        yield Refusal(38)


def _fixed_members_changed(model: Model, place: Place, body: Resource) -> tuple[str, ...]:
    stored, new_source = model.stored(place), model.merged(place, body).get("source", "")
    right = {name: {stored.get(name)} for name in ("id", "preloaded", "private")}
    right["sourceMD5Checksum"] = {stored.get("sourceMD5Checksum"), checksum(new_source)}
    return tuple(f"/{name}" for name, values in right.items() if name in body and body[name] not in values)


def _unfit(model: Model, place: Place, resource: Resource) -> Refusals:
    """Tell what is against a resource as it would be, whether it is new or changed."""
    is_hook = place.kind == "hooks"
    if faults := _hook_faults(model, place, resource) if is_hook else _source_faults(resource):
        yield Refusal(9, tuple(sorted(faults)))
    if resource.get("action") == "failover" and resource["appID"] in model.without_failover:
        yield Refusal(162)
    others = (each for each in model.kept[place.kind].values() if each["id"] != place.id)
    if any(other["name"] == resource["name"] for other in others):
        yield Refusal(10, ("/name",))


def _hook_faults(model: Model, place: Place, hook: Resource) -> set[str]:
    faults = {
        f"/matchingCriteria/{number}/value"
        for number, criterion in enumerate(hook.get("matchingCriteria", []))
        if not is_pattern(criterion["value"])
    }
    if hook["appID"] not in model.kept["apps"] or place.app_id not in {None, hook["appID"]}:
        faults.add("/appID")
    if hook["hookSourceID"] not in model.kept["sources"]:
        faults.add("/hookSourceID")
    if hook["stage"] == "pre" and hook["action"] in {"restore", "failover"}:
        faults.add("/stage")
    return faults


def _source_faults(source: Resource) -> set[str]:
    script = base64.b64decode(source["source"])
    return {"/source"} if b"\r" in script or script.startswith(b"\xef\xbb\xbf") else set()
