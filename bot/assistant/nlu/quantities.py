"""Quantities in a question as typed values, with what bounds them.

Areas, money, durations, dates, shares and distances, with the separators and units of both languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.common.text import fold

_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALES = {
    "nghin ty": 1e12, "nghin ti": 1e12, "trillion": 1e12,
    "ty": 1e9, "ti": 1e9, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trieu": 1e6, "tr": 1e6, "million": 1e6, "mil": 1e6, "mn": 1e6, "m": 1e6,
    "nghin": 1e3, "ngan": 1e3, "thousand": 1e3, "k": 1e3,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_USD = r"usd|us\$|\$|do la(?: my)?|do|dollars?|bucks"
_VND = r"vnd|dong|vnđ|d"
_MONEY = re.compile(
    rf"(?P<sign>\$|usd|vnd)\s?(?P<n1>{_NUMBER})\s?(?P<s1>{_SCALE})?\b"
    rf"|\b(?P<n2>{_NUMBER})\s?(?P<s2>{_SCALE})?\s?(?P<unit>{_USD}|{_VND})(?![a-z])"
    rf"|\b(?P<n3>{_NUMBER})\s?(?P<s3>trieu|tr|ty|ti|nghin ty|million|billion|bn|mil)\b"
)
_AREA = re.compile(
    rf"\b(?P<n>{_NUMBER})\s?"
    r"(?P<unit>ha|hec ?ta|hectares?|hecta|m2|m²|met vuong|sqm|sq m|square met(?:er|re)s?|km2|km²)(?![a-z])"
)
_DURATION = re.compile(
    rf"\b(?P<n>{_NUMBER})\s?"
    r"(?P<unit>ngay lam viec|working days?|business days?|ngay|days?|tuan|weeks?|thang|months?|nam|years?)\b"
)
_SHARE = re.compile(rf"\b(?P<n>{_NUMBER})\s?(?:%|phan tram|per ?cent)")
_DISTANCE = re.compile(rf"\b(?P<n>{_NUMBER})\s?(?:km|kilomet(?:er|re)s?|cay so)(?![a-z0-9²])")
_DATE = re.compile(
    r"\b(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})\b|\b(?P<y2>20\d{2})-(?P<m2>\d{2})-(?P<d2>\d{2})\b"
)
_YEARS = re.compile(r"\b(?P<from>20\d{2})(?:\s?[–-]\s?(?P<to>20\d{2}))?\b(?!/)")
# First letter of the unit → hectares: m², sqm and square metres, km², ha.
_AREA_HA = {"m": 1e-4, "s": 1e-4, "k": 100.0, "h": 1.0}
# Unit as written, in the singular → the unit.
_DURATIONS = {
    "ngay": "day", "day": "day", "tuan": "week", "week": "week", "thang": "month", "month": "month",
    "nam": "year", "year": "year",
}  # fmt: skip

_MOST = re.compile(
    r"(?:duoi|it hon|nho hon|khong qua|toi da|thap hon|re hon|less than|under|below|at most|up to|maximum|max"
    r"|cheaper than|within|not more than|no more than|<=?)\s*(?:\w+\s)?$"
)
_LEAST = re.compile(
    r"(?:tren|hon|lon hon|it nhat|toi thieu|tu|cao hon|more than|over|above|at least|minimum|min|larger than"
    r"|bigger than|exceeding|>=?)\s*(?:\w+\s)?$"
)
_LEAST_AFTER = re.compile(r"^\s*(?:tro len|or more|or larger|or bigger|and more|plus|\+)")
_MOST_AFTER = re.compile(r"^\s*(?:tro xuong|or less|or below)")


@dataclass(frozen=True)
class Quantity:
    """`kind`: area (ha), money (VND or USD), duration (its unit), share (%), distance (km), date (ISO text).

    `bound`: 'least', 'most' or 'about'; `start`, `end`: where it stands in the folded text.
    """

    kind: str
    value: float | str
    unit: str
    bound: str
    start: int
    end: int


def find(text: str) -> list[Quantity]:
    """Every quantity in `text`, in order; none overlaps another."""
    folded = fold(text)
    found: list[Quantity] = []

    def add(kind: str, value: float | str, unit: str, match: re.Match[str]) -> None:
        if not any(match.start() < other.end and other.start < match.end() for other in found):
            bound = _bound(folded[: match.start()], folded[match.end() :])
            found.append(Quantity(kind, value, unit, bound, match.start(), match.end()))

    for match in _DATE.finditer(folded):
        part = match.groupdict()
        year, month, day = part["y"] or part["y2"], part["m"] or part["m2"], part["d"] or part["d2"]
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            add("date", f"{year}-{int(month):02}-{int(day):02}", "day", match)
    for match in _AREA.finditer(folded):
        add("area", number(match["n"]) * _AREA_HA[match["unit"][0]], "ha", match)
    for match in _DISTANCE.finditer(folded):
        add("distance", number(match["n"]), "km", match)
    for match in _SHARE.finditer(folded):
        add("share", number(match["n"]), "%", match)
    for match in _DURATION.finditer(folded):
        add("duration", number(match["n"]), _duration_unit(match["unit"]), match)
    for match in _MONEY.finditer(folded):
        digits = match["n1"] or match["n2"] or match["n3"]
        scale = match["s1"] or match["s2"] or match["s3"]
        mark = match["sign"] or match["unit"] or ""
        unit = "USD" if re.fullmatch(_USD, mark) else "VND"
        add("money", number(digits) * _SCALES.get(scale or "", 1.0), unit, match)
    return sorted(found, key=lambda quantity: quantity.start)


def number(written: str) -> float:
    """'1.234,5', '1,234.5', '12.000' and '0.5' as people mean them: groups of three are thousands."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return float(re.sub(r"[.,]", "", written))
    last = max(written.rfind("."), written.rfind(","))
    if last < 0:
        return float(written)
    whole = re.sub(r"[.,]", "", written[:last])
    return float(f"{whole}.{written[last + 1 :]}")


def _duration_unit(word: str) -> str:
    if word.startswith(("ngay lam", "working", "business")):
        return "working_day"
    return _DURATIONS[word.removesuffix("s")]


def _bound(before: str, after: str) -> str:
    if _MOST.search(before) or _MOST_AFTER.match(after):
        return "most"
    if _LEAST.search(before) or _LEAST_AFTER.match(after):
        return "least"
    return "about"


def years_in(text: str) -> frozenset[str]:
    """The years that a text speaks of ("2023"), of a range each; not those of dates and decrees."""
    found: set[str] = set()
    for match in _YEARS.finditer(text):
        first = int(match.group("from"))
        found.update(str(year) for year in range(first, int(match.group("to") or first) + 1))
    return frozenset(found)
