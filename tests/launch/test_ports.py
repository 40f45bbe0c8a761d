"""A taken port is named together with the setting that moves it."""

from __future__ import annotations

import socket

import pytest

from bot.launch import ports


def test_free_ports_pass() -> None:
    ports.check({"HEZA_PORT": ("127.0.0.1", ports.free()), "HEZA_RASA_PORT": ("127.0.0.1", ports.free())})


def test_a_taken_port_names_the_setting_and_another_port() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(ports.PortTaken, match=rf"Port {port} .*HEZA_PORT=\d+"):
            ports.check({"HEZA_PORT": ("127.0.0.1", port)})


def test_one_port_for_two_servers() -> None:
    port = ports.free()
    with pytest.raises(ports.PortTaken, match="HEZA_PORT and HEZA_RASA_PORT"):
        ports.check({"HEZA_PORT": ("127.0.0.1", port), "HEZA_RASA_PORT": ("127.0.0.1", port)})


def test_suggestion_is_free() -> None:
    assert ports.is_free("127.0.0.1", ports.suggestion(20000))
