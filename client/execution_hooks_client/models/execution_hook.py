from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.execution_hook_media_type import ExecutionHookMediaType, check_execution_hook_media_type
from ..models.execution_hook_version import ExecutionHookVersion, check_execution_hook_version
from ..models.flag import Flag, check_flag
from ..models.hook_action import HookAction, check_hook_action
from ..models.hook_stage import HookStage, check_hook_stage
from ..models.hook_type import HookType, check_hook_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.matching_container import MatchingContainer
    from ..models.matching_criterion import MatchingCriterion
    from ..models.metadata import Metadata


T = TypeVar("T", bound="ExecutionHook")


@_attrs_define
class ExecutionHook:
    """A stored execution hook, as the server returns it.

    Attributes:
        type_ (ExecutionHookMediaType | str): Media type of the resource. Example: application/astra-executionHook.
        version (ExecutionHookVersion | str): Version of the resource that the hook was written in. Example: 1.3.
        id (UUID): Id of the hook, unique everywhere, given by the server. It never changes. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        name (str): A name of your choice, unique among the hooks of the account. A taken name is refused with 409.
            Example: Payroll.
        hook_type (HookType | str): `custom` for a hook of a client, `netapp` for one that comes with the product and is
            read only. Example: custom.
        matching_criteria (list[MatchingCriterion]): Which containers of the app the hook runs in: those that meet
            **all** criteria. An empty list means
            every container of the app.
             Example: [{'type': 'containerImage', 'value': '/postgres:16\\\\.'}].
        action (HookAction | str): The action that runs the hook, provided that the criteria are met. Example: snapshot.
        stage (HookStage | str): Whether the hook runs before the action (`pre`) or after it (`post`). Example: pre.
        hook_source_id (UUID): Id of the hook source, the script to run. It must be a source of this account. Example:
            50e89023-ba84-435d-bb47-1833f4c250ff.
        arguments (list[str]): Arguments for the script, by position; equal ones may repeat. An empty list means none.
            Example: ['freeze'].
        enabled (Flag | str): `"true"` if the hook runs, `"false"` if it is kept but never run. Example: true.
        metadata (Metadata): Who made the resource and when, and the labels that clients put on it. Example: {'labels':
            [], 'creationTimestamp': '2022-10-06T20:58:16.305662Z', 'modificationTimestamp': '2022-10-06T20:58:16.305662Z',
            'createdBy': '8f84cf09-8036-51e4-b579-bd30cb07b269'}.
        matching_containers (list[MatchingContainer] | Unset): The containers of the app that meet every criterion at
            the moment of this response. Left out
            while the server knows no containers of the app, or after a create where it cannot read them.
            An empty list means: this hook hits nothing.
             Example: [{'podName': 'payroll-db-0', 'podLabels': [{'name': 'app', 'value': 'payroll'}], 'containerImage':
            'registry.example/postgres:16.4', 'containerName': 'postgres', 'namespaceName': 'payroll'}].
        matching_images (list[str] | Unset): The distinct images of `matchingContainers`, by code point, at most 4,095:
            the list ends there,
            though `matchingContainers` goes on. An image of more than 255 characters is not listed; each container
            names its image whole. Left out when they are.
             Example: ['registry.example/postgres:16.4'].
        app_id (UUID | Unset): Id of the app in whose containers the hook runs. It must be an app of this account.
            Example: 7be5ae7c-151d-4230-ac39-ac1d0b33c2a9.
        description (str | Unset): Free text about the hook, for people. Example: Payroll production hook.
    """

    type_: ExecutionHookMediaType | str
    version: ExecutionHookVersion | str
    id: UUID
    name: str
    hook_type: HookType | str
    matching_criteria: list[MatchingCriterion]
    action: HookAction | str
    stage: HookStage | str
    hook_source_id: UUID
    arguments: list[str]
    enabled: Flag | str
    metadata: Metadata
    matching_containers: list[MatchingContainer] | Unset = UNSET
    matching_images: list[str] | Unset = UNSET
    app_id: UUID | Unset = UNSET
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

        hook_type: str
        if isinstance(self.hook_type, str):
            hook_type = self.hook_type
        else:
            hook_type = self.hook_type

        matching_criteria = []
        for componentsschemas_matching_criteria_item_data in self.matching_criteria:
            componentsschemas_matching_criteria_item = componentsschemas_matching_criteria_item_data.to_dict()
            matching_criteria.append(componentsschemas_matching_criteria_item)

        action: str
        if isinstance(self.action, str):
            action = self.action
        else:
            action = self.action

        stage: str
        if isinstance(self.stage, str):
            stage = self.stage
        else:
            stage = self.stage

        hook_source_id = str(self.hook_source_id)

        arguments = self.arguments

        enabled: str
        if isinstance(self.enabled, str):
            enabled = self.enabled
        else:
            enabled = self.enabled

        metadata = self.metadata.to_dict()

        matching_containers: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.matching_containers, Unset):
            matching_containers = []
            for matching_containers_item_data in self.matching_containers:
                matching_containers_item = matching_containers_item_data.to_dict()
                matching_containers.append(matching_containers_item)

        matching_images: list[str] | Unset = UNSET
        if not isinstance(self.matching_images, Unset):
            matching_images = self.matching_images

        app_id: str | Unset = UNSET
        if not isinstance(self.app_id, Unset):
            app_id = str(self.app_id)

        description = self.description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
                "version": version,
                "id": id,
                "name": name,
                "hookType": hook_type,
                "matchingCriteria": matching_criteria,
                "action": action,
                "stage": stage,
                "hookSourceID": hook_source_id,
                "arguments": arguments,
                "enabled": enabled,
                "metadata": metadata,
            }
        )
        if matching_containers is not UNSET:
            field_dict["matchingContainers"] = matching_containers
        if matching_images is not UNSET:
            field_dict["matchingImages"] = matching_images
        if app_id is not UNSET:
            field_dict["appID"] = app_id
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.matching_container import MatchingContainer  # noqa: PLC0415
        from ..models.matching_criterion import MatchingCriterion  # noqa: PLC0415
        from ..models.metadata import Metadata  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_type_(data: object) -> ExecutionHookMediaType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = check_execution_hook_media_type(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ExecutionHookMediaType | str, data)

        type_ = _parse_type_(d.pop("type"))

        def _parse_version(data: object) -> ExecutionHookVersion | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                version_type_0 = check_execution_hook_version(data)

                return version_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ExecutionHookVersion | str, data)

        version = _parse_version(d.pop("version"))

        id = UUID(d.pop("id"))

        name = d.pop("name")

        def _parse_hook_type(data: object) -> HookType | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                hook_type_type_0 = check_hook_type(data)

                return hook_type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookType | str, data)

        hook_type = _parse_hook_type(d.pop("hookType"))

        matching_criteria = []
        _matching_criteria = d.pop("matchingCriteria")
        for componentsschemas_matching_criteria_item_data in _matching_criteria:
            componentsschemas_matching_criteria_item = MatchingCriterion.from_dict(
                componentsschemas_matching_criteria_item_data
            )

            matching_criteria.append(componentsschemas_matching_criteria_item)

        def _parse_action(data: object) -> HookAction | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                action_type_0 = check_hook_action(data)

                return action_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookAction | str, data)

        action = _parse_action(d.pop("action"))

        def _parse_stage(data: object) -> HookStage | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                stage_type_0 = check_hook_stage(data)

                return stage_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(HookStage | str, data)

        stage = _parse_stage(d.pop("stage"))

        hook_source_id = UUID(d.pop("hookSourceID"))

        arguments = cast(list[str], d.pop("arguments"))

        def _parse_enabled(data: object) -> Flag | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                enabled_type_0 = check_flag(data)

                return enabled_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Flag | str, data)

        enabled = _parse_enabled(d.pop("enabled"))

        metadata = Metadata.from_dict(d.pop("metadata"))

        _matching_containers = d.pop("matchingContainers", UNSET)
        matching_containers: list[MatchingContainer] | Unset = UNSET
        if _matching_containers is not UNSET:
            matching_containers = []
            for matching_containers_item_data in _matching_containers:
                matching_containers_item = MatchingContainer.from_dict(matching_containers_item_data)

                matching_containers.append(matching_containers_item)

        matching_images = cast(list[str], d.pop("matchingImages", UNSET))

        _app_id = d.pop("appID", UNSET)
        app_id: UUID | Unset
        if isinstance(_app_id, Unset):
            app_id = UNSET
        else:
            app_id = UUID(_app_id)

        description = d.pop("description", UNSET)

        execution_hook = cls(
            type_=type_,
            version=version,
            id=id,
            name=name,
            hook_type=hook_type,
            matching_criteria=matching_criteria,
            action=action,
            stage=stage,
            hook_source_id=hook_source_id,
            arguments=arguments,
            enabled=enabled,
            metadata=metadata,
            matching_containers=matching_containers,
            matching_images=matching_images,
            app_id=app_id,
            description=description,
        )

        execution_hook.additional_properties = d
        return execution_hook

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
