"""Says which port is taken before a process fails on it."""

from __future__ import annotations

import socket
from collections.abc import Mapping


class PortTaken(Exception):
    """A port the product needs is in use; the message names the setting to change."""


def check(ports: Mapping[str, tuple[str, int]]) -> None:
    """`ports`: setting → (address, port). Raises `PortTaken` for the first that cannot be had."""
    seen: dict[int, str] = {}
    for setting, (address, port) in ports.items():
        if port in seen:
            raise PortTaken(f"{seen[port]} and {setting} are both {port}: each needs a port of its own.")
        seen[port] = setting
        if not is_free(address, port):
            raise PortTaken(
                f"Port {port} on {address} is taken by another program: "
                f"stop that program, or choose another port, e.g. {setting}={suggestion(port)}."
            )


def is_free(address: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
        return True


def free() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def suggestion(port: int) -> int:
    """The next free port above a taken one."""
    return next((other for other in range(port + 1, 65536) if is_free("127.0.0.1", other)), free())
