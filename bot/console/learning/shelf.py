"""The models there are, and which of them answers investors."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

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
    ModelState.RETURNING,
)
IN_TRIAL = (ModelState.STARTING, ModelState.TRIAL, ModelState.SETTLING, ModelState.RETURNING)
PROMOTABLE = (ModelState.READY, ModelState.RETIRED, ModelState.RETURNED)


def serving() -> TrainedModel:
    """The model that is present after a start; the one of the checkout is entered when it is first seen."""
    lessons = _present_lessons()
    # Before the transaction: reading all training data takes a second, and writers must not wait for it.
    path = _path(lessons)
    # Others may have the same lessons, and so the same file.
    live = TrainedModel.objects.filter(path=str(path), state__in=(ModelState.SERVING, *IN_TRIAL))
    return live.first() or _enter(path, lessons)


def former(row: TrainedModel) -> TrainedModel:
    """The model that `row` is on trial against: it stays the one in service until the trial is over."""
    return TrainedModel.objects.filter(state=ModelState.SERVING).exclude(pk=row.pk).latest("pk")


@unit
def _enter(path: Path, lessons: str) -> TrainedModel:
    rows = TrainedModel.objects.select_for_update()
    row = rows.filter(path=str(path)).exclude(state=ModelState.DISCARDED).first()
    row = row or TrainedModel(
        path=str(path), name=name_of(path), lessons=lessons, checksum=_checksum(lessons)
    )
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
    return _path(row.lessons)


def checksum_of(row: TrainedModel) -> str:
    """SHA-256 over the checkout's training data and its lessons."""
    return _checksum(row.lessons)


def is_current(row: TrainedModel) -> bool:
    """Whether it was trained on the checkout as it is now, and is still there."""
    return str(place_of(row)) == row.path and Path(row.path).exists()


def is_stale(row: TrainedModel) -> bool:
    """Whether its comparison is with a model that no longer answers; one that has served needs none."""
    return row.state != ModelState.RETIRED and row.compared_with != serving().name


def is_present(row: TrainedModel) -> bool:
    """Whether a start would take this model."""
    return _present_lessons() == row.lessons


def remove_file(row: TrainedModel) -> None:
    """Remove the file of a discarded model, unless another one of the same lessons needs it."""
    others = TrainedModel.objects.filter(path=row.path).exclude(pk=row.pk)
    if row.path and not others.exclude(state=ModelState.DISCARDED).exists():
        Path(row.path).unlink(missing_ok=True)


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


def _present_lessons() -> str:
    return "".join(file.read_text(encoding="utf-8") for file in launch.taught(settings.HEZA.data_dir))


def _path(lessons: str) -> Path:
    folder = settings.HEZA.data_dir / "models" if lessons else launch.MODELS
    return folder / f"heza-{_checksum(lessons)[:16]}.tar.gz"


@lru_cache(maxsize=32)
def _checksum(lessons: str) -> str:
    """The checksum of all training data; a process that runs is older than any change of the checkout."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / LESSONS
        file.write_text(lessons, encoding="utf-8")
        return launch.checksum(lessons=[file] if lessons else [])


def name_of(path: Path) -> str:
    """The file's name without its ending."""
    return path.name.removesuffix(".tar.gz")
