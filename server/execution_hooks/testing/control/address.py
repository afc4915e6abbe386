"""Where the control listens, as an operator writes it."""

import re
from typing import NamedTuple

_ADDRESS = re.compile(r"(?:(?P<host>[^\[\]:/\s]+|\[[0-9A-Fa-f:.]+\]):)?(?P<port>[0-9]{1,5})")
_HIGHEST_PORT = 65_535


class Address(NamedTuple):
    """A host, without brackets, and a port; 0 takes a free one."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> "Address":
        """Read ``HOST:PORT``, or ``PORT`` alone for this machine. Raises ValueError."""
        found = _ADDRESS.fullmatch(text)
        if found is None or int(found["port"]) > _HIGHEST_PORT:
            raise ValueError("must be HOST:PORT, or a PORT of 127.0.0.1")
        return cls((found["host"] or "127.0.0.1").strip("[]"), int(found["port"]))
