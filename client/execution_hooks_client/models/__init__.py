"""Contains all the data models used in inputs/outputs"""

from .app import App
from .app_list import AppList
from .app_list_type import AppListType
from .app_list_version import AppListVersion
from .app_media_type import AppMediaType
from .app_metadata import AppMetadata
from .app_state import AppState
from .app_version import AppVersion
from .execution_hook import ExecutionHook
from .execution_hook_enabled import ExecutionHookEnabled
from .execution_hook_list import ExecutionHookList
from .execution_hook_list_type import ExecutionHookListType
from .execution_hook_list_version import ExecutionHookListVersion
from .execution_hook_media_type import ExecutionHookMediaType
from .execution_hook_update import ExecutionHookUpdate
from .execution_hook_update_enabled import ExecutionHookUpdateEnabled
from .execution_hook_version import ExecutionHookVersion
from .hook_action import HookAction
from .hook_source import HookSource
from .hook_source_list import HookSourceList
from .hook_source_list_type import HookSourceListType
from .hook_source_list_version import HookSourceListVersion
from .hook_source_media_type import HookSourceMediaType
from .hook_source_preloaded import HookSourcePreloaded
from .hook_source_private import HookSourcePrivate
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
from .matching_criterion_type import MatchingCriterionType
from .metadata import Metadata
from .new_execution_hook import NewExecutionHook
from .new_execution_hook_enabled import NewExecutionHookEnabled
from .new_hook_source import NewHookSource
from .new_metadata import NewMetadata
from .pod_label import PodLabel
from .problem import Problem

__all__ = (
    "App",
    "AppList",
    "AppListType",
    "AppListVersion",
    "AppMediaType",
    "AppMetadata",
    "AppState",
    "AppVersion",
    "ExecutionHook",
    "ExecutionHookEnabled",
    "ExecutionHookList",
    "ExecutionHookListType",
    "ExecutionHookListVersion",
    "ExecutionHookMediaType",
    "ExecutionHookUpdate",
    "ExecutionHookUpdateEnabled",
    "ExecutionHookVersion",
    "HookAction",
    "HookSource",
    "HookSourceList",
    "HookSourceListType",
    "HookSourceListVersion",
    "HookSourceMediaType",
    "HookSourcePreloaded",
    "HookSourcePrivate",
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
    "MatchingCriterionType",
    "Metadata",
    "NewExecutionHook",
    "NewExecutionHookEnabled",
    "NewHookSource",
    "NewMetadata",
    "PodLabel",
    "Problem",
)
