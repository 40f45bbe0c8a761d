"""Writes our training data the way Rasa's default pipeline takes it: placeholders filled, a response a label.

`.venv-rasa/bin/python -m tests.bench.plain_data FOLDER` makes `nlu.yml` and `domain.yml` there.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from bot.assistant.nlu import examples, records
from bot.assistant.nlu.examples import Example
from bot.common.settings import ROOT


def main(folder: Path) -> None:
    """See the module."""
    data = ROOT / "data"
    filled = examples.filled(examples.from_files(data / "nlu"), records.from_files(data / "registry"))
    wordings: dict[str, list[str]] = defaultdict(list)
    for example in filled:
        wordings[_label(example)].append(" ".join(example.text.split()))
    nlu = [
        {"intent": label, "examples": "".join(f"- {text}\n" for text in dict.fromkeys(texts))}
        for label, texts in sorted(wordings.items())
    ]
    _write(folder / "nlu.yml", {"version": "3.1", "nlu": nlu})
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    domain["responses"] = {f"utter_{label}": [{"text": label}] for label in sorted(wordings) if "/" in label}
    _write(folder / "domain.yml", domain)


def _label(example: Example) -> str:
    """Rasa's full label: intent, record and aspect."""
    key = ".".join(filter(None, (example.record, example.aspect)))
    return f"{example.intent}/{key}" if key else example.intent


def _write(path: Path, content: Any) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
