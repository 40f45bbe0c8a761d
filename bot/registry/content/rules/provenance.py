"""Nothing that only records how a fact was collected may reach the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.registry.content.entries import Registry, strings
from bot.registry.content.faults import Fault

# What research notes look like; official addresses may hold long ids, so addresses are tested by host.
NOTES = {
    "a code host": r"\b(?:github|gitlab|hugging ?face|kaggle)\b",
    "a third-party copy": r"third[- ]party cop|portal cop(?:y|ies)|bản (?:sao|chép) (?:của )?bên thứ ba|"
    r"b(?:ê|e)n thứ ba chụp|snapshot|bản chụp (?:ngày|tháng|cổng|khoảng)",
    "a repository or file": r"\brepositor(?:y|ies)\b|kho mã nguồn|\b[a-z][\w-]*/[a-z][\w.-]*: \S+/\S+|"
    r"\b\w[\w/-]*\.(?:json|ya?ml|csv|md|jsonl)\b|\b[0-9a-f]{12,}\b",
    "the researcher's own knowledge": r"background knowledge|own knowledge|kiến thức nền|"
    r"hiểu biết (?:nền|chung)|theo hiểu biết|from memory",
    "what the researcher did": r"\b(?:not|never) (?:been )?(?:read|opened|seen|found in)\b|chưa đọc|"
    r"không đọc được|chưa mở được|search results?|kết quả tìm kiếm|\bsnippets?\b|web ?map|bản đồ web|"
    r"scraped|crawl|secondary (?:source|transcription)|nguồn thứ cấp|catalogue row",
}
_NOTES = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in NOTES.items()}
HOSTS = ("github.com", "githubusercontent.com", "github.io", "gitlab.com", "huggingface.co", "kaggle.com")


def check(registry: Registry) -> Iterator[Fault]:
    """A fault for each note found in any string of any record."""
    for entry in registry.documents:
        for path, text in strings(entry.record):
            for found in notes(text):
                yield Fault("provenance", entry.file, entry.id, path, f"take out {found}")


def notes(text: str) -> Iterator[str]:
    """The notes in `text`, each with what it speaks of."""
    if text.startswith(("http://", "https://")) and " " not in text:
        host = urlsplit(text).hostname or ""
        if host.endswith(HOSTS):
            yield f"the address of a code host: {host}"
        return
    for name, pattern in _NOTES.items():
        match = pattern.search(text)
        if match:
            yield f"{name}: “{match.group()}”"
