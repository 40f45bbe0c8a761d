"""What the assistant loads at its start and after a publication: names, aliases, texts with vectors."""

from __future__ import annotations

import base64
from collections import defaultdict
from typing import Any

from bot.common.names import related_to
from bot.registry.models import Text
from bot.registry.snapshot import Snapshot


def etag(version: int) -> str:
    """Changes with every publication and with nothing else."""
    return f'"index-{version}"'


def index(snapshot: Snapshot) -> dict[str, Any]:
    """The index in the shape of docs/architecture.md."""
    texts: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    rows = Text.objects.order_by("record_id", "id").values_list(
        "record_id", "text", "language", "role", "embedding"
    )
    for record_id, text, language, role, embedding in rows:
        vector = base64.b64encode(bytes(embedding)).decode()
        texts[record_id].append({"text": text, "language": language, "role": role, "embedding": vector})
    return {
        "version": snapshot.version,
        "records": [
            {
                "id": item.id,
                "kind": kind,
                "name": item.data["name"],
                "aliases": item.data["aliases"],
                "parent": item.data.get("parent") or item.data.get("zone"),
                "tenants": item.data.get("tenant_names", []),
                "developers": item.data.get("developer_names", []),
                "related": list(related_to(item.data)),
                "texts": texts[item.id],
            }
            for kind, items in snapshot.kinds.items()
            for item in items.values()
        ],
    }
