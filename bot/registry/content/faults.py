"""What a rule reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to repair: where it is and what to do."""

    rule: str
    file: str
    record: str
    field: str
    advice: str

    def __str__(self) -> str:
        """One line, the columns in the order a person looks for them."""
        return f"{self.rule:<12} {self.file}  {self.record}  {self.field}: {self.advice}"
