from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define

from ..models.execution_hook_media_type import ExecutionHookMediaType, check_execution_hook_media_type
from ..models.execution_hook_version import ExecutionHookVersion, check_execution_hook_version
from ..models.hook_action import HookAction, check_hook_action
from ..models.hook_stage import HookStage, check_hook_stage
from ..models.hook_type import HookType, check_hook_type
from ..models.new_execution_hook_enabled import NewExecutionHookEnabled, check_new_execution_hook_enabled
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.new_matching_criterion import NewMatchingCriterion
    from ..models.new_metadata import NewMetadata


T = TypeVar("T", bound="NewExecutionHook")


@_attrs_define
class NewExecutionHook:
    """What a client says of a hook it wants. The server adds the id and the rest of the metadata. To copy a
    hook that was read, leave out `id`, `matchingContainers` and `matchingImages`.

        Attributes:
            type_ (ExecutionHookMediaType): Media type of the resource. There is one value; send it unchanged. Example:
                application/astra-executionHook.
            version (ExecutionHookVersion): Version of the resource that you wrote your client for. The response repeats it.
                Use `"1.3"` for new clients. Example: 1.3.
            name (str): A name of your choice, unique among the hooks of the account. A taken name is refused with 409.
                Example: Payroll.
            hook_type (HookType): `custom` for a hook of your own, tied to an app. `netapp` marks hooks that come with the
                product; they are read only, so creating, changing or deleting one is refused with 403. Example: custom.
            action (HookAction): The action that runs the hook, provided that the criteria are met. Example: snapshot.
            stage (HookStage): `pre` runs the hook before the action, `post` after it. The actions `restore` and `failover`
                have a `post` stage only. Example: pre.
            hook_source_id (UUID): Id of the hook source, the script to run. It must be a source of this account. Example:
                50e89023-ba84-435d-bb47-1833f4c250ff.
            app_id (UUID): Id of the app in whose containers the hook runs. It must be an app of this account. Example:
                7be5ae7c-151d-4230-ac39-ac1d0b33c2a9.
            matching_criteria (list[NewMatchingCriterion] | Unset): Which containers of the app the hook runs in: those that
                meet **all** criteria. An empty list
                means every container of the app, and so does none in a new hook. The same type may occur more
                than once.
                 Example: [{'type': 'containerImage', 'value': '/postgres:16\\\\.'}].
            arguments (list[str] | None | Unset): Arguments for the script, by position; equal ones may repeat. `null`
                counts as left out. A new hook has none unless it says so. Example: ['freeze'].
            enabled (NewExecutionHookEnabled | Unset): `"false"` keeps the hook but never runs it. Leave it out to have it
                run. Default: 'true'. Example: true.
            description (str | Unset): Free text about the hook, for people. Example: Payroll production hook.
            metadata (NewMetadata | Unset): Metadata as a client sends it. Only `labels` is yours to set. The other members
                may be sent as they
                were read, here or on another server: they are ignored, whatever text they hold.
                 Example: {'labels': [{'name': 'team', 'value': 'finance'}]}.
    """

    type_: ExecutionHookMediaType
    version: ExecutionHookVersion
    name: str
    hook_type: HookType
    action: HookAction
    stage: HookStage
    hook_source_id: UUID
    app_id: UUID
    matching_criteria: list[NewMatchingCriterion] | Unset = UNSET
    arguments: list[str] | None | Unset = UNSET
    enabled: NewExecutionHookEnabled | Unset = "true"
    description: str | Unset = UNSET
    metadata: NewMetadata | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        version: str = self.version

        name = self.name

        hook_type: str = self.hook_type

        action: str = self.action

        stage: str = self.stage

        hook_source_id = str(self.hook_source_id)

        app_id = str(self.app_id)

        matching_criteria: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.matching_criteria, Unset):
            matching_criteria = []
            for componentsschemas_new_matching_criteria_item_data in self.matching_criteria:
                componentsschemas_new_matching_criteria_item = (
                    componentsschemas_new_matching_criteria_item_data.to_dict()
                )
                matching_criteria.append(componentsschemas_new_matching_criteria_item)

        arguments: list[str] | None | Unset
        if isinstance(self.arguments, Unset):
            arguments = UNSET
        elif isinstance(self.arguments, list):
            arguments = self.arguments

        else:
            arguments = self.arguments

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
                "name": name,
                "hookType": hook_type,
                "action": action,
                "stage": stage,
                "hookSourceID": hook_source_id,
                "appID": app_id,
            }
        )
        if matching_criteria is not UNSET:
            field_dict["matchingCriteria"] = matching_criteria
        if arguments is not UNSET:
            field_dict["arguments"] = arguments
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if description is not UNSET:
            field_dict["description"] = description
        if metadata is not UNSET:
            field_dict["metadata"] = metadata

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.new_matching_criterion import NewMatchingCriterion  # noqa: PLC0415
        from ..models.new_metadata import NewMetadata  # noqa: PLC0415

        d = dict(src_dict)
        type_ = check_execution_hook_media_type(d.pop("type"))

        version = check_execution_hook_version(d.pop("version"))

        name = d.pop("name")

        hook_type = check_hook_type(d.pop("hookType"))

        action = check_hook_action(d.pop("action"))

        stage = check_hook_stage(d.pop("stage"))

        hook_source_id = UUID(d.pop("hookSourceID"))

        app_id = UUID(d.pop("appID"))

        _matching_criteria = d.pop("matchingCriteria", UNSET)
        matching_criteria: list[NewMatchingCriterion] | Unset = UNSET
        if _matching_criteria is not UNSET:
            matching_criteria = []
            for componentsschemas_new_matching_criteria_item_data in _matching_criteria:
                componentsschemas_new_matching_criteria_item = NewMatchingCriterion.from_dict(
                    componentsschemas_new_matching_criteria_item_data
                )

                matching_criteria.append(componentsschemas_new_matching_criteria_item)

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

        _enabled = d.pop("enabled", UNSET)
        enabled: NewExecutionHookEnabled | Unset
        if isinstance(_enabled, Unset):
            enabled = UNSET
        else:
            enabled = check_new_execution_hook_enabled(_enabled)

        description = d.pop("description", UNSET)

        _metadata = d.pop("metadata", UNSET)
        metadata: NewMetadata | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = NewMetadata.from_dict(_metadata)

        new_execution_hook = cls(
            type_=type_,
            version=version,
            name=name,
            hook_type=hook_type,
            action=action,
            stage=stage,
            hook_source_id=hook_source_id,
            app_id=app_id,
            matching_criteria=matching_criteria,
            arguments=arguments,
            enabled=enabled,
            description=description,
            metadata=metadata,
        )

        return new_execution_hook
