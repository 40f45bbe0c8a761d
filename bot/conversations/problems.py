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


def no_such_inquiry(language: str) -> Problem:
    """A wrong code or PIN; which of them is not said."""
    return Problem(404, GATEWAY.both("problem_inquiry"), language)


def too_many_tries(language: str, seconds: int) -> Problem:
    """Wrong codes or PINs too often; `seconds` until the next try."""
    detail = GATEWAY.both("problem_tries", minutes=-(-seconds // 60))
    return Problem(429, detail, language, {"Retry-After": str(seconds)})


def no_consent(language: str) -> Problem:
    """Contact data without leave to use it."""
    return Problem(400, GATEWAY.both("problem_consent"), language)


def no_contact(language: str) -> Problem:
    """An inquiry nobody could answer."""
    return Problem(400, GATEWAY.both("problem_contact"), language)


def web_only(language: str) -> Problem:
    """Contact data is never taken in a chat application."""
    return Problem(409, GATEWAY.both("problem_web_only"), language)


def no_such_link(language: str | None) -> Problem:
    """A link code that is unknown, used or too old."""
    return Problem(404, GATEWAY.both("problem_link"), language)
