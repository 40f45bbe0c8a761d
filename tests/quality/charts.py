"""Charts of what was measured, as SVG files that are the same for the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assistant.trial.grading import Graded, Outcome
from bot.assistant.trial.questions import LANGUAGES, STYLES
from tests.quality import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Distinguishable without colour vision, wrong records the darkest.
_COLOURS = {
    Outcome.RIGHT: "#4c9f70",
    Outcome.INCOMPLETE: "#e9c46a",
    Outcome.ASKED: "#8ecae6",
    Outcome.REFUSED: "#adb5bd",
    Outcome.WRONG: "#9b2226",
}


def draw(graded: Sequence[Graded], folder: Path) -> list[Path]:
    """Write `outcomes.svg` and `calibration.svg`; their paths."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "heza"
    mpl.rcParams["svg.fonttype"] = "none"
    return [_outcomes(graded, folder / "outcomes.svg"), _calibration(graded, folder / "calibration.svg")]


def _outcomes(graded: Sequence[Graded], path: Path) -> Path:
    """A bar a language and style, parted by outcome."""
    groups: dict[str, list[Graded]] = {}
    ours = figures.on_topic(graded)
    for language in LANGUAGES:
        for style in STYLES:
            chosen = [one for one in ours if (one.language, one.style) == (language, style)]
            if chosen:
                groups[f"{language}, {style} ({len(chosen)})"] = chosen
    off_topic = figures.off_topic(graded)
    groups[f"off-topic ({len(off_topic)})"] = off_topic

    def paint(axes: Axes) -> None:
        names, left = list(groups), [0.0] * len(groups)
        for outcome, colour in _COLOURS.items():
            parts = [100 * figures.share(groups[name], figures.came_out(outcome)).value for name in names]
            axes.barh(names, parts, left=left, color=colour, label=outcome.value)
            left = [start + part for start, part in zip(left, parts, strict=True)]
        axes.invert_yaxis()
        axes.set_xlabel("per cent of turns")
        axes.legend(
            ncols=len(_COLOURS), loc="lower center", bbox_to_anchor=(0.4, 1.0), fontsize=8, frameon=False
        )

    return _save(path, (9, 0.4 * len(groups) + 1.2), paint)


def _calibration(graded: Sequence[Graded], path: Path) -> Path:
    """Claimed confidence against the true share, with its interval; the diagonal is perfect."""
    bins = figures.calibration(graded)

    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color="#adb5bd", linewidth=1)
        for one in bins:
            low, high = one.right.interval
            axes.plot([one.claimed, one.claimed], [low, high], color="#264653", linewidth=1)
            axes.scatter([one.claimed], [one.right.value], s=10 + 0.3 * one.right.whole, color="#264653")
        axes.set_xlabel("confidence")
        axes.set_ylabel("right record")

    return _save(path, (5, 4.5), paint)


def _save(path: Path, size: tuple[float, float], paint: object) -> Path:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=size, layout="constrained")
    assert callable(paint)
    paint(axes)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path
