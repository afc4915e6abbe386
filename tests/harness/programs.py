"""What a fork server runs."""

import socket
from collections.abc import Callable

Program = Callable[[socket.socket], object]
"""A program, given the socket by which it may have the fork server fork more; it is to close that."""


def alone(main: Callable[[], object]) -> Program:
    """Return a program that has nothing forked."""

    def program(forks: socket.socket) -> object:
        forks.close()
        return main()

    return program
