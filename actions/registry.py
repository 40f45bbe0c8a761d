"""The registry over HTTP: the only client, with the last good copy for when the registry cannot be reached.

A `Reading` belongs to one action and has its time budget; it remembers whether a copy had to do.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from actions.last_copy import LastCopy
from bot.common import names, settings, signing

logger = logging.getLogger(__name__)

Record = dict[str, Any]

# Seconds an action may spend on the registry, retries included.
BUDGET = 3.0
# One request; the registry answers in milliseconds when it is well.
REQUEST_SECONDS = 1.2
# After a failure nothing is asked for so long: a crowd must not wait for a registry that is down.
REST_SECONDS = 2.0
# How often the last good copy is brought up to date.
COPY_SECONDS = 30.0
PAGE = 200
POOL_SIZE = 16


class RegistryDown(Exception):
    """The registry cannot be reached and there is no copy of what was asked for."""


class Registry:
    """The client of one process, shared by all its threads; `url` without a trailing slash."""

    def __init__(self, url: str, copy: LastCopy, secret: str) -> None:
        self._url = url
        self._secret = secret
        self.copy = copy
        self._session = requests.Session()
        self._session.trust_env = False
        retry = Retry(total=1, backoff_factor=0.1, status_forcelist=(502, 503, 504))
        adapter = HTTPAdapter(pool_maxsize=POOL_SIZE, max_retries=retry)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        # Address -> (ETag, content); the same record is asked for again and again.
        self._known: dict[str, tuple[str, Any]] = {}
        self._resting_until = 0.0

    def get(self, path: str, seconds: float) -> Any:
        """The content at a path of the API, None when there is none (404); raises RegistryDown."""
        if time.monotonic() < self._resting_until or seconds <= 0:
            raise RegistryDown(path)
        tag, known = self._known.get(path, ("", None))
        headers = {"If-None-Match": tag} if tag else {}
        try:
            response = self._session.get(
                self._url + path, headers=headers, timeout=min(seconds, REQUEST_SECONDS)
            )
            if response.status_code == requests.codes.not_modified:
                return known
            if response.status_code == requests.codes.not_found:
                self._known.pop(path, None)
                return None
            response.raise_for_status()
            content = response.json()
        except (requests.RequestException, ValueError) as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            logger.warning("registry: %s failed: %s", path, error)
            raise RegistryDown(path) from error
        if "ETag" in response.headers:
            self._known[path] = (response.headers["ETag"], content)
        return content

    def collection(self, kind: str, seconds: float) -> list[Record]:
        """All records of a kind, page by page; raises RegistryDown."""
        items: list[Record] = []
        while True:
            path = f"/{names.COLLECTIONS[kind]}?limit={PAGE}&offset={len(items)}"
            page = self.get(path, seconds) or {"count": 0, "items": []}
            items += page["items"]
            if not page["items"] or len(items) >= page["count"]:
                return items

    def post_signed(self, url: str, body: bytes, seconds: float) -> requests.Response:
        """A signed request to an internal address; raises RegistryDown when there is no answer."""
        headers = {"Content-Type": "application/json", **signing.headers(self._secret, body)}
        try:
            return self._session.post(url, data=body, headers=headers, timeout=min(seconds, REQUEST_SECONDS))
        except requests.RequestException as error:
            raise RegistryDown(url) from error

    @property
    def root(self) -> str:
        """The root of the API, e.g. http://127.0.0.1:8000/api/v1."""
        return self._url

    def refresh_copy(self) -> None:
        """Bring the last good copy up to date, as far as the registry answers."""
        try:
            for kind in names.KINDS:
                self.copy.keep(kind, self.collection(kind, BUDGET))
        except RegistryDown:
            logger.warning("registry: the copy stays as it was")

    def keep_copying(self) -> None:
        """Keep the copy fresh in a thread of its own until the process ends."""
        thread = threading.Thread(target=_every, args=(COPY_SECONDS, self.refresh_copy), daemon=True)
        thread.name = "registry-copy"
        thread.start()


class Reading:
    """What one action reads. `copied_on` is the date of the copy, when the registry could not be reached."""

    def __init__(self, registry: Registry, budget: float = BUDGET) -> None:
        self._registry = registry
        self._until = time.monotonic() + budget
        self.copied_on: str | None = None

    @property
    def seconds(self) -> float:
        """What is left of the budget."""
        return self._until - time.monotonic()

    def record(self, kind: str, record: str) -> Record | None:
        """One record, None when there is no such published record; raises RegistryDown."""
        try:
            found: Record | None = self._registry.get(f"/{names.COLLECTIONS[kind]}/{record}", self.seconds)
        except RegistryDown:
            return next((item for item in self._copied(kind) if item["id"] == record), None)
        return found

    def records(self, kind: str) -> list[Record]:
        """All published records of a kind; raises RegistryDown."""
        try:
            return self._registry.collection(kind, self.seconds)
        except RegistryDown:
            return self._copied(kind)

    def find(self, record: str, kind: str | None = None) -> Record | None:
        """A record by its id alone; raises RegistryDown."""
        if kind in names.COLLECTIONS:
            return self.record(kind, record)
        known = self.glance(record)
        if known is not None:
            return self.record(known["kind"], record)
        return next((found for kind in names.KINDS if (found := self.record(kind, record))), None)

    def glance(self, record: str) -> Record | None:
        """A record from the copy, at most a minute old: good for names on buttons. None when unknown."""
        return self._registry.copy.find(record)

    def _copied(self, kind: str) -> list[Record]:
        items, kept_on = self._registry.copy.load(kind)
        if items is None:
            raise RegistryDown(kind)
        self.copied_on = kept_on
        return items


@lru_cache(maxsize=1)
def shared() -> Registry:
    """The process's own client, made on first use; its copy is kept fresh from then on."""
    current = settings.load()
    registry = Registry(current.registry_url, LastCopy(current.data_dir / "registry-copy"), current.secret)
    registry.keep_copying()
    return registry


def _every(seconds: float, work: Callable[[], None]) -> None:
    while True:
        try:
            work()
        except Exception:
            # The thread must outlive a full disk or a malformed page; the next round tries again.
            logger.exception("registry copy")
        time.sleep(seconds)


def name_of(record: Mapping[str, Any], language: str) -> str:
    """The record's name in a language."""
    name: str = record["name"][language]
    return name
