"""`make lighthouse`: the demo page in both languages, on desk and phone; writes docs/quality/lighthouse.md.

Ends with 1 when a category is below the aim. Lighthouse comes from npm by its lock, outside the product.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bot.common.settings import ROOT
from tests.browser import CHROMIUM
from tests.stack import running

HERE = Path(__file__).parent
REPORT = ROOT / "docs" / "quality" / "lighthouse.md"
AIM = 95
ROUNDS = 3
LANGUAGES = ("vi", "en")
DEVICES: dict[str, list[str]] = {"desktop": ["--preset=desktop"], "phone": []}
CATEGORIES = ("performance", "accessibility", "best-practices")
# Name, unit, decimals.
TIMES = (
    ("first-contentful-paint", " ms", 0),
    ("largest-contentful-paint", " ms", 0),
    ("total-blocking-time", " ms", 0),
    ("cumulative-layout-shift", "", 3),
)
Visit = dict[str, Any]


def main() -> int:
    """See the module."""
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)
    rows, low, visits = [], 0, []
    with running("lighthouse") as stack:
        for language in LANGUAGES:
            for device, options in DEVICES.items():
                visits = [_visit(f"{stack.base_url}/?language={language}", options) for _ in range(ROUNDS)]
                scores = [_score(visits, category) for category in CATEGORIES]
                low += sum(score < AIM for score in scores)
                times = [_time(visits, *each) for each in TIMES]
                rows.append("| " + " | ".join([f"{language}, {device}", *map(str, scores), *times]) + " |")
                print(rows[-1], flush=True)
    REPORT.write_text(_report(rows, visits[-1]), encoding="utf-8")
    return 1 if low else 0


def _visit(url: str, options: list[str]) -> Visit:
    """One visit with a fresh browser; Lighthouse's own report of it."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        command = [
            *("node_modules/.bin/lighthouse", url, "--quiet", "--output=json", f"--output-path={output}"),
            *("--chrome-flags=--headless=new --no-sandbox", f"--only-categories={','.join(CATEGORIES)}"),
            *options,
        ]
        subprocess.run(command, cwd=HERE, env={**os.environ, "CHROME_PATH": CHROMIUM}, check=True)
        visit: Visit = json.loads(output.read_text(encoding="utf-8"))
        return visit


def _score(visits: list[Visit], category: str) -> int:
    scores: list[float] = [visit["categories"][category]["score"] for visit in visits]
    return round(100 * median(scores))


def _time(visits: list[Visit], audit: str, unit: str, decimals: int) -> str:
    value = median(visit["audits"][audit]["numericValue"] for visit in visits)
    return f"{value:.{decimals}f}{unit}"


def _report(rows: list[str], visit: Visit) -> str:
    browser = visit["environment"]["hostUserAgent"].rpartition("(KHTML, like Gecko) ")[2]
    return (
        (HERE / "report.md")
        .read_text(encoding="utf-8")
        .format(
            date=datetime.now(UTC).date(),
            version=visit["lighthouseVersion"],
            browser=browser.partition(" ")[0],
            cores=os.cpu_count(),
            load=os.getloadavg()[0],
            rounds=ROUNDS,
            aim=AIM,
            rows="\n".join(rows),
        )
    )


if __name__ == "__main__":
    sys.exit(main())
