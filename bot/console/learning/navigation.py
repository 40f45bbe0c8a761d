"""The learning room's entry in the menu."""

from __future__ import annotations

from bot.console.navigation import Item
from bot.console.roles import Need

ITEMS = (Item("console:learning:inbox", "Huấn luyện", "Learning", "cap", Need.TEACH, place=40),)
