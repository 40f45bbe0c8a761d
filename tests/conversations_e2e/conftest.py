"""One running product for all conversations of the session."""

from __future__ import annotations

from tests.stack import stack

__all__ = ["stack"]
