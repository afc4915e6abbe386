from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define

from ..models.app_media_type import AppMediaType, check_app_media_type
from ..models.app_state import AppState, check_app_state
from ..models.app_version import AppVersion, check_app_version

if TYPE_CHECKING:
    from ..models.app_metadata import AppMetadata


T = TypeVar("T", bound="App")


@_attrs_define
class App:
    """An application that hooks can be tied to.

    Attributes:
        type_ (AppMediaType): Media type of the resource. There is one value. Example: application/astra-app.
        version (AppVersion): Version of the resource. There is one value. Example: 2.0.
        id (UUID): Id of the app. It never changes. Hooks name it in `appID`. Example:
            7be5ae7c-151d-4230-ac39-ac1d0b33c2a9.
        name (str): Name of the app, for people. Two apps may have one name. Example: payroll.
        namespaces (list[str]): The Kubernetes namespaces of the app's containers, in alphabetical order. Empty while
            none are known. Example: ['payroll'].
        state (AppState): `ready` once the app's containers are known, `discovering` before. Hooks of an app that is not
            ready name no matching containers. Example: ready.
        metadata (AppMetadata): When the app was made known to the server, and when its containers were. Example:
            {'labels': [], 'creationTimestamp': '2022-10-06T20:40:01.000512Z', 'modificationTimestamp':
            '2022-10-06T20:55:32.118204Z', 'createdBy': '00000000-0000-0000-0000-000000000000'}.
    """

    type_: AppMediaType
    version: AppVersion
    id: UUID
    name: str
    namespaces: list[str]
    state: AppState
    metadata: AppMetadata

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        version: str = self.version

        id = str(self.id)

        name = self.name

        namespaces = self.namespaces

        state: str = self.state

        metadata = self.metadata.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "version": version,
                "id": id,
                "name": name,
                "namespaces": namespaces,
                "state": state,
                "metadata": metadata,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.app_metadata import AppMetadata  # noqa: PLC0415

        d = dict(src_dict)
        type_ = check_app_media_type(d.pop("type"))

        version = check_app_version(d.pop("version"))

        id = UUID(d.pop("id"))

        name = d.pop("name")

        namespaces = cast(list[str], d.pop("namespaces"))

        state = check_app_state(d.pop("state"))

        metadata = AppMetadata.from_dict(d.pop("metadata"))

        app = cls(
            type_=type_,
            version=version,
            id=id,
            name=name,
            namespaces=namespaces,
            state=state,
            metadata=metadata,
        )

        return app
