"""What goes wrong, in the log without anybody's words and without the bot's token."""

from __future__ import annotations

import logging
import traceback

from telegram.error import TelegramError

log = logging.getLogger(__name__)

_FRAMES = 6
_TELEGRAM = "telegram."


class Without(logging.Filter):
    """Takes a secret out of every record, whichever library writes it: addresses of calls hold the token.

    Of the Telegram library's own records only the fixed words are left: it writes whole updates into them.
    """

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        """Never holds a record back."""
        said = record.msg if record.name.startswith(_TELEGRAM) else record.getMessage()
        record.msg, record.args = self._clean(str(said)), None
        if record.exc_info and record.exc_info[1] is not None:
            # An error's own words may quote the request; where it happened is enough.
            error = record.exc_info[1]
            record.exc_info, record.exc_text = None, f"{type(error).__name__} at {where(error)}"
        return True

    def _clean(self, text: str) -> str:
        return text.replace(self._secret, "TOKEN") if self._secret else text


def keep_out_of_logs(secret: str) -> None:
    """From now on the secret is in no log of this process; libraries speak only of what goes wrong."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(Without(secret))
    # They write the address of each call, and the text of each update.
    for name in ("httpx", "httpcore", "telegram", "tornado.access", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)


def note(error: Exception) -> None:
    """Into the log: the kind of fault and where it happened."""
    level = logging.WARNING if isinstance(error, TelegramError) else logging.ERROR
    log.log(level, "an update or its answer failed: %s at %s", type(error).__name__, where(error))


def where(error: BaseException) -> str:
    """The last places in the code that an error has passed."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames) or "?"
