"""The models there are, and which of them answers investors."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from bot.console.models import ModelState, TrainedModel
from bot.conversations.database import unit
from bot.launch import model as launch

LESSONS = "lessons.yml"
# States in which a model is worked on, whose page shows how far it is.
UNDER_WAY = (
    ModelState.QUEUED,
    ModelState.TRAINING,
    ModelState.COMPARING,
    ModelState.STARTING,
    ModelState.SETTLING,
)
IN_TRIAL = (ModelState.STARTING, ModelState.TRIAL, ModelState.SETTLING)
PROMOTABLE = (ModelState.READY, ModelState.RETIRED, ModelState.RETURNED)


@unit
def serving() -> TrainedModel:
    """The model that is present after a start; the one of the checkout is entered when it is first seen."""
    folder = settings.HEZA.data_dir
    path = launch.present(folder)
    rows = TrainedModel.objects.select_for_update()
    row = rows.filter(path=str(path)).first()
    if row is not None and row.state == ModelState.SERVING:
        return row
    if row is None:
        row = TrainedModel(path=str(path), name=name_of(path), started_by=None)
        row.checksum = launch.checksum(lessons=launch.taught(folder))
        row.lessons = "".join(file.read_text(encoding="utf-8") for file in launch.taught(folder))
    if row.state in IN_TRIAL:
        return row
    # A new release, or what somebody put there by hand: what was served before is no longer present.
    rows.filter(state=ModelState.SERVING).update(state=ModelState.RETIRED)
    row.state = ModelState.SERVING
    row.save()
    return row


def lessons_file(row: TrainedModel) -> Path:
    """The file of its lessons, written for whoever trains or starts with it."""
    path = settings.HEZA.data_dir / "learning" / str(row.pk) / LESSONS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(row.lessons, encoding="utf-8")
    return path


def place_of(row: TrainedModel) -> Path:
    """Where a model with these lessons and the checkout's present data is, or would be."""
    return launch.of([lessons_file(row)] if row.lessons else [], settings.HEZA.data_dir)


def is_current(row: TrainedModel) -> bool:
    """Whether it was trained on the checkout as it is now, and is still there."""
    return str(place_of(row)) == row.path and Path(row.path).exists()


def make_present(row: TrainedModel) -> None:
    """From the next start on Rasa takes this model; its lessons become part of the training data."""
    folder = settings.HEZA.data_dir / launch.LEARNED
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.yml"):
        file.unlink()
    if row.lessons:
        part = folder / f"{LESSONS}.part"
        part.write_text(row.lessons, encoding="utf-8")
        part.rename(folder / LESSONS)
    launch.place(settings.HEZA.data_dir)


def name_of(path: Path) -> str:
    """The file's name without its ending."""
    return path.name.removesuffix(".tar.gz")
