"""The contract's NewExecutionHook as pydantic models: what the peer accepts as a request body."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

_IDENTIFIER = (
    r"^([0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-0{4}-0{4}-0{4}-0{12})$"
)
_TIMESTAMP = (
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z$"
)
_NO_NUL = r"^[^\x00]*$"

Identifier = Annotated[str, StringConstraints(min_length=36, max_length=36, pattern=_IDENTIFIER)]
Timestamp = Annotated[str, StringConstraints(min_length=20, max_length=30, pattern=_TIMESTAMP)]
AnyText = Annotated[str, StringConstraints(pattern=_NO_NUL)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=63, pattern=_NO_NUL)]
Argument = Annotated[str, StringConstraints(max_length=127, pattern=_NO_NUL)]
Description = Annotated[str, StringConstraints(max_length=511, pattern=_NO_NUL)]


class _Closed(BaseModel):
    """A JSON object without other members than the declared ones."""

    model_config = ConfigDict(extra="forbid")


class MatchingCriterion(_Closed):
    """One condition on a container."""

    type: Literal["containerImage", "containerName", "podName", "podLabel", "namespaceName"]
    value: AnyText


class Label(_Closed):
    """A label that a client puts on a hook."""

    name: AnyText
    value: AnyText


def _distinct_texts(texts: list[str]) -> list[str]:
    if len(set(texts)) < len(texts):
        raise ValueError("must not hold an item twice")
    return texts


def _distinct_criteria(criteria: list[MatchingCriterion]) -> list[MatchingCriterion]:
    _distinct_texts([f"{criterion.type}:{criterion.value}" for criterion in criteria])
    return criteria


def _distinct_labels(labels: list[Label]) -> list[Label]:
    if len({(label.name, label.value) for label in labels}) < len(labels):
        raise ValueError("must not hold an item twice")
    return labels


Arguments = Annotated[list[Argument], Field(max_length=16)]
Criteria = Annotated[list[MatchingCriterion], Field(max_length=10), AfterValidator(_distinct_criteria)]
Labels = Annotated[list[Label], AfterValidator(_distinct_labels)]


class NewMetadata(_Closed):
    """Metadata of a new hook; the server keeps the labels only.

    A member without a value is left out, never null: its default here is not of its type's values.
    """

    labels: Labels = Field(default_factory=list)
    creationTimestamp: Timestamp = ""  # noqa: N815 - the wire's name
    modificationTimestamp: Timestamp = ""  # noqa: N815 - the wire's name
    createdBy: Identifier = ""  # noqa: N815 - the wire's name
    modifiedBy: Identifier = ""  # noqa: N815 - the wire's name


class NewExecutionHook(_Closed):
    """The fields that a client sets of a new hook; ``model_fields_set`` has the description if it is sent."""

    type: Literal["application/astra-executionHook"]
    version: Literal["1.0", "1.1", "1.2", "1.3"]
    name: Name
    hookType: Literal["netapp", "custom"]  # noqa: N815 - the wire's name
    matchingCriteria: Criteria = Field(default_factory=list)  # noqa: N815 - the wire's name
    action: Literal["snapshot", "backup", "restore", "failover"]
    stage: Literal["pre", "post"]
    hookSourceID: Identifier  # noqa: N815 - the wire's name
    arguments: Arguments = Field(default_factory=list)
    appID: Identifier  # noqa: N815 - the wire's name
    enabled: Literal["true", "false"] = "true"
    description: Description = ""
    metadata: NewMetadata = Field(default_factory=NewMetadata)

    @model_validator(mode="after")
    def _stage_suits_action(self) -> Self:
        if self.stage == "pre" and self.action in {"restore", "failover"}:
            raise ValueError("restore and failover have a post stage only")
        return self
