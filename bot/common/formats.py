"""Numbers, money and dates as each language writes them: 1.234,5 and 24/11/2026; 1,234.5 and 24 May 2026.

Languages are "vi" and "en". Values come from the records and are shown exactly, never rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

Number = int | float

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def number(value: Number, language: str) -> str:
    """22540 -> '22.540' (vi), '22,540' (en); as many decimals as the value has."""
    exact = Decimal(str(value)).normalize()
    english = f"{exact:,f}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def number_range(low: Number, high: Number, language: str) -> str:
    """'55–57', or one number when both are the same."""
    return number(low, language) if low == high else f"{number(low, language)}–{number(high, language)}"


def area(value: Number | Sequence[Number], language: str) -> str:
    """Hectares: '22.540 ha'; a pair of values is a range."""
    if isinstance(value, (int, float)):
        return f"{number(value, language)} ha"
    return f"{number_range(value[0], value[-1], language)} ha"


def percent(value: Number, language: str) -> str:
    """87.86 -> '87,86%' (vi), '87.86%' (en)."""
    return f"{number(value, language)}%"


def dong(value: Number, language: str) -> str:
    """Vietnamese money: '5.310.000 đồng', 'VND 5,310,000'."""
    return f"VND {number(value, language)}" if language == "en" else f"{number(value, language)} đồng"


def dollars(value: Number, language: str) -> str:
    """American money: '145 USD', 'USD 145'."""
    return f"USD {number(value, language)}" if language == "en" else f"{number(value, language)} USD"


def day(value: str, language: str) -> str:
    """An ISO date as exact as it is: '2026-11-24', '2026-11' or '2026'; other text comes back unchanged."""
    parts = value[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return value
    if len(parts) == 1:
        return value if language == "en" else f"năm {value}"
    if len(parts) == 2:
        year, month = int(parts[0]), int(parts[1])
        return f"{_MONTHS[month - 1]} {year}" if language == "en" else f"tháng {month}/{year}"
    try:
        exact = date.fromisoformat(value[:10])
    except ValueError:
        return value
    if language == "en":
        return f"{exact.day} {_MONTHS[exact.month - 1]} {exact.year}"
    return f"{exact.day:02d}/{exact.month:02d}/{exact.year}"
