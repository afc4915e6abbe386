from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.flag import Flag, check_flag
from ..models.hook_source_media_type import HookSourceMediaType, check_hook_source_media_type
from ..models.hook_source_type import HookSourceType, check_hook_source_type
from ..models.hook_source_version import HookSourceVersion, check_hook_source_version
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.metadata import Metadata


T = TypeVar("T", bound="HookSource")


@_attrs_define
class HookSource:
    """A stored hook source, as the server returns it.

    Attributes:
        type_ (HookSourceMediaType | str): Media type of the resource. Example: application/astra-hookSource.
        version (HookSourceVersion | str): Version of the resource. Example: 1.0.
        id (UUID): Id of the hook source, unique everywhere, given by the server. It never changes. Hooks name it in
            `hookSourceID`. Example: 50e89023-ba84-435d-bb47-1833f4c250ff.
        name (str): A name of your choice, unique among the hook sources of the account. A taken name is refused with
            409. Example: payroll-freeze.
        private (Flag | str): `"true"` if the script is kept from readers: `source` is then left out. Set by the
            operator of the server. Example: false.
        preloaded (Flag | str): `"true"` if the source comes with the server: it can then be neither changed nor deleted
            (403, problem 71). Example: false.
        source_type (HookSourceType | str): What the source is, such as a script. Example: script.
        source_md5_checksum (str): MD5 of the base64 text of `source`, not of the script, in lower-case hexadecimal.
            Example: 5851df96b99b41ba6385c9941b8f2a00.
        metadata (Metadata): Who made the resource and when, and the labels that clients put on it. Example: {'labels':
            [], 'creationTimestamp': '2022-10-06T20:58:16.305662Z', 'modificationTimestamp': '2022-10-06T20:58:16.305662Z',
            'createdBy': '8f84cf09-8036-51e4-b579-bd30cb07b269'}.
        source (str | Unset): The script in base64 (RFC 4648, section 4: the standard alphabet, with padding). It must
            decode
            to text in UTF-8 without NUL and carriage return that does not begin with a byte order mark
            (U+FEFF), else the response is 400, problem 9.
             Example: IyEvYmluL3NoCiMgRnJlZXplIHRoZSBwYXlyb2xsIGRhdGFiYXNlLCBvciB0aGF3IGl0LgpleGVjIC9vcHQvcGF5cm9sbC9iaW4vY3
            RsICIkMSIK.
        description (str | Unset): Free text about the hook source, for people. Example: Freezes the payroll database,
            or thaws it.
    """

    type_: HookSourceMediaType | str
    version: HookSourceVersion | str
    id: UUID
    name: str
    private: Flag | str
    preloaded: Flag | str
    source_type: HookSourceType | str
    source_md5_checksum: str
    metadata: Metadata
    source: str | Unset = UNSET
    description: str | Unset = UNSET
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

        private: str
        if isinstance(self.private, str):
            private = self.private
        else:
            private = self.private

        preloaded: str
        if isinstance(self.preloaded, str):
            preloaded = self.preloaded
        else:
            preloaded = self.preloaded

        source_type: str
        if isinstance(self.source_type, str):
            source_type = self.source_type
        else:
            source_type = self.source_type

        source_md5_checksum = self.source_md5_checksum

        metadata = self.metadata.to_dict()

        source = self.source

        description = self.description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
                "version": version,
                "id": id,
                "name": name,
                "private": private,
                "preloaded": preloaded,
                "sourceType": source_type,
                "sourceMD5Checksum": source_md5_checksum,
                "metadata": metadata,
            }
        )
        if source is not UNSET:
            field_dict["source"] = source
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.metadata import Metadata  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_type_(data: object) -> HookSourceMediaType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = check_hook_source_media_type(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookSourceMediaType | str, data)

        type_ = _parse_type_(d.pop("type"))

        def _parse_version(data: object) -> HookSourceVersion | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                version_type_0 = check_hook_source_version(data)

                return version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookSourceVersion | str, data)

        version = _parse_version(d.pop("version"))

        id = UUID(d.pop("id"))

        name = d.pop("name")

        def _parse_private(data: object) -> Flag | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                private_type_0 = check_flag(data)

                return private_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Flag | str, data)

        private = _parse_private(d.pop("private"))

        def _parse_preloaded(data: object) -> Flag | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                preloaded_type_0 = check_flag(data)

                return preloaded_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Flag | str, data)

        preloaded = _parse_preloaded(d.pop("preloaded"))

        def _parse_source_type(data: object) -> HookSourceType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                source_type_type_0 = check_hook_source_type(data)

                return source_type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookSourceType | str, data)

        source_type = _parse_source_type(d.pop("sourceType"))

        source_md5_checksum = d.pop("sourceMD5Checksum")

        metadata = Metadata.from_dict(d.pop("metadata"))

        source = d.pop("source", UNSET)

        description = d.pop("description", UNSET)

        hook_source = cls(
            type_=type_,
            version=version,
            id=id,
            name=name,
            private=private,
            preloaded=preloaded,
            source_type=source_type,
            source_md5_checksum=source_md5_checksum,
            metadata=metadata,
            source=source,
            description=description,
        )

        hook_source.additional_properties = d
        return hook_source

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
