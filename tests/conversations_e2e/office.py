"""The office: a member of staff who signs in and edits records in the browser's own forms, over HTTP."""

from __future__ import annotations

import secrets
from html.parser import HTMLParser
from types import TracebackType
from typing import Self

import httpx

from tests.stack import Stack

RECORDS = "/admin/registry/record"
PUBLISH = "registry_record_publish"
SAVE = "_save"


class Office:
    """One signed-in superuser of a stack."""

    def __init__(self, stack: Stack) -> None:
        name, password = f"officer-{secrets.token_hex(4)}", secrets.token_urlsafe(16)
        stack.manage("createsuperuser", "--no-input", "--username", name, "--email", "", password=password)
        self._http = httpx.Client(base_url=stack.base_url, timeout=30, follow_redirects=True, trust_env=False)
        page = self._http.get("/admin/login/")
        sent = {**fields_of(page.text), "username": name, "password": password, "next": "/admin/"}
        self._accepted(self._http.post("/admin/login/", data=sent))
        assert "sessionid" in self._http.cookies, "the login was refused"

    def publish(self, record: str, **changes: str) -> None:
        """Change fields (dots written as two underscores) of a record and publish it."""
        self._send(f"{RECORDS}/{record}/change/", PUBLISH, changes)

    def draft(self, record: str, **changes: str) -> None:
        """Change fields of a record and keep them as a draft."""
        self._send(f"{RECORDS}/{record}/change/", SAVE, changes)

    def add(self, kind: str, record: str, fields: dict[str, str]) -> None:
        """Make a new record from its kind's form and publish it."""
        self._send(f"{RECORDS}/add/?kind={kind}", SAVE, {"id": record, **fields})
        self.publish(record)

    def value(self, record: str, field: str) -> str:
        """What the form shows in a field."""
        return fields_of(self._http.get(f"{RECORDS}/{record}/change/").text)[field]

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, address: str, button: str, changes: dict[str, str]) -> None:
        page = self._accepted(self._http.get(address))
        fields = fields_of(page.text)
        changed = {name.replace("__", "."): value for name, value in changes.items()}
        unknown = changed.keys() - fields.keys()
        assert not unknown, f"the form has no fields {sorted(unknown)}"
        data = {**fields, **changed, button: "1"}
        self._accepted(self._http.post(address, data=data, headers={"Referer": str(page.url)}))

    @staticmethod
    def _accepted(answer: httpx.Response) -> httpx.Response:
        answer.raise_for_status()
        # Django shows a refused form again, with its faults, under status 200.
        assert "errornote" not in answer.text, answer.text
        return answer


class _Fields(HTMLParser):
    """Collects what a browser would send for the largest form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = [{}]
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        name = given.get("name") or ""
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "select":
            self._select = name
            self.forms[-1][name] = ""
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1][self._select] = given.get("value") or ""
        elif tag == "input" and name:
            self._input(name, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type") or "text"
        if kind in ("submit", "button", "file", "image"):
            return
        if kind not in ("checkbox", "radio") or "checked" in given:
            self.forms[-1][name] = given.get("value") or ("on" if kind == "checkbox" else "")


def fields_of(page: str) -> dict[str, str]:
    """Name → value of the fields of a page's largest form."""
    parser = _Fields()
    parser.feed(page)
    # A browser drops the line break that follows the opening tag of a text area.
    return {name: value.removeprefix("\n") for name, value in max(parser.forms, key=len).items()}
