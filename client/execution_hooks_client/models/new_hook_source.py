from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.hook_source_media_type import HookSourceMediaType, check_hook_source_media_type
from ..models.hook_source_type import HookSourceType, check_hook_source_type
from ..models.hook_source_version import HookSourceVersion, check_hook_source_version
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.new_metadata import NewMetadata


T = TypeVar("T", bound="NewHookSource")


@_attrs_define
class NewHookSource:
    """What a client says of a hook source it wants. The server adds the id, the checksum and the rest of the
    metadata. To copy a source that was read, leave out `id`, `private`, `preloaded` and
    `sourceMD5Checksum`.

        Attributes:
            type_ (HookSourceMediaType): Media type of the resource. There is one value; send it unchanged. Example:
                application/astra-hookSource.
            version (HookSourceVersion): Version of the resource. There is one value; send it unchanged. Example: 1.0.
            name (str): A name of your choice, unique among the hook sources of the account. A taken name is refused with
                409. Example: payroll-freeze.
            source_type (HookSourceType): What the source is. There is one value, a script. Example: script.
            source (str): The script in base64 (RFC 4648, section 4: the standard alphabet, with padding). It must decode
                to text in UTF-8 without NUL and carriage return that does not begin with a byte order mark
                (U+FEFF), else the response is 400, problem 9.
                 Example: IyEvYmluL3NoCiMgRnJlZXplIHRoZSBwYXlyb2xsIGRhdGFiYXNlLCBvciB0aGF3IGl0LgpleGVjIC9vcHQvcGF5cm9sbC9iaW4vY3
                RsICIkMSIK.
            description (str | Unset): Free text about the hook source, for people. Example: Freezes the payroll database,
                or thaws it.
            metadata (NewMetadata | Unset): Metadata as a client sends it. Only `labels` is yours to set. The other members
                may be sent as they
                were read, here or on another server: they are ignored, whatever text they hold.
                 Example: {'labels': [{'name': 'team', 'value': 'finance'}]}.
    """

    type_: HookSourceMediaType
    version: HookSourceVersion
    name: str
    source_type: HookSourceType
    source: str
    description: str | Unset = UNSET
    metadata: NewMetadata | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        version: str = self.version

        name = self.name

        source_type: str = self.source_type

        source = self.source

        description = self.description

        metadata: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = self.metadata.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "version": version,
                "name": name,
                "sourceType": source_type,
                "source": source,
            }
        )
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

        name = d.pop("name")

        source_type = check_hook_source_type(d.pop("sourceType"))

        source = d.pop("source")

        description = d.pop("description", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: NewMetadata | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = NewMetadata.from_dict(_metadata)

        new_hook_source = cls(
            type_=type_,
            version=version,
            name=name,
            source_type=source_type,
            source=source,
            description=description,
            metadata=metadata,
        )

        return new_hook_source
