from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define

from ..models.execution_hook_media_type import ExecutionHookMediaType, check_execution_hook_media_type
from ..models.execution_hook_update_enabled import ExecutionHookUpdateEnabled, check_execution_hook_update_enabled
from ..models.execution_hook_version import ExecutionHookVersion, check_execution_hook_version
from ..models.hook_action import HookAction, check_hook_action
from ..models.hook_stage import HookStage, check_hook_stage
from ..models.hook_type import HookType, check_hook_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.matching_container import MatchingContainer
    from ..models.new_matching_criterion import NewMatchingCriterion
    from ..models.new_metadata import NewMetadata


T = TypeVar("T", bound="ExecutionHookUpdate")


@_attrs_define
class ExecutionHookUpdate:
    """What a client wants a hook to become. Members left out keep their value. What was read can be sent back as it is.

    Attributes:
        type_ (ExecutionHookMediaType): Media type of the resource. There is one value; send it unchanged. Example:
            application/astra-executionHook.
        version (ExecutionHookVersion): Version of the resource that you wrote your client for. The response repeats it.
            Use `"1.3"` for new clients. Example: 1.3.
        id (UUID | Unset): The id in the path, if it is sent at all. Any other is refused with 409. Example:
            5f7e2e31-280d-5984-a28b-2d19ab5b77c0.
        name (str | Unset): A name of your choice, unique among the hooks of the account. A taken name is refused with
            409. Example: Payroll.
        hook_type (HookType | Unset): `custom` for a hook of your own, tied to an app. `netapp` marks hooks that come
            with the product; they are read only, so creating, changing or deleting one is refused with 403. Example:
            custom.
        matching_criteria (list[NewMatchingCriterion] | Unset): Which containers of the app the hook runs in: those that
            meet **all** criteria. An empty list
            means every container of the app, and so does none in a new hook. The same type may occur more
            than once.
             Example: [{'type': 'containerImage', 'value': '/postgres:16\\\\.'}].
        matching_containers (list[MatchingContainer] | Unset): Ignored, but held to the form in which it is read; the
            server computes the containers whenever the hook is read. Example: [{'podName': 'payroll-db-0', 'podLabels':
            [{'name': 'app', 'value': 'payroll'}], 'containerImage': 'registry.example/postgres:16.4', 'containerName':
            'postgres', 'namespaceName': 'payroll'}].
        matching_images (list[str] | Unset): Ignored, but held to the form in which it is read; the server computes the
            images whenever the hook is read. Example: ['registry.example/postgres:16.4'].
        action (HookAction | Unset): The action that runs the hook, provided that the criteria are met. Example:
            snapshot.
        stage (HookStage | Unset): `pre` runs the hook before the action, `post` after it. The actions `restore` and
            `failover` have a `post` stage only. Example: pre.
        hook_source_id (UUID | Unset): Id of the hook source, the script to run. It must be a source of this account.
            Example: 50e89023-ba84-435d-bb47-1833f4c250ff.
        arguments (list[str] | None | Unset): Arguments for the script, by position; equal ones may repeat. `null`
            counts as left out. A new hook has none unless it says so. Example: ['freeze'].
        app_id (UUID | Unset): Id of the app in whose containers the hook runs. It must be an app of this account.
            Example: 7be5ae7c-151d-4230-ac39-ac1d0b33c2a9.
        enabled (ExecutionHookUpdateEnabled | Unset): `"false"` keeps the hook but never runs it, `"true"` has it run.
            Example: false.
        description (str | Unset): Free text about the hook, for people. Example: Payroll production hook.
        metadata (NewMetadata | Unset): Metadata as a client sends it. Only `labels` is yours to set. The other members
            may be sent as they
            were read, here or on another server: they are ignored, whatever text they hold.
             Example: {'labels': [{'name': 'team', 'value': 'finance'}]}.
    """

    type_: ExecutionHookMediaType
    version: ExecutionHookVersion
    id: UUID | Unset = UNSET
    name: str | Unset = UNSET
    hook_type: HookType | Unset = UNSET
    matching_criteria: list[NewMatchingCriterion] | Unset = UNSET
    matching_containers: list[MatchingContainer] | Unset = UNSET
    matching_images: list[str] | Unset = UNSET
    action: HookAction | Unset = UNSET
    stage: HookStage | Unset = UNSET
    hook_source_id: UUID | Unset = UNSET
    arguments: list[str] | None | Unset = UNSET
    app_id: UUID | Unset = UNSET
    enabled: ExecutionHookUpdateEnabled | Unset = UNSET
    description: str | Unset = UNSET
    metadata: NewMetadata | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        version: str = self.version

        id: str | Unset = UNSET
        if not isinstance(self.id, Unset):
            id = str(self.id)

        name = self.name

        hook_type: str | Unset = UNSET
        if not isinstance(self.hook_type, Unset):
            hook_type = self.hook_type

        matching_criteria: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.matching_criteria, Unset):
            matching_criteria = []
            for componentsschemas_new_matching_criteria_item_data in self.matching_criteria:
                componentsschemas_new_matching_criteria_item = (
                    componentsschemas_new_matching_criteria_item_data.to_dict()
                )
                matching_criteria.append(componentsschemas_new_matching_criteria_item)

        matching_containers: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.matching_containers, Unset):
            matching_containers = []
            for matching_containers_item_data in self.matching_containers:
                matching_containers_item = matching_containers_item_data.to_dict()
                matching_containers.append(matching_containers_item)

        matching_images: list[str] | Unset = UNSET
        if not isinstance(self.matching_images, Unset):
            matching_images = self.matching_images

        action: str | Unset = UNSET
        if not isinstance(self.action, Unset):
            action = self.action

        stage: str | Unset = UNSET
        if not isinstance(self.stage, Unset):
            stage = self.stage

        hook_source_id: str | Unset = UNSET
        if not isinstance(self.hook_source_id, Unset):
            hook_source_id = str(self.hook_source_id)

        arguments: list[str] | None | Unset
        if isinstance(self.arguments, Unset):
            arguments = UNSET
        elif isinstance(self.arguments, list):
            arguments = self.arguments

        else:
            arguments = self.arguments

        app_id: str | Unset = UNSET
        if not isinstance(self.app_id, Unset):
            app_id = str(self.app_id)

        enabled: str | Unset = UNSET
        if not isinstance(self.enabled, Unset):
            enabled = self.enabled

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
        if hook_type is not UNSET:
            field_dict["hookType"] = hook_type
        if matching_criteria is not UNSET:
            field_dict["matchingCriteria"] = matching_criteria
        if matching_containers is not UNSET:
            field_dict["matchingContainers"] = matching_containers
        if matching_images is not UNSET:
            field_dict["matchingImages"] = matching_images
        if action is not UNSET:
            field_dict["action"] = action
        if stage is not UNSET:
            field_dict["stage"] = stage
        if hook_source_id is not UNSET:
            field_dict["hookSourceID"] = hook_source_id
        if arguments is not UNSET:
            field_dict["arguments"] = arguments
        if app_id is not UNSET:
            field_dict["appID"] = app_id
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if description is not UNSET:
            field_dict["description"] = description
        if metadata is not UNSET:
            field_dict["metadata"] = metadata

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.matching_container import MatchingContainer  # noqa: PLC0415
        from ..models.new_matching_criterion import NewMatchingCriterion  # noqa: PLC0415
        from ..models.new_metadata import NewMetadata  # noqa: PLC0415

        d = dict(src_dict)
        type_ = check_execution_hook_media_type(d.pop("type"))

        version = check_execution_hook_version(d.pop("version"))

        _id = d.pop("id", UNSET)
        id: UUID | Unset
        if isinstance(_id, Unset):
            id = UNSET
        else:
            id = UUID(_id)

        name = d.pop("name", UNSET)

        _hook_type = d.pop("hookType", UNSET)
        hook_type: HookType | Unset
        if isinstance(_hook_type, Unset):
            hook_type = UNSET
        else:
            hook_type = check_hook_type(_hook_type)

        _matching_criteria = d.pop("matchingCriteria", UNSET)
        matching_criteria: list[NewMatchingCriterion] | Unset = UNSET
        if _matching_criteria is not UNSET:
            matching_criteria = []
            for componentsschemas_new_matching_criteria_item_data in _matching_criteria:
                componentsschemas_new_matching_criteria_item = NewMatchingCriterion.from_dict(
                    componentsschemas_new_matching_criteria_item_data
                )

                matching_criteria.append(componentsschemas_new_matching_criteria_item)

        _matching_containers = d.pop("matchingContainers", UNSET)
        matching_containers: list[MatchingContainer] | Unset = UNSET
        if _matching_containers is not UNSET:
            matching_containers = []
            for matching_containers_item_data in _matching_containers:
                matching_containers_item = MatchingContainer.from_dict(matching_containers_item_data)

                matching_containers.append(matching_containers_item)

        matching_images = cast(list[str], d.pop("matchingImages", UNSET))

        _action = d.pop("action", UNSET)
        action: HookAction | Unset
        if isinstance(_action, Unset):
            action = UNSET
        else:
            action = check_hook_action(_action)

        _stage = d.pop("stage", UNSET)
        stage: HookStage | Unset
        if isinstance(_stage, Unset):
            stage = UNSET
        else:
            stage = check_hook_stage(_stage)

        _hook_source_id = d.pop("hookSourceID", UNSET)
        hook_source_id: UUID | Unset
        if isinstance(_hook_source_id, Unset):
            hook_source_id = UNSET
        else:
            hook_source_id = UUID(_hook_source_id)

        def _parse_arguments(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                componentsschemas_new_hook_arguments_type_0 = cast(list[str], data)

                return componentsschemas_new_hook_arguments_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        arguments = _parse_arguments(d.pop("arguments", UNSET))

        _app_id = d.pop("appID", UNSET)
        app_id: UUID | Unset
        if isinstance(_app_id, Unset):
            app_id = UNSET
        else:
            app_id = UUID(_app_id)

        _enabled = d.pop("enabled", UNSET)
        enabled: ExecutionHookUpdateEnabled | Unset
        if isinstance(_enabled, Unset):
            enabled = UNSET
        else:
            enabled = check_execution_hook_update_enabled(_enabled)

        description = d.pop("description", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: NewMetadata | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = NewMetadata.from_dict(_metadata)

        execution_hook_update = cls(
            type_=type_,
            version=version,
            id=id,
            name=name,
            hook_type=hook_type,
            matching_criteria=matching_criteria,
            matching_containers=matching_containers,
            matching_images=matching_images,
            action=action,
            stage=stage,
            hook_source_id=hook_source_id,
            arguments=arguments,
            app_id=app_id,
            enabled=enabled,
            description=description,
            metadata=metadata,
        )

        return execution_hook_update
