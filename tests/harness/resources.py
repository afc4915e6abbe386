"""Resources on a server, as a client creates, reads, updates, lists and deletes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

Resource = dict[str, Any]
"""The JSON of a hook, a hook source or an app."""


@dataclass(frozen=True)
class Created:
    """The response to a creation: the resource, the path that Location names, the entity tag."""

    resource: Resource
    path: str
    tag: str

    @property
    def id(self) -> str:
        """The resource's id."""
        return str(self.resource["id"])


def create(
    client: httpx.Client, collection: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Created:
    """Create a resource, which must succeed."""
    response = client.post(collection, json=body, headers=headers)
    assert response.status_code == 201, response.text
    location = urlsplit(response.headers["location"]).path
    return Created(response.json(), location, response.headers["etag"])


def read(client: httpx.Client, path: str) -> Resource:
    """Read a resource, which must be there."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    resource: Resource = response.json()
    return resource


def tag_of(client: httpx.Client, path: str) -> str:
    """Read the entity tag of a resource, which must be there."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    return str(response.headers["etag"])


def update(client: httpx.Client, path: str, body: Mapping[str, Any], **headers: str) -> None:
    """Change a resource, which must succeed."""
    response = client.put(path, json=body, headers=headers)
    assert response.status_code == 204, response.text


def delete(client: httpx.Client, path: str) -> None:
    """Delete a resource, which must succeed."""
    response = client.delete(path)
    assert response.status_code == 204, response.text


def listed(client: httpx.Client, collection: str, **query: str | int) -> list[Any]:
    """Read the items of a list, which must not be continued."""
    items, next_page = page(client, collection, **query)
    assert next_page is None
    return items


def page(client: httpx.Client, collection: str, **query: str | int) -> tuple[list[Any], str | None]:
    """Read the items of a list, and its cursor, if it is continued."""
    response = client.get(collection, params=query)
    assert response.status_code == 200, response.text
    found = response.json()
    return found["items"], found["metadata"].get("continue")


def names(items: list[Any]) -> list[str]:
    """The names of resources."""
    return [item["name"] for item in items]
