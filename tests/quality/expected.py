"""What an answer must contain for every aspect of every record, taken from the records' own files.

A pair of strings and whether a value is on record: where none is, the strings are the sentence that says so
and, of zones, what is known instead and whom to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.common import formats
from bot.common.names import COLLECTIONS, FAQ, INCENTIVE, PROCEDURE, STATISTIC, ZONE
from bot.common.settings import ROOT

Record = Mapping[str, Any]
Strings = list[str]
AUTHORITY = {
    "vi": "Ban Quản lý Khu kinh tế Hải Phòng (HEZA)",
    "en": "Hai Phong Economic Zone Authority (HEZA)",
}
_RESPONSES = ROOT / "data" / "responses"


@lru_cache
def records(kind: str) -> list[Record]:
    """The published records of a kind, as their files have them."""
    found: list[Record] = []
    for path in sorted((ROOT / "data" / "registry" / COLLECTIONS[kind]).glob("[!_]*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        found += [record for record in content.get("records") or () if record.get("published", True)]
    return found


def expected(kind: str, record: Record, aspect: str, language: str) -> tuple[Strings, bool]:
    """Strings that all must be in the answer, and whether they are a value (else: the honest sentence)."""
    if kind == FAQ:
        return [record["answer"][language]], True
    if kind == STATISTIC:
        return [record["statement"][language]], True
    found = _VALUES[kind][aspect](record, language)
    if found:
        return found, True
    return _none(kind, record, aspect, language), False


def _none(kind: str, record: Record, aspect: str, language: str) -> Strings:
    """The sentence that says that nothing is on record; of zones also what is known and whom to ask."""
    said, name = _sentences(kind), record["name"][language]
    if kind == ZONE:
        what = said[f"what.{aspect}"][language]
        lead = str(said["none"][language]).format(what=what, name=name)
        return [lead, *_known_instead(record, aspect, language), *_whom_to_ask(record, language)]
    key = {"online": "online.unknown"}.get(aspect, f"{aspect}.none")
    return [str(said[key][language]).format(name=name)]


def _known_instead(record: Record, aspect: str, language: str) -> Strings:
    """What a zone's answer without a figure tells at least, where it is on record."""
    if aspect in ("distance", "contact"):
        return [record["location"][language]]
    return [] if aspect == "status" else _status(record, language)


def _whom_to_ask(record: Record, language: str) -> Strings:
    """The authority always; the developer of a park where it is known, without its history in brackets."""
    named = [AUTHORITY[language]]
    if record["developer"] and record["zone_kind"] not in ("economic_zone", "free_trade_zone"):
        named.append(record["developer"][language].split(" (")[0])
    return named


@lru_cache
def _sentences(kind: str) -> Mapping[str, Mapping[str, str]]:
    content = yaml.safe_load((_RESPONSES / f"{kind}.yml").read_text(encoding="utf-8"))
    sentences: Mapping[str, Mapping[str, str]] = content[kind]
    return sentences


def _words(field: str) -> Callable[[Record, str], Strings]:
    """A bilingual text, or each of a bilingual list."""

    def read(record: Record, language: str) -> Strings:
        value = (record[field] or {}).get(language)
        return [value] if isinstance(value, str) else list(value or ())

    return read


def _pairs(field: str) -> Callable[[Record, str], Strings]:
    """Each of a list of bilingual texts."""
    return lambda record, language: [text[language] for text in record[field] or ()]


def _number(value: float | None, language: str) -> Strings:
    return [] if value is None else [formats.number(value, language)]


def _time(record: Record, language: str) -> Strings:
    time = record["time"]
    cases = [formats.number(case["value"], language) for case in time["variants"]]
    return [*_number(time["value"], language), *cases]


def _fee(record: Record, language: str) -> Strings:
    fee = record["fee"]
    found: Strings = []
    for part in (fee, *fee["variants"]):
        if part.get("text"):
            found.append(part["text"][language])
        elif part.get("vnd"):
            found.append(formats.dong(part["vnd"], language))
        elif part.get("usd"):
            found.append(formats.dollars(part["usd"], language))
        elif part.get("vnd") == 0:
            found.append(_free(language))
    note = (fee["note"] or {}).get(language)
    return found or ([note] if note else [])


@lru_cache
def _free(language: str) -> str:
    content = yaml.safe_load((_RESPONSES / "answer.yml").read_text(encoding="utf-8"))
    return str(content["answer"]["free"][language])


def _online(record: Record, language: str) -> Strings:
    online = record["online"]
    if not online["level"]:
        return []
    lead = _sentences(PROCEDURE)[f"online.{online['level']}"][language].format(name=record["name"][language])
    return [lead, *([online["url"]] if online["url"] else [])]


def _area(record: Record, language: str) -> Strings:
    total, leasable = record["total_area_ha"], record["leasable_area_ha"]
    if total is None:
        return []
    return [formats.area(total, language), *([formats.area(leasable, language)] if leasable else [])]


def _occupancy(record: Record, language: str) -> Strings:
    if record["occupancy_pct"] is not None:
        return [formats.percent(record["occupancy_pct"], language)]
    return _words("occupancy_as_of")(record, language)


