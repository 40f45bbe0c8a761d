"""What the API takes and gives, for its description; the kinds' own fields stand in data/registry/schema."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

MAX_LIMIT = 200
Text = Annotated[str | None, Field(default=None, max_length=200)]


class Filters(Schema):
    """What every list takes; a filter that is not given does not restrict."""

    q: Text
    status: Annotated[
        Literal["confirmed", "cited", "unconfirmed"] | None, Field(default=None, description="label")
    ]
    limit: Annotated[int, Field(default=50, ge=1, le=MAX_LIMIT)]
    offset: Annotated[int, Field(default=0, ge=0)]


class ProcedureFilters(Filters):
    """Filters of procedures."""

    field: Text
    code: Text


class ZoneFilters(Filters):
    """Filters of zones."""

    zone_kind: Text
    operating_status: Text
    parent: Text
    area_class: Text


class IncentiveFilters(Filters):
    """Filters of incentives."""

    tax: Text
    benefit_kind: Text


class FaqFilters(Filters):
    """Filters of questions and answers."""

    topic: Text


class StatisticFilters(Filters):
    """Filters of statistics."""

    topic: Text
    zone: Text
    period: Text


class Both(Schema):
    """One text in both languages."""

    vi: str
    en: str


class BothLists(Schema):
    """Items in both languages, in the same order."""

    vi: list[str]
    en: list[str]


class Citation(Schema):
    """A source a reader can look up."""

    kind: Literal["law", "official", "press", "page"]
    title: Both
    article: Both | None
    url: str | None
    date: str | None


class RecordShape(Schema):
    """One record; beside these fields it has those of its kind."""

    model_config = ConfigDict(extra="allow")

    id: str
    kind: Literal["procedure", "zone", "incentive", "faq", "statistic"]
    name: Both
    aliases: list[str]
    citations: list[Citation]
    as_of: str
    confidence: Literal["high", "medium", "low"]
    volatile: bool
    review_by: str | None
    verified_by: str | None
    verified_on: str | None
    status: Literal["confirmed", "cited", "unconfirmed"]
    caveats: BothLists
    updated_at: str


class Page(Schema):
    """Part of a list: `count` is the number of all that fit."""

    count: int
    items: list[RecordShape]


class IndexText(Schema):
    """A text of a record; `embedding` is base64 of 384 float16 numbers, little-endian, of unit length."""

    text: str
    language: Literal["vi", "en"]
    role: Literal["name", "question", "summary"]
    embedding: str


class IndexRecord(Schema):
    """What the assistant finds a record by."""

    id: str
    kind: str
    name: Both
    aliases: list[str]
    parent: str | None
    tenants: list[str]
    developers: list[str]
    related: list[str]
    texts: list[IndexText]


class Index(Schema):
    """All published records of one version."""

    version: int
    records: list[IndexRecord]


class ProblemShape(Schema):
    """A refusal (RFC 9457); `detail` is in the language of the request."""

    type: str
    title: str
    status: int
    detail: str
