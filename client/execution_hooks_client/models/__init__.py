"""Contains all the data models used in inputs/outputs"""

from .bad_request_problem import BadRequestProblem
from .bad_request_problem_status import BadRequestProblemStatus
from .bad_request_problem_type import BadRequestProblemType
from .conflict_problem import ConflictProblem
from .conflict_problem_status import ConflictProblemStatus
from .conflict_problem_type import ConflictProblemType
from .content_too_large_problem import ContentTooLargeProblem
from .content_too_large_problem_status import ContentTooLargeProblemStatus
from .content_too_large_problem_type import ContentTooLargeProblemType
from .execution_hook import ExecutionHook
from .execution_hook_enabled import ExecutionHookEnabled
from .execution_hook_media_type import ExecutionHookMediaType
from .execution_hook_version import ExecutionHookVersion
from .forbidden_problem import ForbiddenProblem
from .forbidden_problem_status import ForbiddenProblemStatus
from .forbidden_problem_type import ForbiddenProblemType
from .hook_action import HookAction
from .hook_stage import HookStage
from .hook_type import HookType
from .internal_server_error_problem import InternalServerErrorProblem
from .internal_server_error_problem_status import InternalServerErrorProblemStatus
from .internal_server_error_problem_type import InternalServerErrorProblemType
from .invalid_field import InvalidField
from .invalid_param import InvalidParam
from .label import Label
from .matching_container import MatchingContainer
from .matching_criterion import MatchingCriterion
from .matching_criterion_type import MatchingCriterionType
from .metadata import Metadata
from .method_not_allowed_problem import MethodNotAllowedProblem
from .method_not_allowed_problem_status import MethodNotAllowedProblemStatus
from .method_not_allowed_problem_type import MethodNotAllowedProblemType
from .new_execution_hook import NewExecutionHook
from .new_execution_hook_enabled import NewExecutionHookEnabled
from .new_metadata import NewMetadata
from .not_acceptable_problem import NotAcceptableProblem
from .not_acceptable_problem_status import NotAcceptableProblemStatus
from .not_acceptable_problem_type import NotAcceptableProblemType
from .not_found_problem import NotFoundProblem
from .not_found_problem_status import NotFoundProblemStatus
from .not_found_problem_type import NotFoundProblemType
from .pod_label import PodLabel
from .service_unavailable_problem import ServiceUnavailableProblem
from .service_unavailable_problem_status import ServiceUnavailableProblemStatus
from .service_unavailable_problem_type import ServiceUnavailableProblemType
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
    "BadRequestProblem",
    "BadRequestProblemStatus",
    "BadRequestProblemType",
    "ConflictProblem",
    "ConflictProblemStatus",
    "ConflictProblemType",
    "ContentTooLargeProblem",
    "ContentTooLargeProblemStatus",
    "ContentTooLargeProblemType",
    "ExecutionHook",
    "ExecutionHookEnabled",
    "ExecutionHookMediaType",
    "ExecutionHookVersion",
    "ForbiddenProblem",
    "ForbiddenProblemStatus",
    "ForbiddenProblemType",
    "HookAction",
    "HookStage",
    "HookType",
    "InternalServerErrorProblem",
    "InternalServerErrorProblemStatus",
    "InternalServerErrorProblemType",
    "InvalidField",
    "InvalidParam",
    "Label",
    "MatchingContainer",
    "MatchingCriterion",
    "MatchingCriterionType",
    "Metadata",
    "MethodNotAllowedProblem",
    "MethodNotAllowedProblemStatus",
    "MethodNotAllowedProblemType",
    "NewExecutionHook",
    "NewExecutionHookEnabled",
    "NewMetadata",
    "NotAcceptableProblem",
    "NotAcceptableProblemStatus",
    "NotAcceptableProblemType",
    "NotFoundProblem",
    "NotFoundProblemStatus",
    "NotFoundProblemType",
    "PodLabel",
    "ServiceUnavailableProblem",
    "ServiceUnavailableProblemStatus",
    "ServiceUnavailableProblemType",
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
