"""Tables of the registry: records with their drafts, the vectors of their texts, a version, dossiers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from simple_history.models import HistoricalRecords

from bot.registry.labels import label, words


class Kind(models.TextChoices):
    """The kinds of records, named as in the API."""

    PROCEDURE = "procedure", label("procedure")
    ZONE = "zone", label("zone")
    INCENTIVE = "incentive", label("incentive")
    FAQ = "faq", label("faq")
    STATISTIC = "statistic", label("statistic")


# The field that sorts the records of a kind into groups.
GROUP_FIELD = {
    Kind.PROCEDURE: "field",
    Kind.ZONE: "zone_kind",
    Kind.INCENTIVE: "tax",
    Kind.FAQ: "topic",
    Kind.STATISTIC: "topic",
}


class Record(models.Model):
    """One record. `content` is what answers are made of; `draft` is what an officer prepares beside it.

    Both hold the fields of the kind's JSON Schema, without `id` and `published`. The columns below them are
    derived (bot.registry.publishing) and serve lists and searches.
    """

    id = models.CharField(label("id"), primary_key=True, max_length=100)
    kind = models.CharField(label("kind"), max_length=20, choices=Kind.choices)
    content = models.JSONField(label("content"), null=True, blank=True)
    draft = models.JSONField(label("draft"), null=True, blank=True)
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    draft_at = models.DateTimeField(null=True, blank=True)
    published = models.BooleanField(label("published"), default=False)
    verified_by = models.CharField(label("verified_by"), max_length=150, blank=True)
    verified_on = models.DateField(label("verified_on"), null=True, blank=True)

    name_vi = models.CharField(label("name_vi"), max_length=500)
    name_en = models.CharField(label("name_en"), max_length=500)
    group = models.CharField(label("group"), max_length=50, blank=True)
    confidence = models.CharField(label("confidence"), max_length=10, blank=True)
    as_of = models.CharField(label("as_of"), max_length=10, blank=True)
    review_by = models.DateField(label("review_by"), null=True, blank=True)
    search = models.TextField(blank=True, editable=False)
    # What staff add comes after what the files bring.
    position = models.PositiveIntegerField(default=100_000)
    seeded_checksum = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(label("created_at"), auto_now_add=True)
    updated_at = models.DateTimeField(label("updated_at"), auto_now=True)

    history = HistoricalRecords(excluded_fields=["search", "position"])

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "position", "id"]
        verbose_name = label("record")
        verbose_name_plural = label("records")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "group"])]
        permissions: ClassVar[list[tuple[str, Any]]] = [
            ("publish_record", label("can_publish")),
            ("verify_record", label("can_verify")),
        ]

    def __str__(self) -> str:
        return self.name_vi or self.id

    @property
    def current(self) -> dict[str, Any]:
        """What an officer works on: the draft, otherwise what is published."""
        found: dict[str, Any] = self.draft or self.content or {}
        return found


class Text(models.Model):
    """One text of a published record, with its meaning as 384 float16 numbers, little-endian."""

    class Role(models.TextChoices):
        NAME = "name"
        QUESTION = "question"
        SUMMARY = "summary"

    record = models.ForeignKey(Record, models.CASCADE, related_name="texts")
    role = models.CharField(max_length=10, choices=Role.choices)
    language = models.CharField(max_length=2)
    text = models.TextField()
    embedding = models.BinaryField(max_length=768)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record", "role", "language"], name="text_once")
        ]

    def __str__(self) -> str:
        return self.text


class Version(models.Model):
    """A single row that counts publications, so that readers can ask cheaply whether anything changed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class Dossier(models.Model):
    """An application whose state can be asked for by its code and a PIN; no personal data."""

    id = models.CharField(label("id"), primary_key=True, max_length=100)
    procedure = models.ForeignKey(
        Record, models.PROTECT, related_name="+", limit_choices_to={"kind": Kind.PROCEDURE}
    )
    code = models.CharField(label("dossier_code"), max_length=40, unique=True)
    pin_hash = models.CharField(max_length=200, editable=False)
    status = models.CharField(label("state"), max_length=30, choices=words("dossier", "status"))
    received_on = models.DateField(label("received_on"))
    due_on = models.DateField(label("due_on"), null=True, blank=True)
    updated_on = models.DateField(label("updated_on"))
    applicant_vi = models.CharField(label("applicant_vi"), max_length=200)
    applicant_en = models.CharField(label("applicant_en"), max_length=200)
    demonstration = models.BooleanField(label("demonstration"), default=False)
    seeded_checksum = models.CharField(max_length=64, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["pin_hash"])

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        verbose_name = label("dossier")
        verbose_name_plural = label("dossiers")

    def __str__(self) -> str:
        return self.code

    def set_pin(self, pin: str) -> None:
        """Keep the PIN as a slow hash only."""
        self.pin_hash = make_password(pin)

    def has_pin(self, pin: str) -> bool:
        """Whether the PIN is the right one, compared in constant time."""
        return check_password(pin, self.pin_hash)
