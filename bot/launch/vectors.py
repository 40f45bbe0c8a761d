"""`make vectors`: computes the vectors of the wordings and records anew, to be kept in the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess

from bot.common import kept_vectors
from bot.common import settings as configuration
from bot.common.settings import ROOT, Settings
from bot.launch import model, prepare
from bot.launch.processes import RASA_PYTHON, WEB_PYTHON, environment_of, rasa_environment

_HOME = ROOT / "var" / "vectors"


def keep() -> int:
    """Seed and train in a folder of its own, so that its cache holds what both use and nothing else."""
    shutil.rmtree(_HOME, ignore_errors=True)
    os.environ["HEZA_DATA_DIR"] = str(_HOME)
    os.environ.pop("DATABASE_URL", None)
    settings = configuration.load()
    trained_before = model.present().exists()
    prepare.prepare(settings)
    if trained_before:
        prepare.train(settings)
    # The console compares what is asked with the wordings as they are written.
    subprocess.run(
        [str(WEB_PYTHON), "manage.py", "embed_wordings"], cwd=ROOT, env=environment_of(settings), check=True
    )
    _ask_questions(settings)
    (database,) = (_HOME / "cache").glob("embeddings-*.sqlite3")
    fingerprint = database.stem.removeprefix("embeddings-")
    count = kept_vectors.write(database, fingerprint)
    print(f"{kept_vectors.path_of(fingerprint).relative_to(ROOT)}: {count} vectors")
    shutil.rmtree(_HOME)
    return 0


def _ask_questions(settings: Settings) -> None:
    """Compare the model with itself: that embeds our questions, on which every candidate is tried."""
    present = str(model.present())
    subprocess.run(
        [str(RASA_PYTHON), "-m", "bot.assistant.trial.compare", present, present],
        cwd=ROOT,
        env=rasa_environment(settings),
        input='{"utterances": [], "lessons": []}',
        stdout=subprocess.DEVNULL,
        text=True,
        check=True,
    )
