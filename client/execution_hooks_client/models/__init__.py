"""Contains all the data models used in inputs/outputs"""

from .app import App
from .app_list import AppList
from .app_list_type import AppListType
from .app_list_version import AppListVersion
from .app_media_type import AppMediaType
from .app_metadata import AppMetadata
from .app_state import AppState
from .app_version import AppVersion
from .bad_query_problem import BadQueryProblem
from .bad_query_problem_status import BadQueryProblemStatus
from .bad_query_problem_type import BadQueryProblemType
from .bad_request_problem import BadRequestProblem
from .bad_request_problem_status import BadRequestProblemStatus
from .bad_request_problem_type import BadRequestProblemType
from .collection_not_found_problem import CollectionNotFoundProblem
from .collection_not_found_problem_status import CollectionNotFoundProblemStatus
from .collection_not_found_problem_type import CollectionNotFoundProblemType
from .content_too_large_problem import ContentTooLargeProblem
from .content_too_large_problem_status import ContentTooLargeProblemStatus
from .content_too_large_problem_type import ContentTooLargeProblemType
from .execution_hook import ExecutionHook
from .execution_hook_enabled import ExecutionHookEnabled
from .execution_hook_list import ExecutionHookList
from .execution_hook_list_type import ExecutionHookListType
from .execution_hook_list_version import ExecutionHookListVersion
from .execution_hook_media_type import ExecutionHookMediaType
from .execution_hook_update import ExecutionHookUpdate
from .execution_hook_update_enabled import ExecutionHookUpdateEnabled
from .execution_hook_version import ExecutionHookVersion
from .forbidden_apps_problem import ForbiddenAppsProblem
from .forbidden_apps_problem_status import ForbiddenAppsProblemStatus
from .forbidden_apps_problem_type import ForbiddenAppsProblemType
from .forbidden_hook_write_problem import ForbiddenHookWriteProblem
from .forbidden_hook_write_problem_status import ForbiddenHookWriteProblemStatus
from .forbidden_hook_write_problem_type import ForbiddenHookWriteProblemType
from .forbidden_problem import ForbiddenProblem
from .forbidden_problem_status import ForbiddenProblemStatus
from .forbidden_problem_type import ForbiddenProblemType
from .forbidden_source_delete_problem import ForbiddenSourceDeleteProblem
from .forbidden_source_delete_problem_status import ForbiddenSourceDeleteProblemStatus
from .forbidden_source_delete_problem_type import ForbiddenSourceDeleteProblemType
from .forbidden_source_update_problem import ForbiddenSourceUpdateProblem
from .forbidden_source_update_problem_status import ForbiddenSourceUpdateProblemStatus
from .forbidden_source_update_problem_type import ForbiddenSourceUpdateProblemType
from .hook_action import HookAction
from .hook_conflict_problem import HookConflictProblem
from .hook_conflict_problem_status import HookConflictProblemStatus
from .hook_conflict_problem_type import HookConflictProblemType
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
from .internal_server_error_problem import InternalServerErrorProblem
from .internal_server_error_problem_status import InternalServerErrorProblemStatus
from .internal_server_error_problem_type import InternalServerErrorProblemType
from .invalid_field import InvalidField
from .invalid_param import InvalidParam
from .label import Label
from .list_metadata import ListMetadata
from .matching_container import MatchingContainer
from .matching_criterion import MatchingCriterion
from .matching_criterion_type import MatchingCriterionType
from .metadata import Metadata
from .method_not_allowed_problem import MethodNotAllowedProblem
from .method_not_allowed_problem_status import MethodNotAllowedProblemStatus
from .method_not_allowed_problem_type import MethodNotAllowedProblemType
from .new_execution_hook import NewExecutionHook
from .new_execution_hook_enabled import NewExecutionHookEnabled
from .new_hook_source import NewHookSource
from .new_metadata import NewMetadata
from .not_acceptable_problem import NotAcceptableProblem
from .not_acceptable_problem_status import NotAcceptableProblemStatus
from .not_acceptable_problem_type import NotAcceptableProblemType
from .not_found_problem import NotFoundProblem
from .not_found_problem_status import NotFoundProblemStatus
from .not_found_problem_type import NotFoundProblemType
from .pod_label import PodLabel
from .precondition_failed_problem import PreconditionFailedProblem
from .precondition_failed_problem_status import PreconditionFailedProblemStatus
from .precondition_failed_problem_type import PreconditionFailedProblemType
from .resource_not_found_problem import ResourceNotFoundProblem
from .resource_not_found_problem_status import ResourceNotFoundProblemStatus
from .resource_not_found_problem_type import ResourceNotFoundProblemType
from .service_unavailable_problem import ServiceUnavailableProblem
from .service_unavailable_problem_status import ServiceUnavailableProblemStatus
from .service_unavailable_problem_type import ServiceUnavailableProblemType
from .source_conflict_problem import SourceConflictProblem
from .source_conflict_problem_status import SourceConflictProblemStatus
from .source_conflict_problem_type import SourceConflictProblemType
from .too_many_requests_problem import TooManyRequestsProblem
from .too_many_requests_problem_status import TooManyRequestsProblemStatus
from .too_many_requests_problem_type import TooManyRequestsProblemType
from .unauthorized_problem import UnauthorizedProblem
from .unauthorized_problem_status import UnauthorizedProblemStatus
from .unauthorized_problem_type import UnauthorizedProblemType
from .unsupported_media_type_problem import UnsupportedMediaTypeProblem
from .unsupported_media_type_problem_status import UnsupportedMediaTypeProblemStatus
from .unsupported_media_type_problem_type import UnsupportedMediaTypeProblemType

