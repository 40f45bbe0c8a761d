"""`python -m bot.telegram`: the bot, started by bot/launch where TELEGRAM_TOKEN is set."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

import django


def main() -> int:
    """Run until SIGTERM or SIGINT; the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    # The library then gives time spans as such and does not warn of each that it gives as a number.
    os.environ["PTB_TIMEDELTA"] = "true"
    django.setup()
    # Tables can be imported only from here on.
    from bot.common import settings
    from bot.telegram.application import run
    from bot.telegram.faults import keep_out_of_logs

    configuration = settings.load()
    if not configuration.telegram_token:
        print("TELEGRAM_TOKEN is not set", file=sys.stderr)
        return 2
    keep_out_of_logs(configuration.telegram_token)

    async def main_task() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await run(configuration, stop)

    asyncio.run(main_task())
    return 0


if __name__ == "__main__":
    sys.exit(main())
