"""The trained model that belongs to the present training data, found by checksum and made when missing.

A model is `models/heza-<checksum>.tar.gz`. The checksum is over everything training reads: a changed
example, rule, component or record name asks for a new model, and going back to old data finds the old one.

What the office taught (bot.console.learning) lies in the data folder, in Rasa's own form: `learned/*.yml`.
It is part of the training data, and models that know it are kept beside it, in the data folder's `models`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from bot.common.settings import ROOT
from bot.launch.orphans import die_with_parent

MODELS = ROOT / "models"
KEPT_MODELS = 4
LEARNED = "learned"

_DATA = ("data/nlu", "data/rules")
# Of bot/common what the components learn with; the rest changes often and teaches nothing.
_SHARED = ("embedder", "embedding_cache", "kept_vectors", "names", "text")
_FILES = (
    *("config.yml", "domain.yml", *_DATA, "bot/assistant/nlu", "bot/common/e5"),
    *(f"bot/common/{name}.py" for name in _SHARED),
)
_SUFFIXES = {".yml", ".yaml", ".json", ".py", ".txt", ".tsv"}
_ENVIRONMENT = {
    "LOG_LEVEL": "INFO",
    # Rasa's processes answer with one thread each; nobody waits for an answer of this one.
    "TF_NUM_INTRAOP_THREADS": "2",
    # Nothing is read from Rasa's cache, so nothing is put there.
    "RASA_MAX_CACHE_SIZE": "0",
}
# Rasa says these, at INFO, once a component.
_COMPONENT = re.compile(r"(Training component|Starting to train component) ")


class TrainingFailed(Exception):
    """`rasa train` did not leave a model; the message holds the end of its log."""


def present(data_dir: Path | None = None) -> Path:
    """Where the model for the present training data is, or would be, with what was taught in `data_dir`."""
    return of(taught(data_dir), data_dir)


def of(lessons: Iterable[Path], data_dir: Path | None) -> Path:
    """Where the model is, or would be, that knows the checkout's data and these files."""
    lessons = list(lessons)
    folder = data_dir / "models" if data_dir and lessons else MODELS
    return folder / f"heza-{checksum(ROOT, lessons)[:16]}.tar.gz"


def taught(data_dir: Path | None) -> list[Path]:
    """The files of training data that the office added, those of the model in service."""
    return sorted((data_dir / LEARNED).glob("*.yml")) if data_dir else []


def place(data_dir: Path, target: Path | None = None) -> Path:
    """The folder that Rasa is started on; it holds a link to the present model, `target`, only."""
    folder, target = data_dir / "model", target or present(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    for name in folder.iterdir():
        if name.name != target.name:
            name.unlink()
    link = folder / target.name
    if not link.is_symlink() or link.readlink() != target:
        link.unlink(missing_ok=True)
        link.symlink_to(target)
    return folder


def checksum(root: Path = ROOT, lessons: Iterable[Path] = ()) -> str:
    """SHA-256 over what training reads: Rasa's files, the components' code, the lock, the records' names.

    `lessons` are files of training data beside those of the checkout.
    """
    digest = hashlib.sha256()
    for path in _training_files(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in lessons:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    names = json.dumps(list(_record_names(root)), ensure_ascii=False, sort_keys=True)
    digest.update(names.encode())
    return digest.hexdigest()


def train(
    environment: Mapping[str, str],
    log: Path,
    report: Callable[[float], None],
    lessons: Iterable[Path] = (),
    data_dir: Path | None = None,
    *,
    politely: bool = False,
) -> Path:
    """Train the model for the present data; `report` gets the done fraction, `log` all that Rasa says.

    `lessons` and `data_dir`: see `of`. `politely` leaves the processor to whoever answers investors.
    """
    lessons = list(lessons)
    target = of(lessons, data_dir)
    command = [str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "bot.assistant.training", "train"]
    command += ["--fixed-model-name", target.name.removesuffix(".tar.gz"), "--out", str(target.parent)]
    command += ["--data", *_DATA, *map(str, lessons)]
    # Rasa's own cache knows the components' classes but not the modules behind them: it would bring back
    # what older code learned. Validating is a matter of `make test`; here it would only take a minute.
    command += ["--force", "--skip-validation"]
    command = ["nice", "-n", "10", *command] if politely else command
    target.parent.mkdir(parents=True, exist_ok=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    steps = _component_count()
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            # Rasa makes this folder whether it keeps anything there or not; the checkout may be read-only.
            env={**environment, **_ENVIRONMENT, "RASA_CACHE_DIRECTORY": str(log.with_name("rasa-cache"))},
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
    if target.parent == MODELS:
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
