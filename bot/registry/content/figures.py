"""Figures, dates and units of a text in a form that is the same for both languages.

'1.234,5' and '1,234.5', '5 tỷ' and '5 billion', '01/03/2026' and '1 March 2026' give the same token.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_MONTH = "|".join(name.capitalize() for name in sorted(_MONTHS, key=len, reverse=True))
_TIMES = {
    "nghìn tỷ": 12, "nghìn tỉ": 12, "ngàn tỷ": 12, "trillion": 12, "tỷ": 9, "tỉ": 9, "billion": 9, "bn": 9,
    "triệu": 6, "million": 6, "mn": 6, "nghìn": 3, "ngàn": 3, "thousand": 3,
}  # fmt: skip
_SCALE = "|".join(_TIMES)
_NUMBER = r"\d+(?:[.,]\d+)*"
_RANGE = r"\s*(?:-|–|—|đến|tới|to|and|và|or|hoặc)\s*"

_WEB = re.compile(r"https?://\S+|\S+@\S+|\b(?:[\w-]+\.)+(?:vn|com|org|net)\b\S*")
_DOCUMENT = re.compile(r"\b(\d+)/(?:(\d{4})/)?(?=[A-ZĐ])(?:QH(\d+)|[A-ZĐa-z0-9][\w-]*)")
_CODE = re.compile(r"\b\d\.\d{6}\b|\b[A-Z]+(?:\.\d+)+\b")
_SQUARE = re.compile(r"(?<=m)[23]\b")
_ARTICLE = re.compile(r"\b(?:Art\.|Arts\.|[Aa]rticles?|[Cc]lauses?) (\d+)\.(\d+)(?:\.(\d+))?")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b|\b(\d{1,2}) tháng (\d{1,2})(?: năm |/)(\d{4})\b")
_MONTH_YEAR = re.compile(r"\b(0?[1-9]|1[0-2])/((?:19|20)\d{2})\b|\btháng (\d{1,2}) năm (\d{4})\b")
_DAY_MONTH = re.compile(r"\b([0-3]?\d)/(0?[1-9]|1[0-2])\b|\b(\d{1,2}) tháng (\d{1,2})\b")
_QUARTER = re.compile(r"\b(?:[Qq]uý (I{1,3}|IV|[1-4])(?:(?: năm |/| )(\d{4}))?|Q([1-4])(?:[ /](\d{4}))?)\b")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_EN_DAY = re.compile(
    rf"\b(?P<d>\d{{1,2}}) (?P<m>{_MONTH})\.?(?:,? (?P<y>\d{{4}}))?\b"
    rf"|\b(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})\b(?!\d)(?:,? (?P<y2>\d{{4}}))?"
)
_EN_MONTH = re.compile(rf"\b(?P<m>{_MONTH})\.?(?: (?:of )?(?P<y>\d{{4}}))\b")
_LONE_MONTH = re.compile(rf"\b({_MONTH.replace('|May', '')})\b|\b(?:in|since|until|by|of) (May)\b")
_VI_MONTH = re.compile(r"\btháng (\d{1,2})\b")
_SCALED = re.compile(rf"(?:(?P<low>{_NUMBER}){_RANGE})?(?P<n>{_NUMBER})[ -]?(?P<scale>{_SCALE})\b")
_PLAIN = re.compile(_NUMBER)

_WORDS = {
    "en": {
        "one": 1, "first": 1, "single": 1, "once": 1, "two": 2, "second": 2, "both": 2, "twice": 2,
        "three": 3, "third": 3, "four": 4, "fourth": 4, "five": 5, "fifth": 5, "six": 6, "sixth": 6,
        "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    },
    # "năm" means year far more often than five, so it is left out: write 5 in digits.
    "vi": {
        "một": 1, "nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
        "mười": 10,
    },
}  # fmt: skip

_UNITS = {
    "%": r"%|\bper ?cent\b|phần trăm",
    "USD": r"\bUSD\b|\bUS\$|\$|đô la Mỹ|\bdollars?\b",
    "VND": rf"\bVND\b|₫|(?:\d|{_SCALE}) ?(?:đồng|đ)\b|\bđồng/",
    "ha": rf"(?:\d|{_SCALE})[ -](?:ha|hectares?|héc ta)\b",
    "km": r"(?<=\d )km\b(?!²|2|/)",
    "km2": r"\bkm²|\bkm2\b",
    "m2": r"\bm²|\bm2\b|\bsq ?m\b",
    "m3": r"\bm³|\bm3\b",
    "MW": r"\bMWp?\b",
    "kV": r"\bkV\b",
    "MVA": r"\bMVA\b",
    "working days": r"\bworking[- ]days?\b|ngày làm việc",
}
_UNIT = {name: re.compile(pattern) for name, pattern in _UNITS.items()}


def figures(text: str, language: str) -> Counter[str]:
    """Every figure and date as a canonical token, counted, e.g. {'1234.5': 1, '2026-03-01': 2}."""
    found: Counter[str] = Counter()
    text = _SQUARE.sub("", _WEB.sub(" ", text))

    def take(*tokens: str) -> str:
        found.update(tokens)
        return " "

    text = _CODE.sub(lambda m: take(m.group()), text)
    text = _DOCUMENT.sub(lambda m: take(*(_plain(part) for part in m.groups() if part)), text)
    text = _dates(text, language, take)
    if language == "en":
        text = _ARTICLE.sub(lambda m: take(*(part for part in m.groups() if part)), text)
    text = _SCALED.sub(lambda m: take(*_scaled(m, language)), text)
    for match in _PLAIN.finditer(text):
        found.update(_numbers(match.group(), language))
    return found


def spelled_out(text: str, language: str) -> set[str]:
    """Numbers that `text` gives in words, one to twelve."""
    words = re.findall(r"\w+", text.casefold())
    return {str(_WORDS[language][word]) for word in words if word in _WORDS[language]}


def units(text: str) -> set[str]:
    """Units of measure and currencies named in `text`, by one name in both languages."""
    return {name for name, pattern in _UNIT.items() if pattern.search(_WEB.sub(" ", text))}


def _dates(text: str, language: str, take: Callable[..., str]) -> str:
    def full(day: str, month: str, year: str) -> str:
        return take(f"{year}-{int(month):02}-{int(day):02}")

    def spoken(match: re.Match[str]) -> str:
        part = match.groupdict()
        day, month = part["d"] or part["d2"], str(_MONTHS[(part["m"] or part["m2"]).lower()])
        year = part["y"] or part["y2"]
        return full(day, month, year) if year else take(f"--{int(month):02}-{int(day):02}")

    text = _QUARTER.sub(
        lambda m: take(f"{m[2] or m[4] or '-'}-Q{_ROMAN.get(m[1] or '', m[1] or m[3])}"), text
    )
    text = _ISO.sub(lambda m: full(m[3], m[2], m[1]), text)
    text = _DAY.sub(lambda m: full(m[1] or m[4], m[2] or m[5], m[3] or m[6]), text)
    if language == "en":
        text = _EN_DAY.sub(spoken, text)
        text = _EN_MONTH.sub(lambda m: take(f"{m['y']}-{_MONTHS[m['m'].lower()]:02}"), text)
        text = _LONE_MONTH.sub(lambda m: take(f"--{_MONTHS[(m[1] or m[2]).lower()]:02}"), text)
    text = _MONTH_YEAR.sub(lambda m: take(f"{m[2] or m[4]}-{int(m[1] or m[3]):02}"), text)
    text = _DAY_MONTH.sub(lambda m: take(f"--{int(m[2] or m[4]):02}-{int(m[1] or m[3]):02}"), text)
    if language == "vi":
        text = _VI_MONTH.sub(lambda m: take(f"--{int(m[1]):02}"), text)
    return text


def _scaled(match: re.Match[str], language: str) -> list[str]:
    power = Decimal(10) ** _TIMES[match["scale"]]
    return [
        _canonical(Decimal(number) * power)
        for side in (match["low"], match["n"])
        if side
        for number in _numbers(side, language)
    ]


def _numbers(written: str, language: str) -> list[str]:
    """One number in the language's own separators; otherwise its parts ('38,39', '1.2.3')."""
    thousands, decimal = (".", ",") if language == "vi" else (",", ".")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", written):
        return [_plain(written.replace(thousands, "").replace(decimal, "."))]
    if re.fullmatch(rf"\d+{re.escape(decimal)}\d+", written):
        return [_plain(written.replace(decimal, "."))]
    return [_plain(part) for part in re.split(r"[.,]", written)]


def _plain(number: str) -> str:
    return _canonical(Decimal(number))


def _canonical(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
