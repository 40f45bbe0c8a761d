"""How an outside system is asked and read: the names of its fields and values, from a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from actions.dossiers.source import STATES, Dossier, SourceDown

DEFAULT = Path(__file__).with_name("fields.yml")
_NEEDED = ("code", "status")


@dataclass(frozen=True)
class Fields:
    """The content of the file; fields.yml explains each part."""

    request: Mapping[str, str]
    answer: Mapping[str, str]
    states: Mapping[str, str]
    procedures: Mapping[str, str]
    date: str

    @classmethod
    def load(cls, path: Path) -> Fields:
        """Read the file; ValueError says what is missing in it or too much."""
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        tables = {name: content.get(name) or {} for name in ("request", "answer", "states", "procedures")}
        fields = cls(**tables, date=content.get("date") or "")
        missing = [name for name in _NEEDED if name not in fields.answer]
        missing += [name for name in ("code", "pin") if name not in fields.request]
        strange = set(fields.states.values()) - set(STATES)
        if missing or strange or not fields.date:
            raise ValueError(f"{path}: missing {missing}, unknown states {sorted(strange)}")
        return fields

    def body(self, code: str, pin: str) -> dict[str, str]:
        """What is sent."""
        return {self.request["code"]: code, self.request["pin"]: pin}

    def read(self, content: Any) -> Dossier:
        """The dossier in an answer; raises SourceDown when it makes no sense."""
        told = {name: _at(content, place) for name, place in self.answer.items()}
        code, state = told.get("code"), self.states.get(str(told.get("status")))
        if not isinstance(code, str) or state is None:
            raise SourceDown("no code or an unknown state")
        procedure = told.get("procedure")
        return Dossier(
            code=code,
            status=state,
            procedure=self.procedures.get(str(procedure), str(procedure)) if procedure else None,
            applicant=_both(told.get("applicant_vi"), told.get("applicant_en")),
            received_on=self._day(told.get("received_on")),
            due_on=self._day(told.get("due_on")),
            updated_on=self._day(told.get("updated_on")),
        )

    def _day(self, value: Any) -> str | None:
        if not value:
            return None
        try:
            # A day as the source writes it; no time zone is involved.
            return datetime.strptime(str(value), self.date).date().isoformat()  # noqa: DTZ007
        except ValueError as error:
            raise SourceDown("a date in another form") from error


def _at(content: Any, place: str) -> Any:
    """The value at 'data.0.status'; None when the way ends before."""
    for step in place.split("."):
        if isinstance(content, list) and step.isdigit() and int(step) < len(content):
            content = content[int(step)]
        elif isinstance(content, dict):
            content = content.get(step)
        else:
            return None
    return content


def _both(vietnamese: Any, english: Any) -> dict[str, str] | None:
    vi, en = vietnamese or english, english or vietnamese
    return {"vi": str(vi), "en": str(en)} if vi else None
