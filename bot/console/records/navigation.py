"""The records' entry in the menu."""

from __future__ import annotations

from bot.console.navigation import Item
from bot.console.roles import Need

ITEMS = (Item("console:records:list", "Dữ liệu trả lời", "Records", "book", Need.VIEW_RECORDS, place=50),)
