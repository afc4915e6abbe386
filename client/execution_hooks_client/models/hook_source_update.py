from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.hook_source_media_type import HookSourceMediaType, check_hook_source_media_type
from ..models.hook_source_type import HookSourceType, check_hook_source_type
from ..models.hook_source_update_preloaded import HookSourceUpdatePreloaded, check_hook_source_update_preloaded
from ..models.hook_source_update_private import HookSourceUpdatePrivate, check_hook_source_update_private
from ..models.hook_source_version import HookSourceVersion, check_hook_source_version
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.new_metadata import NewMetadata


T = TypeVar("T", bound="HookSourceUpdate")


@_attrs_define
class HookSourceUpdate:
    """What a client wants a hook source to become. Members left out keep their value. What was read can be sent back as it
    is.

        Attributes:
            type_ (HookSourceMediaType): Media type of the resource. There is one value; send it unchanged. Example:
                application/astra-hookSource.
            version (HookSourceVersion): Version of the resource. There is one value; send it unchanged. Example: 1.0.
            id (UUID | Unset): The id in the path, if it is sent at all. Any other is refused with 409. Example:
                50e89023-ba84-435d-bb47-1833f4c250ff.
            name (str | Unset): A name of your choice, unique among the hook sources of the account. A taken name is refused
                with 409. Example: payroll-freeze.
            private (HookSourceUpdatePrivate | Unset): The stored value, if it is sent at all. The other one is refused with
                409. Example: false.
            preloaded (HookSourceUpdatePreloaded | Unset): The stored value, if it is sent at all. The other one is refused
                with 409. Example: false.
            source_type (HookSourceType | Unset): What the source is. There is one value, a script. Example: script.
            source (str | Unset): The script in base64 (RFC 4648, section 4: the standard alphabet, with padding). It must
                decode
                to text in UTF-8 without NUL and carriage return that does not begin with a byte order mark
                (U+FEFF), else the response is 400, problem 9.
                 Example: IyEvYmluL3NoCiMgRnJlZXplIHRoZSBwYXlyb2xsIGRhdGFiYXNlLCBvciB0aGF3IGl0LgpleGVjIC9vcHQvcGF5cm9sbC9iaW4vY3
                RsICIkMSIK.
            source_md5_checksum (str | Unset): The checksum of the stored source or of the one sent along, if it is sent at
                all. Any other is refused with 409. Example: 96d79aa8f3b9a594d95a27331d5c04fc.
            description (str | Unset): Free text about the hook source, for people. Example: Freezes the payroll database,
                or thaws it.
            metadata (NewMetadata | Unset): Metadata as a client sends it. Only `labels` is yours to set. The other members
                may be sent as they
                were read, here or on another server: they are ignored, whatever text they hold.
                 Example: {'labels': [{'name': 'team', 'value': 'finance'}]}.
    """

    type_: HookSourceMediaType
    version: HookSourceVersion
    id: UUID | Unset = UNSET
    name: str | Unset = UNSET
    private: HookSourceUpdatePrivate | Unset = UNSET
    preloaded: HookSourceUpdatePreloaded | Unset = UNSET
    source_type: HookSourceType | Unset = UNSET
    source: str | Unset = UNSET
    source_md5_checksum: str | Unset = UNSET
    description: str | Unset = UNSET
    metadata: NewMetadata | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        version: str = self.version

        id: str | Unset = UNSET
        if not isinstance(self.id, Unset):
            id = str(self.id)

        name = self.name

        private: str | Unset = UNSET
        if not isinstance(self.private, Unset):
            private = self.private

        preloaded: str | Unset = UNSET
        if not isinstance(self.preloaded, Unset):
            preloaded = self.preloaded

        source_type: str | Unset = UNSET
        if not isinstance(self.source_type, Unset):
            source_type = self.source_type

        source = self.source

        source_md5_checksum = self.source_md5_checksum

        description = self.description

        metadata: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = self.metadata.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "version": version,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if private is not UNSET:
            field_dict["private"] = private
        if preloaded is not UNSET:
            field_dict["preloaded"] = preloaded
        if source_type is not UNSET:
            field_dict["sourceType"] = source_type
        if source is not UNSET:
            field_dict["source"] = source
        if source_md5_checksum is not UNSET:
            field_dict["sourceMD5Checksum"] = source_md5_checksum
        if description is not UNSET:
            field_dict["description"] = description
        if metadata is not UNSET:
            field_dict["metadata"] = metadata

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.new_metadata import NewMetadata  # noqa: PLC0415

        d = dict(src_dict)
        type_ = check_hook_source_media_type(d.pop("type"))

        version = check_hook_source_version(d.pop("version"))

        _id = d.pop("id", UNSET)
        id: UUID | Unset
        if isinstance(_id, Unset):
            id = UNSET
        else:
            id = UUID(_id)

        name = d.pop("name", UNSET)

        _private = d.pop("private", UNSET)
        private: HookSourceUpdatePrivate | Unset
        if isinstance(_private, Unset):
            private = UNSET
        else:
            private = check_hook_source_update_private(_private)

        _preloaded = d.pop("preloaded", UNSET)
        preloaded: HookSourceUpdatePreloaded | Unset
        if isinstance(_preloaded, Unset):
            preloaded = UNSET
        else:
            preloaded = check_hook_source_update_preloaded(_preloaded)

        _source_type = d.pop("sourceType", UNSET)
        source_type: HookSourceType | Unset
        if isinstance(_source_type, Unset):
            source_type = UNSET
        else:
            source_type = check_hook_source_type(_source_type)

        source = d.pop("source", UNSET)

        source_md5_checksum = d.pop("sourceMD5Checksum", UNSET)

        description = d.pop("description", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: NewMetadata | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = NewMetadata.from_dict(_metadata)

        hook_source_update = cls(
            type_=type_,
            version=version,
            id=id,
            name=name,
            private=private,
            preloaded=preloaded,
            source_type=source_type,
            source=source,
            source_md5_checksum=source_md5_checksum,
            description=description,
            metadata=metadata,
        )

        return hook_source_update
