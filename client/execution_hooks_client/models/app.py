from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        type_ (AppMediaType | str): Media type of the resource. Example: application/astra-app.
        version (AppVersion | str): Version of the resource. Example: 2.0.
        id (UUID): Id of the app. It never changes. Hooks name it in `appID`. Example:
            7be5ae7c-151d-4230-ac39-ac1d0b33c2a9.
        name (str): Name of the app, for people. Two apps may have one name. Example: payroll.
        namespaces (list[str]): The Kubernetes namespaces of the app's containers, in alphabetical order. Empty while
            none are known. Example: ['payroll'].
        state (AppState | str): `ready` once the app's containers are known, `discovering` before. Hooks of an app that
            is not ready name no matching containers. Example: ready.
        metadata (AppMetadata): When the app was made known to the server, and when its containers were. Example:
            {'labels': [], 'creationTimestamp': '2022-10-06T20:40:01.000512Z', 'modificationTimestamp':
            '2022-10-06T20:55:32.118204Z', 'createdBy': '00000000-0000-0000-0000-000000000000'}.
    """

    type_: AppMediaType | str
    version: AppVersion | str
    id: UUID
    name: str
    namespaces: list[str]
    state: AppState | str
    metadata: AppMetadata
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_: str
        if isinstance(self.type_, str):
            type_ = self.type_
        else:
            type_ = self.type_

        version: str
        if isinstance(self.version, str):
            version = self.version
        else:
            version = self.version

        id = str(self.id)

        name = self.name

        namespaces = self.namespaces

        state: str
        if isinstance(self.state, str):
            state = self.state
        else:
            state = self.state

        metadata = self.metadata.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
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

        def _parse_type_(data: object) -> AppMediaType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = check_app_media_type(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AppMediaType | str, data)

        type_ = _parse_type_(d.pop("type"))

        def _parse_version(data: object) -> AppVersion | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                version_type_0 = check_app_version(data)

                return version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AppVersion | str, data)

        version = _parse_version(d.pop("version"))

        id = UUID(d.pop("id"))

        name = d.pop("name")

        namespaces = cast(list[str], d.pop("namespaces"))

        def _parse_state(data: object) -> AppState | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                state_type_0 = check_app_state(data)

                return state_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AppState | str, data)

        state = _parse_state(d.pop("state"))

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

        app.additional_properties = d
        return app

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
