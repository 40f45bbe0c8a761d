"""Whether a candidate may answer investors: its figures against the present model's, bounds in limits.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LIMITS = Path(__file__).with_name("limits.yml")


def faults(comparison: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What makes it worse, each `{"figure", "before", "after", "bound"}`; [] when it may answer."""
    before, after = comparison["scores"]["present"], comparison["scores"]["candidate"]
    bounds = limits()
    found = []
    for figure, points in bounds["may_fall"].items():
        if after[figure] < before[figure] - points:
            found.append(_fault(figure, before, after, points))
    for figure, points in bounds["may_rise"].items():
        if after[figure] > before[figure] + points:
            found.append(_fault(figure, before, after, points))
    lessons = comparison.get("lessons") or {"count": 0, "learned": 0}
    if lessons["count"]:
        share = 100 * lessons["learned"] / lessons["count"]
        if share < bounds["least_learned"]:
            least = bounds["least_learned"]
            found.append({"figure": "lessons", "before": least, "after": round(share, 1), "bound": least})
    return found


@cache
def limits() -> dict[str, Any]:
    """The content of limits.yml."""
    content: dict[str, Any] = yaml.safe_load(_LIMITS.read_text(encoding="utf-8"))
    return content


def _fault(
    figure: str, before: Mapping[str, float], after: Mapping[str, float], points: float
) -> dict[str, Any]:
    return {"figure": figure, "before": before[figure], "after": after[figure], "bound": points}
