"""What the door itself says: data/responses/telegram.yml."""

from __future__ import annotations

from bot.common.wording import Wording

TELEGRAM = Wording("telegram")
