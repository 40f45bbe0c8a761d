"""Which processes make the product, with what command and environment. The only place that knows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.common.settings import ROOT, Settings
from bot.launch import blas, model
from bot.launch.orphans import MARK, NAME

RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
WEB_PYTHON = ROOT / ".venv" / "bin" / "python"


@dataclass(frozen=True)
class Process:
    """A process of the product; `health` is the address that answers 200 when it works, if it has one."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    health: str | None = None
    folder: Path = ROOT


def all_of(settings: Settings) -> list[Process]:
    """The processes of this installation, those that take longest to start first."""
    processes = [_rasa(settings), _actions(settings), _web(settings), _worker(settings)]
    if os.environ.get("TELEGRAM_TOKEN"):
        processes.append(_public("telegram", settings, "-m", "bot.telegram"))
    return processes


def marked(name: str, environment: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """The environment of a process that must not outlive the supervisor."""
    return {**environment, MARK: str(settings.data_dir), NAME: name}


def ports_of(settings: Settings) -> dict[str, tuple[str, int]]:
    """Name of the setting → address and port it stands for."""
    figures = (settings.metrics_host, settings.metrics_port)
    return {
        "HEZA_PORT": (settings.host, settings.port),
        "HEZA_RASA_PORT": ("127.0.0.1", settings.rasa_port),
        "HEZA_ACTIONS_PORT": ("127.0.0.1", settings.actions_port),
        **({"HEZA_METRICS_PORT": figures} if settings.metrics_port else {}),
    }


def environment_of(settings: Settings) -> dict[str, str]:
    """What every process sees: our settings as they hold now, one thread for numeric libraries."""
    # Measured: without compiled files on disk Rasa's imports alone take 20 s instead of 8.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "HEZA_DATA_DIR": str(settings.data_dir),
        "HEZA_HOST": settings.host,
        "HEZA_PORT": str(settings.port),
        "HEZA_RASA_PORT": str(settings.rasa_port),
        "HEZA_ACTIONS_PORT": str(settings.actions_port),
        # Measured: p95 under load is three times better, and a forked child hangs otherwise.
        "OMP_NUM_THREADS": "1",
        # Our processes talk to each other on loopback, whatever proxy the machine uses.
        "NO_PROXY": ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1,localhost"))),
        "MPLCONFIGDIR": str(settings.data_dir / "cache" / "matplotlib"),
    }


def rasa_environment(settings: Settings) -> dict[str, str]:
    """The island's own: no telemetry, quiet libraries, one worker, loopback only."""
    return {
        **environment_of(settings),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_NUM_INTRAOP_THREADS": "1",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "SANIC_WORKERS": "1",
        "SANIC_HOST": "127.0.0.1",
        "SANIC_BACKLOG": "500",
        **({} if blas.VARIABLE in os.environ else blas.kernels()),
    }


def rasa(settings: Settings, name: str, where: Path, port: int) -> Process:
    """A Rasa server on a port of loopback; `where` is its model, or the folder of `model.place`."""
    command = (str(RASA_PYTHON), "-m", "rasa", "run", "--quiet", "--model", str(where))
    files = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
    address = ("--interface", "127.0.0.1", "--port", str(port))
    environment = marked(name, rasa_environment(settings), settings)
    # Rasa's own address answers even when no model could be loaded.
    health = f"http://127.0.0.1:{port}/webhooks/heza/health"
    return Process(name, (*command, *files, *address), environment, health)


def _rasa(settings: Settings) -> Process:
    # The folder, not the file: whenever this process starts anew, it takes the model that is present then.
    return rasa(settings, "rasa", model.place(settings.data_dir), settings.rasa_port)


def _actions(settings: Settings) -> Process:
    command = (str(RASA_PYTHON), "-m", "rasa_sdk", "--quiet", "--actions", "actions")
    port = ("--port", str(settings.actions_port))
    health = f"http://127.0.0.1:{settings.actions_port}/health"
    return Process(
        "actions", (*command, *port), marked("actions", rasa_environment(settings), settings), health
    )


def _web(settings: Settings) -> Process:
    address = ("--host", settings.host, "--port", str(settings.port))
    # Open event streams must not hold up a stop.
    manners = ("--no-access-log", "--timeout-graceful-shutdown", "3")
    command = ("-m", "uvicorn", "bot.web.asgi:application", *address, *manners)
    return _public("web", settings, *command, health=settings.site_url + "/healthz")


def _worker(settings: Settings) -> Process:
    return _public("worker", settings, "manage.py", "run_huey")


def _public(name: str, settings: Settings, *command: str, health: str | None = None) -> Process:
    return Process(
        name, (str(WEB_PYTHON), *command), marked(name, environment_of(settings), settings), health
    )
