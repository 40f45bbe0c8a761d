"""A wire between two processes that a test can cut and mend."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Forwarder:
    """Passes bytes from its own port to a target on loopback; while cut, connections are refused."""

    def __init__(self, port: int, target: int) -> None:
        self.port, self._target = port, target
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()

    def mend(self) -> None:
        """Listen (again)."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Refuse new connections and break those that are open."""
        if self._listener is not None:
            _close(self._listener)
            self._listener = None
        for connection in tuple(self._open):
            _close(connection)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                inside, _ = listener.accept()
            except OSError:
                return
            try:
                outside = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                _close(inside)
                continue
            self._open |= {inside, outside}
            for source, sink in ((inside, outside), (outside, inside)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for connection in (source, sink):
            self._open.discard(connection)
            _close(connection)


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        # Wakes a thread that waits in accept or recv.
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
