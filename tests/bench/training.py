"""Training timed and kept: a model stays under `var/bench` for the data it belongs to, with what it took."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bot.common.settings import ROOT, Settings
from bot.launch import model
from bot.launch.orphans import die_with_parent
from bot.launch.processes import RASA_PYTHON, rasa_environment

HOME = ROOT / "var" / "bench"
_DEFAULT_CONFIG = Path(__file__).with_name("default_config.yml")


@dataclass(frozen=True)
class Trained:
    """The model's file and the seconds its training took."""

    path: Path
    seconds: float


def ours(settings: Settings) -> Trained:
    """This product's pipeline, from nothing: no sentence has its vector yet."""
    return _train("ours", settings, ROOT / "config.yml", ROOT / "domain.yml", ROOT / "data" / "nlu")


def default(settings: Settings) -> Trained:
    """Rasa's default pipeline on the same data, placeholders filled."""
    folder = _folder("default")
    if not (folder / "nlu.yml").exists():
        _island(settings, folder, "-m", "tests.bench.plain_data", str(folder))
    return _train("default", settings, _DEFAULT_CONFIG, folder / "domain.yml", folder / "nlu.yml")


def _train(name: str, settings: Settings, config: Path, domain: Path, wordings: Path) -> Trained:
    folder = _folder(name)
    path, figures = folder / f"{name}.tar.gz", folder / "trained.json"
    if not figures.exists():
        begun = time.monotonic()
        data = ("--data", str(wordings), str(ROOT / "data" / "rules"))
        files = ("--domain", str(domain), "--config", str(config))
        target = ("--out", str(folder), "--fixed-model-name", name, "--force", "--skip-validation")
        cold = replace(settings, data_dir=folder)
        _island(cold, folder, "-m", "bot.assistant.training", "train", *data, *files, *target)
        figures.write_text(json.dumps({"seconds": round(time.monotonic() - begun)}), encoding="utf-8")
    return Trained(path, json.loads(figures.read_text(encoding="utf-8"))["seconds"])


def _folder(name: str) -> Path:
    # The configuration of the default pipeline is no part of what our own model is trained from.
    version = hashlib.sha256(model.checksum().encode() + _DEFAULT_CONFIG.read_bytes()).hexdigest()
    folder = HOME / version[:16] / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _island(settings: Settings, folder: Path, *arguments: str) -> None:
    with (folder / "train.log").open("a") as log:
        subprocess.run(
            [RASA_PYTHON, *arguments],
            cwd=ROOT,
            env={**rasa_environment(settings), "PYTHONWARNINGS": "ignore::UserWarning"},
            stdout=log,
            stderr=subprocess.STDOUT,
            check=True,
            preexec_fn=die_with_parent(),
        )
