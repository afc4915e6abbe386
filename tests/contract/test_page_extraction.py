"""Facts are extracted from a page's text; here from one that is made up."""

import hashlib
from pathlib import Path

import pytest

from page.description import PageError
from page.extract import extract

PAGE = (Path(__file__).resolve().parents[1] / "fixtures" / "page_of_doors.txt").read_text("utf-8")


def _digest(sentence: str) -> str:
    return hashlib.sha256(sentence.encode()).hexdigest()


def test_every_fact_of_a_page_is_extracted() -> None:
    assert extract(PAGE).facts == {
        "operation.method": "POST",
        "operation.path": "/houses/{house_id}/doors",
        "request.parameter.house_id.type": "string",
        "request.parameter.house_id.in": "path",
        "request.parameter.house_id.required": True,
        "request.parameter.house_id.example": "H1",
        "request.hook.colour.type": "string",
        "request.hook.colour.required": True,
        "request.hook.colour.default": "red",
        "request.hook.colour.enum": ["red", "blue"],
        "request.hook.coats.type": "array[string]",
        "request.hook.coats.required": False,
        "request.hook.coats.minItems": 1,
        "request.hook.coats.items.maxLength": 9,
        "request.hook.hinge.type": "array[hinge]",
        "request.hook.hinge.required": False,
        "request.hook.weather.type": "string",
        "request.hook.weather.required": False,
        "request.hook.weather.valuesFor.red": ["dry"],
        "request.hook.weather.valuesFor.blue": ["dry", "wet"],
        "request.hook.weather.syntax": "https://example.org/re",
        "request.example": {"colour": "red", "coats": []},
        "response.201.status": "201",
        "response.201.hook.id.type": "string",
        "response.201.hook.id.required": True,
        "response.201.hook.id.conformsTo": "Door Number",
        "response.201.example": {"id": "D1"},
        "response.404.status": "404",
        "response.404.problem.detail.type": "string",
        "response.404.problem.detail.required": False,
        "response.404.example": {"detail": "none"},
        "request.hinge.metal.type": "string",
        "request.hinge.metal.required": False,
        "definition.lock.key.type": "string",
        "definition.lock.key.required": True,
        "response.hinge.metal.type": "string",
        "response.hinge.metal.required": True,
    }


def test_of_every_sentence_the_digest_is_kept() -> None:
    assert extract(PAGE).sentences == {
        "operation.sentence.1": _digest("Paint a door"),
        "operation.sentence.2": _digest("Paints it."),
        "request.parameter.house_id.sentence.1": _digest("The house."),
        "request.sentence.1": _digest("Paints it."),
        "request.hook.colour.sentence.1": _digest("What it gets."),
        "request.hook.colour.sentence.2": _digest("Like a barn."),
        "request.hook.colour.sentence.3": _digest("Like a sky."),
        "request.hook.coats.sentence.1": _digest("Layers, one by one."),
        "request.hook.coats.sentence.2": _digest("No two alike."),
        "response.201.sentence.1": _digest("Returns the door."),
        "response.201.hook.id.sentence.1": _digest("Its number."),
        "response.404.sentence.1": _digest("No house"),
        "response.hinge.sentence.1": _digest("Holds a door."),
    }


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("Minimum items: 1", "At least 1", "request.hook.coats: a bullet of an unknown form: 'At least 1'"),
        ("Status: 404, No house", "404", "no status: '404'"),
        ('  "id": "D1"', '"id": "D1"', "response.201: an example that is not printed as usual"),
        ("Example error response", "Example", "nothing of the form"),
        ("key\n\nstring", "key\n\nnumber", "definition.lock: no row: 'key'"),
    ],
)
def test_text_that_is_not_understood_is_refused(before: str, after: str, complaint: str) -> None:
    with pytest.raises(PageError, match=complaint.replace(".", r"\.")):
        extract(PAGE.replace(before, after, 1))


def test_a_field_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"listed twice: request\.hook\.colour\.type"):
        extract(PAGE.replace("weather", "colour"))