def _rent(record: Record, language: str) -> Strings:
    prices = [price for price in (record["land_rent"], record["factory_rent"]) if price]
    return [formats.number_range(price["min"], price["max"], language) for price in prices]


def _utility_prices(record: Record, language: str) -> Strings:
    prices = record["utility_fees"] or {}
    names = ("water_vnd_m3", "wastewater_vnd_m3", "water_usd_m3", "wastewater_usd_m3")
    found = [formats.number(prices[name], language) for name in names if prices.get(name) is not None]
    electricity = (prices.get("electricity") or {}).get(language)
    return [*found, *([electricity] if electricity else [])]


def _fees(record: Record, language: str) -> Strings:
    fee = record["management_fee"]
    return [*(_number(fee["value"], language) if fee else []), *_utility_prices(record, language)]


def _utilities(record: Record, language: str) -> Strings:
    texts = [text for field in ("power", "water", "wastewater") for text in _words(field)(record, language)]
    return [*texts, *_utility_prices(record, language)]


def _established(record: Record, language: str) -> Strings:
    year = record["established_year"]
    return [str(year)] if year else _words("established_note")(record, language)


def _distance(record: Record, language: str) -> Strings:
    known = [value for value in record["distances_km"].values() if value is not None]
    return [formats.number(value, language) for value in known]


def _tenants(record: Record, language: str) -> Strings:
    tenants = record["notable_tenants"]
    return list(tenants[language] if isinstance(tenants, dict) else tenants)


def _incentives(record: Record, language: str) -> Strings:
    lead = _sentences(ZONE)[f"incentives.{record['area_class']}"][language]
    return [lead.format(name=record["name"][language])]


def _contact(record: Record, language: str) -> Strings:
    return [value for value in (record["phone"], record["website"]) if value]


def _status(record: Record, language: str) -> Strings:
    status = record["operating_status"]
    return [] if status == "unknown" else [_sentences(ZONE)[f"status.{status}"][language]]


def _lease_term(record: Record, language: str) -> Strings:
    year = record["lease_expiry_year"]
    return [str(year)] if year else _words("lease_note")(record, language)


def _parent(record: Record, language: str) -> Strings:
    zones = {zone["id"]: zone for zone in records(ZONE)}
    inside = [zone["name"][language] for zone in zones.values() if zone["parent"] == record["id"]]
    if inside:
        return inside
    if record["parent"]:
        return [zones[record["parent"]]["name"][language]]
    kind = record["zone_kind"]
    key = f"is.{kind}" if kind in ("economic_zone", "free_trade_zone") else f"class.{record['area_class']}"
    return [_sentences(ZONE)[key][language].format(name=record["name"][language])]


def _duration(record: Record, language: str) -> Strings:
    rate = record["rate"]
    found = [] if rate is None else [formats.percent(rate, language)]
    for field in ("duration_years", "exemption_years"):
        found += _years(record[field], language)
    if record["reduction_pct"] and record["reduction_years"]:
        found += [
            formats.percent(record["reduction_pct"], language),
            *_years(record["reduction_years"], language),
        ]
    return found + [
        text for field in ("clock_rate", "clock_holiday") for text in _words(field)(record, language)
    ]


def _years(value: Any, language: str) -> Strings:
    """A number of years, or the words for a term that is none."""
    if not value:
        return []
    return [value[language]] if isinstance(value, dict) else [formats.number(value, language)]


def _example(record: Record, language: str) -> Strings:
    example = record["worked_example"]
    return [example["text"][language]] if example else []


_VALUES: Mapping[str, Mapping[str, Callable[[Record, str], Strings]]] = {
    PROCEDURE: {
        "overview": lambda record, language: [
            *_words("applicants")(record, language),
            *_words("result")(record, language),
        ],
        "steps": _words("steps"),
        "documents": _words("documents"),
        "time": _time,
        "fee": _fee,
        "authority": _words("authority"),
        "where": _words("authority"),
        "legal": _pairs("legal_basis"),
        "result": _words("result"),
        "conditions": _words("applicants"),
        "online": _online,
        "code": lambda record, language: [record["code"]] if record["code"] else [],
    },
    ZONE: {
        "overview": _words("summary"),
        "location": _words("location"),
        "area": _area,
        "available": lambda record, language: (
            [formats.area(record["available_area_ha"], language)]
            if record["available_area_ha"] is not None
            else []
        ),
        "occupancy": _occupancy,
        "rent": _rent,
        "fees": _fees,
        "utilities": _utilities,
        "developer": _words("developer"),
        "established": _established,
        "capital": _words("investment_capital"),
        "distance": _distance,
        "sectors": _words("target_sectors"),
        "tenants": _tenants,
        "incentives": _incentives,
        "contact": _contact,
        "status": _status,
        "lease_term": _lease_term,
        "parent": _parent,
    },
    INCENTIVE: {
        "overview": _words("summary"),
        "conditions": lambda record, language: (
            _words("conditions")(record, language) or _words("summary")(record, language)
        ),
        "duration": lambda record, language: (
            _duration(record, language) or _words("summary")(record, language)
        ),
        "legal": _pairs("legal_basis"),
        "example": _example,
    },
}