__all__ = (
    "App",
    "AppList",
    "AppListType",
    "AppListVersion",
    "AppMediaType",
    "AppMetadata",
    "AppState",
    "AppVersion",
    "BadQueryProblem",
    "BadQueryProblemStatus",
    "BadQueryProblemType",
    "BadRequestProblem",
    "BadRequestProblemStatus",
    "BadRequestProblemType",
    "CollectionNotFoundProblem",
    "CollectionNotFoundProblemStatus",
    "CollectionNotFoundProblemType",
    "ContentTooLargeProblem",
    "ContentTooLargeProblemStatus",
    "ContentTooLargeProblemType",
    "ExecutionHook",
    "ExecutionHookEnabled",
    "ExecutionHookList",
    "ExecutionHookListType",
    "ExecutionHookListVersion",
    "ExecutionHookMediaType",
    "ExecutionHookUpdate",
    "ExecutionHookUpdateEnabled",
    "ExecutionHookVersion",
    "ForbiddenAppsProblem",
    "ForbiddenAppsProblemStatus",
    "ForbiddenAppsProblemType",
    "ForbiddenHookWriteProblem",
    "ForbiddenHookWriteProblemStatus",
    "ForbiddenHookWriteProblemType",
    "ForbiddenProblem",
    "ForbiddenProblemStatus",
    "ForbiddenProblemType",
    "ForbiddenSourceDeleteProblem",
    "ForbiddenSourceDeleteProblemStatus",
    "ForbiddenSourceDeleteProblemType",
    "ForbiddenSourceUpdateProblem",
    "ForbiddenSourceUpdateProblemStatus",
    "ForbiddenSourceUpdateProblemType",
    "HookAction",
    "HookConflictProblem",
    "HookConflictProblemStatus",
    "HookConflictProblemType",
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
    "InternalServerErrorProblem",
    "InternalServerErrorProblemStatus",
    "InternalServerErrorProblemType",
    "InvalidField",
    "InvalidParam",
    "Label",
    "ListMetadata",
    "MatchingContainer",
    "MatchingCriterion",
    "MatchingCriterionType",
    "Metadata",
    "MethodNotAllowedProblem",
    "MethodNotAllowedProblemStatus",
    "MethodNotAllowedProblemType",
    "NewExecutionHook",
    "NewExecutionHookEnabled",
    "NewHookSource",
    "NewMetadata",
    "NotAcceptableProblem",
    "NotAcceptableProblemStatus",
    "NotAcceptableProblemType",
    "NotFoundProblem",
    "NotFoundProblemStatus",
    "NotFoundProblemType",
    "PodLabel",
    "PreconditionFailedProblem",
    "PreconditionFailedProblemStatus",
    "PreconditionFailedProblemType",
    "ResourceNotFoundProblem",
    "ResourceNotFoundProblemStatus",
    "ResourceNotFoundProblemType",
    "ServiceUnavailableProblem",
    "ServiceUnavailableProblemStatus",
    "ServiceUnavailableProblemType",
    "SourceConflictProblem",
    "SourceConflictProblemStatus",
    "SourceConflictProblemType",
    "TooManyRequestsProblem",
    "TooManyRequestsProblemStatus",
    "TooManyRequestsProblemType",
    "UnauthorizedProblem",
    "UnauthorizedProblemStatus",
    "UnauthorizedProblemType",
    "UnsupportedMediaTypeProblem",
    "UnsupportedMediaTypeProblemStatus",
    "UnsupportedMediaTypeProblemType",
)
