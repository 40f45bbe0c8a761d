"""The registry's index while the product runs: asked for every two seconds, at no cost when nothing changed.

Until the registry answers, the copy inside the model serves. A change builds new look-up structures beside the
old ones and exchanges them in one step, so a question never meets half of each.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import requests

from bot.assistant.nlu import records as known
from bot.assistant.nlu.gazetteer import Gazetteer
from bot.assistant.nlu.records import Record
from bot.assistant.nlu.retrieval import Library
from bot.common.embedder import Vectors

log = logging.getLogger(__name__)

POLL_SECONDS = 2.0
_TIMEOUT_SECONDS = 10.0

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Index:
    """Look-up structures over one state of the registry."""

    records: dict[str, Record]
    gazetteer: Gazetteer
    library: Library

    @classmethod
    def of(cls, records: Sequence[Record], embed: Embed, vocabulary: Container[str]) -> Index:
        """Build from records; texts that came without a vector are embedded; `vocabulary`: see Gazetteer."""
        ids, texts = known.texts_of(records)
        missing = [at for at, text in enumerate(texts) if text.vector is None]
        vectors = [text.vector for text in texts]
        for at, vector in zip(missing, embed([texts[at].text for at in missing]) if missing else ()):
            vectors[at] = vector
        names = (name for record in records if record.kind in known.NAMED for name in record.names())
        return cls(
            {record.id: record for record in records},
            Gazetteer(names, vocabulary),
            Library(ids, [text.text for text in texts], vectors),
        )


class LiveIndex:
    """Holds the present `index`; `follow` keeps it so in the background."""

    def __init__(self, index: Index, embed: Embed, vocabulary: Container[str]) -> None:
        self.index = index
        self._embed = embed
        self._vocabulary = vocabulary
        self._etag = ""
        self._session = requests.Session()
        self._session.trust_env = False

    def follow(self, registry_url: str) -> None:
        """Begin to follow the registry at `registry_url`; the thread ends with the process."""
        threading.Thread(
            target=self._poll, args=(f"{registry_url}/index",), daemon=True, name="index"
        ).start()

    def refresh(self, address: str) -> bool:
        """Ask once; whether the index changed. Raises requests.RequestException, KeyError or ValueError."""
        headers = {"If-None-Match": self._etag} if self._etag else {}
        answer = self._session.get(address, headers=headers, timeout=_TIMEOUT_SECONDS)
        if answer.status_code == requests.codes.not_modified:
            return False
        answer.raise_for_status()
        self.index = Index.of(known.from_index(answer.json()), self._embed, self._vocabulary)
        self._etag = answer.headers.get("ETag", "")
        return True

    def _poll(self, address: str) -> None:
        pause, reachable = threading.Event(), True
        while True:
            try:
                if self.refresh(address):
                    log.info("index of the registry taken over: %d records", len(self.index.records))
                reachable = True
            except (requests.RequestException, KeyError, ValueError) as error:
                if reachable:
                    log.warning("the registry's index cannot be read, the last copy serves: %s", error)
                reachable = False
            pause.wait(POLL_SECONDS)
