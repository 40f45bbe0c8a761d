"""What every source of dossiers gives, and the ways in which it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

# The states that have a name in data/responses/dossier.yml.
STATES = ("received", "in_review", "supplement_requested", "ready", "delivered", "rejected")


@dataclass(frozen=True)
class Dossier:
    """A dossier's state; dates as 'YYYY-MM-DD'. What a source does not tell is None.

    `procedure` is the id of our record or the source's own name for it, `applicant` is {vi, en}.
    """

    code: str
    status: str
    procedure: str | None = None
    applicant: Mapping[str, str] | None = None
    received_on: str | None = None
    due_on: str | None = None
    updated_on: str | None = None
    demonstration: bool = False


class Source(Protocol):
    """Looks dossiers up."""

    def find(self, code: str, pin: str, seconds: float) -> Dossier:
        """The dossier both belong to, within the time; raises one of the errors below."""
        ...


class Unknown(Exception):
    """No dossier has this code and PIN."""


class Malformed(Exception):
    """The source does not take a code or PIN of this form."""


class TooManyTries(Exception):
    """The source wants no more tries for now."""


class SourceDown(Exception):
    """The source cannot be reached, fails, or answers what nobody understands; the text says how."""
