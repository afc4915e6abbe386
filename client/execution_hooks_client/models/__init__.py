"""Contains all the data models used in inputs/outputs"""

from .app import App
from .app_list import AppList
from .app_list_media_type import AppListMediaType
from .app_list_version import AppListVersion
from .app_media_type import AppMediaType
from .app_metadata import AppMetadata
from .app_state import AppState
from .app_version import AppVersion
from .criterion_type import CriterionType
from .execution_hook import ExecutionHook
from .execution_hook_list import ExecutionHookList
from .execution_hook_list_media_type import ExecutionHookListMediaType
from .execution_hook_list_version import ExecutionHookListVersion
from .execution_hook_media_type import ExecutionHookMediaType
from .execution_hook_update import ExecutionHookUpdate
from .execution_hook_update_enabled import ExecutionHookUpdateEnabled
from .execution_hook_version import ExecutionHookVersion
from .flag import Flag
from .hook_action import HookAction
from .hook_source import HookSource
from .hook_source_list import HookSourceList
from .hook_source_list_media_type import HookSourceListMediaType
from .hook_source_list_version import HookSourceListVersion
from .hook_source_media_type import HookSourceMediaType
from .hook_source_type import HookSourceType
from .hook_source_update import HookSourceUpdate
from .hook_source_update_preloaded import HookSourceUpdatePreloaded
from .hook_source_update_private import HookSourceUpdatePrivate
from .hook_source_version import HookSourceVersion
from .hook_stage import HookStage
from .hook_type import HookType
from .invalid_field import InvalidField
from .invalid_param import InvalidParam
from .label import Label
from .list_metadata import ListMetadata
from .matching_container import MatchingContainer
from .matching_criterion import MatchingCriterion
from .metadata import Metadata
from .new_execution_hook import NewExecutionHook
from .new_execution_hook_enabled import NewExecutionHookEnabled
from .new_hook_source import NewHookSource
from .new_label import NewLabel
from .new_matching_criterion import NewMatchingCriterion
from .new_metadata import NewMetadata
from .pod_label import PodLabel
from .problem import Problem

__all__ = (
    "App",
    "AppList",
    "AppListMediaType",
    "AppListVersion",
    "AppMediaType",
    "AppMetadata",
    "AppState",
    "AppVersion",
    "CriterionType",
    "ExecutionHook",
    "ExecutionHookList",
    "ExecutionHookListMediaType",
    "ExecutionHookListVersion",
    "ExecutionHookMediaType",
    "ExecutionHookUpdate",
    "ExecutionHookUpdateEnabled",
    "ExecutionHookVersion",
    "Flag",
    "HookAction",
    "HookSource",
    "HookSourceList",
    "HookSourceListMediaType",
    "HookSourceListVersion",
    "HookSourceMediaType",
    "HookSourceType",
    "HookSourceUpdate",
    "HookSourceUpdatePreloaded",
    "HookSourceUpdatePrivate",
    "HookSourceVersion",
    "HookStage",
    "HookType",
    "InvalidField",
    "InvalidParam",
    "Label",
    "ListMetadata",
    "MatchingContainer",
    "MatchingCriterion",
    "Metadata",
    "NewExecutionHook",
    "NewExecutionHookEnabled",
    "NewHookSource",
    "NewLabel",
    "NewMatchingCriterion",
    "NewMetadata",
    "PodLabel",
    "Problem",
)
