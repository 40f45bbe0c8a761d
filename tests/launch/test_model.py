"""Which changes ask for a new model: those that training would see, no others."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.common.settings import ROOT
from bot.launch import model

RECORD = "records:\n- id: irc\n  name: {vi: Giấy chứng nhận, en: Certificate}\n  aliases: [IRC]\n  fee: 0\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a little of everything training reads."""
    files = {
        "config.yml": "pipeline: []\n",
        "domain.yml": "intents: []\n",
        "data/nlu/zones.yml": "nlu: []\n",
        "data/registry/procedures/investment.yml": RECORD,
        "bot/assistant/nlu/reader.py": "x = 1\n",
        "requirements/rasa.txt": "rasa==3.6.21\n",
        "README.md": "words\n",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/nlu/zones.yml", "[]", "[a]"),
        ("config.yml", "[]", "[b]"),
        ("bot/assistant/nlu/reader.py", "1", "2"),
        ("requirements/rasa.txt", "21", "22"),
        ("data/registry/procedures/investment.yml", "IRC", "GCNĐKĐT"),
    ],
)
def test_a_change_that_training_sees(checkout: Path, name: str, old: str, new: str) -> None:
    before = model.checksum(checkout)
    path = checkout / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert model.checksum(checkout) != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("README.md", "words", "other"), ("data/registry/procedures/investment.yml", "fee: 0", "fee: 9")],
)
def test_a_change_that_training_does_not_see(checkout: Path, name: str, old: str, new: str) -> None:
    before = model.checksum(checkout)
    path = checkout / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert model.checksum(checkout) == before


def test_a_moved_file_is_a_change(checkout: Path) -> None:
    before = model.checksum(checkout)
    (checkout / "data/nlu/zones.yml").rename(checkout / "data/nlu/parks.yml")
    assert model.checksum(checkout) != before


def test_only_the_newest_models_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MODELS", tmp_path)
    for age in range(6):
        path = tmp_path / f"heza-{age}.tar.gz"
        path.touch()
        os.utime(path, (1000 - age, 1000 - age))
    other = tmp_path / "mine.tar.gz"
    other.touch()
    model._forget_old(tmp_path / "heza-5.tar.gz")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [f"heza-{age}.tar.gz" for age in (0, 1, 2, 3, 5)] + ["mine.tar.gz"]


def test_what_the_office_taught_is_training_data(checkout: Path) -> None:
    lesson = checkout / "data-dir" / model.LEARNED / "lessons.yml"
    lesson.parent.mkdir(parents=True)
    lesson.write_text("nlu: []\n", encoding="utf-8")
    assert model.taught(checkout / "data-dir") == [lesson]
    before = model.checksum(checkout, [lesson])
    assert before != model.checksum(checkout)
    lesson.write_text("nlu: [a]\n", encoding="utf-8")
    assert model.checksum(checkout, [lesson]) != before


def test_the_folder_rasa_starts_on_holds_the_present_model_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("heza-1.tar.gz", "heza-2.tar.gz"):
        monkeypatch.setattr(model, "present", lambda _, name=name: tmp_path / name)
        (tmp_path / name).write_text(name, encoding="utf-8")
        folder = model.place(tmp_path / "data")
        assert [path.name for path in folder.iterdir()] == [name]
        assert (folder / name).read_text(encoding="utf-8") == name


def test_all_shared_code_that_the_components_learn_with_is_in_the_checksum() -> None:
    imported = re.compile(r"^from bot\.common(?:\.(\w+) import| import (.+))$", re.MULTILINE)
    found = {
        name.strip()
        for path in (ROOT / "bot" / "assistant" / "nlu").glob("*.py")
        for module, several in imported.findall(path.read_text(encoding="utf-8"))
        for name in (module or several).split(",")
    }
    # Settings say where things lie, not what is learned.
    assert found - {"settings"} <= set(model._SHARED)
