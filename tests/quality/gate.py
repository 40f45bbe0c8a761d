"""Compares figures with the floors and ceilings of floors.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_FLOORS = Path(__file__).with_name("floors.yml")


def floors() -> dict[str, Any]:
    """The content of floors.yml."""
    content: dict[str, Any] = yaml.safe_load(_FLOORS.read_text(encoding="utf-8"))
    return content


def faults(figures: Mapping[str, float]) -> list[str]:
    """A sentence for each figure (per cent or points) that misses its bound or was not measured."""
    bounds = floors()
    found = [_missing(name) for name in (*bounds["floors"], *bounds["ceilings"]) if name not in figures]
    for name, least in bounds["floors"].items():
        if name in figures and figures[name] < least:
            found.append(f"{name} is {figures[name]:.2f}, below its floor {least}")
    for name, most in bounds["ceilings"].items():
        if name in figures and figures[name] > most:
            found.append(f"{name} is {figures[name]:.2f}, above its ceiling {most}")
    return found


def coverage_faults(figures: Mapping[str, float]) -> list[str]:
    """The same for the coverage of the content."""
    return [
        f"{name} is {figures[name]:.2f}, below its floor {least}"
        for name, least in floors()["coverage"].items()
        if figures[name] < least
    ]


def _missing(name: str) -> str:
    return f"{name} was not measured"
