"""`make ablation`: the table of what each part is worth, written to docs/quality/ablation.md.

`python -m tests.quality.ablation [--only NAME ...]`: with `--only` nothing is written. Rasa's default
pipeline is that of `make bench`; when it is not trained yet, that is done first and takes long.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from bot.common import settings as configuration
from bot.common.settings import ROOT, Settings
from bot.launch.orphans import die_with_parent
from bot.launch.processes import rasa_environment
from tests.bench import training
from tests.quality.ablation.variants import VARIANTS

_REPORT = ROOT / "docs" / "quality" / "ablation.md"
_TEMPLATE = Path(__file__).with_name("report.md")
DEFAULT = "default"
# Columns: name in the figures, how it is written.
_COLUMNS = {
    "right_vi": "{:.1f}",
    "right_en": "{:.1f}",
    "first": "{:.1f}",
    "behind": "{:+.1f}",
    "wrong_record": "{:.1f}",
    "off_topic_not_answered": "{:.1f}",
    "cold": "{:.0f}",
    "warm": "{:.0f}",
    "start": "{:.1f}",
    "memory": "{:.0f}",
    "milliseconds": "{:.0f}",
}
Figures = dict[str, float]


def main() -> None:
    """See the module."""
    titles = {DEFAULT: "Rasa's default pipeline", **{name: one.title for name, one in VARIANTS.items()}}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=titles)
    options = parser.parse_args()
    settings = configuration.load()
    rows = []
    for name in options.only or titles:
        figures = _default(settings) if name == DEFAULT else _variant(settings, name)
        rows.append(_row(titles[name], figures))
        print(rows[-1], flush=True)
    if not options.only:
        _write(rows)


def _variant(settings: Settings, name: str) -> Figures:
    folder = Path(tempfile.mkdtemp(prefix=f"ablation-{name}-"))
    try:
        return _one(settings, "learn", name, folder) | _one(settings, "ask", name, folder)
    finally:
        shutil.rmtree(folder)


def _default(settings: Settings) -> Figures:
    trained = training.default(settings)
    both = {"cold": trained.seconds, "warm": trained.seconds}
    return _one(settings, "ask", DEFAULT, trained.path) | both


def _one(settings: Settings, step: str, name: str, path: Path) -> Figures:
    done = subprocess.run(
        [sys.executable, "-m", "tests.quality.ablation.one", step, name, path],
        cwd=ROOT,
        env={**rasa_environment(settings), "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        preexec_fn=die_with_parent(),
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _row(title: str, figures: Figures) -> str:
    cells = (form.format(figures[name]) for name, form in _COLUMNS.items())
    return f"| {title} | {' | '.join(cells)} |"


def _write(rows: list[str]) -> None:
    report = _TEMPLATE.read_text(encoding="utf-8").format(
        date=datetime.now(timezone.utc).date(),
        cores=os.cpu_count(),
        load=os.getloadavg()[0],
        rows="\n".join(rows),
    )
    _REPORT.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
