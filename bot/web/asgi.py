"""What uvicorn serves, and what begins and ends with its process."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
_site = get_asgi_application()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """ASGI: Django's pages, and the process's own life, which Django does not follow."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    else:
        await _site(scope, receive, send)


async def _live(receive: Any, send: Any) -> None:
    await receive()
    try:
        with _beside():
            await send({"type": "lifespan.startup.complete"})
            await receive()
    except OSError as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.shutdown.complete"})


def _beside() -> AbstractContextManager[None]:
    """What runs as long as the site does."""
    from django.conf import settings

    if "bot.conversations" not in settings.ROOMS:
        return nullcontext()
    from bot.conversations import metrics

    return metrics.served()
