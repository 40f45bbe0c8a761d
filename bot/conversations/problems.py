"""Refusals of the gateway, in the conversation's language when there is one."""

from __future__ import annotations

from bot.common.problems import Problem
from bot.conversations.wording import GATEWAY

MAX_LENGTH = 1000
BUSY_SECONDS = 5


def unauthorised() -> Problem:
    """No token, or one that is not ours, or of an erased conversation."""
    return Problem(401, GATEWAY.both("problem_token"), headers={"WWW-Authenticate": "Bearer"})


def too_long(language: str, length: int) -> Problem:
    """A text over the limit."""
    detail = GATEWAY.both("problem_too_long", length=length, limit=MAX_LENGTH)
    return Problem(413, detail, language)


def empty(language: str) -> Problem:
    """No text, or nothing visible in it."""
    return Problem(400, GATEWAY.both("problem_empty"), language)


def unreadable(language: str) -> Problem:
    """A body that is not what the API describes."""
    return Problem(400, GATEWAY.both("problem_unreadable"), language)


def too_fast(language: str, seconds: int) -> Problem:
    """Over the rate; `seconds` until the next message is taken."""
    detail = GATEWAY.both("problem_rate", seconds=seconds)
    return Problem(429, detail, language, {"Retry-After": str(seconds)})


def no_such_message(language: str) -> Problem:
    """A message of another conversation, or none at all."""
    return Problem(404, GATEWAY.both("problem_message"), language)


def no_such_button(language: str) -> Problem:
    """A button token that is not of this conversation."""
    return Problem(404, GATEWAY.both("problem_button"), language)


def busy() -> Problem:
    """The database stayed locked."""
    return Problem(503, GATEWAY.both("problem_busy"), headers={"Retry-After": str(BUSY_SECONDS)})
