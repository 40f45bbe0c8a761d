"""Names that the understanding, the dialogue and the door share: intents, kinds, aspects, slots, actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PROCEDURE, ZONE, INCENTIVE, FAQ, STATISTIC = KINDS = (
    "procedure",
    "zone",
    "incentive",
    "faq",
    "statistic",
)

# The registry API's folder of each kind.
COLLECTIONS = {
    PROCEDURE: "procedures",
    ZONE: "zones",
    INCENTIVE: "incentives",
    FAQ: "faq",
    STATISTIC: "statistics",
}

OVERVIEW = "overview"
PROCEDURE_ASPECTS = (
    OVERVIEW,
    "steps",
    "documents",
    "time",
    "fee",
    "authority",
    "where",
    "legal",
    "result",
    "conditions",
    "online",
    "code",
)
ZONE_ASPECTS = (
    OVERVIEW,
    "location",
    "area",
    "available",
    "occupancy",
    "rent",
    "fees",
    "utilities",
    "developer",
    "established",
    "capital",
    "distance",
    "sectors",
    "tenants",
    "incentives",
    "contact",
    "status",
    "lease_term",
    "parent",
)
INCENTIVE_ASPECTS = (OVERVIEW, "conditions", "duration", "legal", "example")
ASPECTS = {PROCEDURE: PROCEDURE_ASPECTS, ZONE: ZONE_ASPECTS, INCENTIVE: INCENTIVE_ASPECTS}

# Intents by which a record of a kind is asked for.
ASK = {kind: f"ask_{kind}" for kind in KINDS}
SELECT_RECORD = "select_record"
INTENTS = (
    "greet",
    "goodbye",
    "thanks",
    "help",
    "bot_challenge",
    "set_language",
    "affirm",
    "deny",
    "cancel",
    "repeat",
    "show_more",
    *ASK.values(),
    "list_procedures",
    "list_zones",
    "list_incentives",
    "compare_zones",
    "dossier_status",
    "request_human",
    "complaint",
    "off_topic",
    "follow_up",
    "ambiguous",
    "nlu_fallback",
    "foreign_language",
    SELECT_RECORD,
)

LANGUAGE_SLOT = "language"
RECORD_SLOT = "record"
ASPECT_SLOT = "aspect"
OFFERED_SLOT = "offered"
ZONES_SLOT = "zones"
PAGE_SLOT = "page"
MISUNDERSTOOD_SLOT = "misunderstood"
DOSSIER_CODE_SLOT = "dossier_code"
DOSSIER_PIN_SLOT = "dossier_pin"
DOSSIER_TRIES_SLOT = "dossier_tries"

DOSSIER_FORM = "dossier_form"
# Rasa's own: the slot that a form waits for.
REQUESTED_SLOT = "requested_slot"

# What the door and the understanding write on a message for the actions.
DECISION = "decision"
LANGUAGE_HINT = "language_hint"


def action_of(intent: str) -> str:
    """The custom action that answers an intent."""
    return f"action_{intent}"


def related_to(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the records that answer about the same as this one, among them an old figure's newer one."""
    newer = record.get("newer")
    return (*(record.get("related") or ()), *(record.get("related_rules") or ()), *([newer] if newer else ()))
