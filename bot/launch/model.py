"""The trained model that belongs to the present training data, found by checksum and made when missing.

A model is `models/heza-<checksum>.tar.gz`. The checksum is over everything training reads: a changed
example, rule, component or record name asks for a new model, and going back to old data finds the old one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import yaml

from bot.common.settings import ROOT
from bot.launch.orphans import die_with_parent

MODELS = ROOT / "models"
KEPT_MODELS = 4

_DATA = ("data/nlu", "data/rules")
_FILES = ("config.yml", "domain.yml", *_DATA, "bot/assistant", "bot/common")
_SUFFIXES = {".yml", ".yaml", ".json", ".py", ".txt", ".tsv"}
_ENVIRONMENT = {
    "LOG_LEVEL": "INFO",
    # One warning an example: our labels are no retrieval intents.
    "PYTHONWARNINGS": "ignore::UserWarning",
    # Nothing is read from Rasa's cache, so nothing is put there.
    "RASA_MAX_CACHE_SIZE": "0",
}
# Rasa says these, at INFO, once a component.
_COMPONENT = re.compile(r"(Training component|Starting to train component) ")


class TrainingFailed(Exception):
    """`rasa train` did not leave a model; the message holds the end of its log."""


def present() -> Path:
    """Where the model for the present training data is, or would be."""
    return MODELS / f"heza-{checksum()[:16]}.tar.gz"


def checksum(root: Path = ROOT) -> str:
    """SHA-256 over what training reads: Rasa's files, the components' code, the lock, the records' names."""
    digest = hashlib.sha256()
    for path in _training_files(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    names = json.dumps(list(_record_names(root)), ensure_ascii=False, sort_keys=True)
    digest.update(names.encode())
    return digest.hexdigest()


def train(environment: Mapping[str, str], log: Path, report: Callable[[float], None]) -> Path:
    """Train the model for the present data; `report` gets the done fraction, `log` all that Rasa says."""
    target = present()
    command = [str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "rasa", "train"]
    command += ["--fixed-model-name", target.name.removesuffix(".tar.gz"), "--out", str(MODELS)]
    command += ["--data", *_DATA]
    # Rasa's own cache knows the components' classes but not the modules behind them: it would bring back
    # what older code learned. Validating is a matter of `make test`; here it would only take a minute.
    command += ["--force", "--skip-validation"]
    log.parent.mkdir(parents=True, exist_ok=True)
    steps = _component_count()
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment, **_ENVIRONMENT},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            preexec_fn=die_with_parent(),
        )
        assert process.stdout is not None
        begun = 0
        for line in process.stdout:
            file.write(line)
            file.flush()
            begun += bool(_COMPONENT.search(line))
            report(begun / (steps + 1))
        code = process.wait()
    if code or not target.exists():
        end = "\n".join(log.read_text(encoding="utf-8").splitlines()[-12:])
        raise TrainingFailed(f"rasa train ended with code {code} and left no model:\n{end}")
    _forget_old(target)
    return target


def _training_files(root: Path) -> Iterator[Path]:
    for name in _FILES:
        path = root / name
        if path.is_file():
            yield path
        elif path.is_dir():
            found = (file for file in path.rglob("*") if file.is_file() and file.suffix in _SUFFIXES)
            yield from sorted(file for file in found if "__pycache__" not in file.parts)
    yield root / "requirements" / "rasa.txt"


def _record_names(root: Path) -> Iterator[tuple[object, ...]]:
    """Id, name and aliases of every record: what placeholders in the training data are filled with."""
    for path in sorted((root / "data" / "registry").rglob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        for record in content.get("records") or ():
            yield record.get("id"), record.get("name"), record.get("aliases")


def _component_count() -> int:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    return len(config.get("pipeline") or ()) + len(config.get("policies") or ())


def _forget_old(newest: Path) -> None:
    """Keep the newest few models; older ones can be trained again."""
    models = sorted(MODELS.glob("heza-*.tar.gz"), key=os.path.getmtime, reverse=True)
    for path in models[KEPT_MODELS:]:
        if path != newest:
            path.unlink()
