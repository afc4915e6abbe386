from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.hook_source_media_type import HookSourceMediaType, check_hook_source_media_type
from ..models.hook_source_preloaded import HookSourcePreloaded, check_hook_source_preloaded
from ..models.hook_source_private import HookSourcePrivate, check_hook_source_private
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
        type_ (HookSourceMediaType): Media type of the resource. There is one value; send it as it stands. Example:
            application/astra-hookSource.
        version (HookSourceVersion): Version of the resource. There is one value; send it as it stands. Example: 1.0.
        id (UUID): Id of the hook source, unique everywhere, given by the server. It never changes. Hooks name it in
            `hookSourceID`. Example: 50e89023-ba84-435d-bb47-1833f4c250ff.
        name (str): A name of your choice, unique among the hook sources of the account. A taken name is refused with
            409. Example: payroll-freeze.
        private (HookSourcePrivate): `"true"` if the script is kept from readers: `source` is then left out. Set by
            whoever runs the server. Example: false.
        preloaded (HookSourcePreloaded): `"true"` if the source comes with the server: it can then be neither changed
            nor deleted (403, problem 71). Example: false.
        source_type (HookSourceType): What the source is. There is one value, a script. Example: script.
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

    type_: HookSourceMediaType
    version: HookSourceVersion
    id: UUID
    name: str
    private: HookSourcePrivate
    preloaded: HookSourcePreloaded
    source_type: HookSourceType
    source_md5_checksum: str
    metadata: Metadata
    source: str | Unset = UNSET
    description: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        version: str = self.version

        id = str(self.id)

        name = self.name

        private: str = self.private

        preloaded: str = self.preloaded

        source_type: str = self.source_type

        source_md5_checksum = self.source_md5_checksum

        metadata = self.metadata.to_dict()

        source = self.source

        description = self.description

        field_dict: dict[str, Any] = {}

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
        type_ = check_hook_source_media_type(d.pop("type"))

        version = check_hook_source_version(d.pop("version"))

        id = UUID(d.pop("id"))

        name = d.pop("name")

        private = check_hook_source_private(d.pop("private"))

        preloaded = check_hook_source_preloaded(d.pop("preloaded"))

        source_type = check_hook_source_type(d.pop("sourceType"))

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

        return hook_source
