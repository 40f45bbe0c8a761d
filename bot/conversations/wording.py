"""The gateway's sentences: data/responses/gateway.yml."""

from __future__ import annotations

from bot.common.wording import Wording

GATEWAY = Wording("gateway")
