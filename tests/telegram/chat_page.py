"""A chat drawn as an app shows it, from what was really sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.telegram.bot_api import Sent

STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 430px; font: 15px/1.38 "Noto Sans", "DejaVu Sans", sans-serif; color: #111;
  background: #d5e3d0 }
header { display: flex; gap: 12px; align-items: center; padding: 10px 14px; background: #fff;
  border-bottom: 1px solid #d0d7cf }
header b { display: block } header small { color: #6b7480 }
.face { width: 40px; height: 40px; border-radius: 50%; background: #1f5fa8; color: #fff; font-weight: 700;
  display: grid; place-items: center; font-size: 12px }
main { display: flex; flex-direction: column; gap: 6px; padding: 12px }
.said { max-width: 88%; align-self: flex-start }
.said.me { align-self: flex-end }
.bubble { padding: 7px 11px; border-radius: 12px; background: #fff; white-space: pre-wrap;
  overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002 }
.me .bubble { background: #e4fbc9 }
.name { color: #1f5fa8; font-weight: 600; font-size: 13px }
.reply { border-left: 3px solid #1f5fa8; padding-left: 7px; color: #55606b; font-size: 13px;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
blockquote { border-left: 3px solid #1f5fa8; background: #1f5fa80f; border-radius: 5px; padding: 4px 8px;
  font-size: 14px }
a { color: #1767b3; text-decoration: none }
.row { display: flex; gap: 4px; margin-top: 4px }
.row span { flex: 1; text-align: center; padding: 7px 6px; border-radius: 9px; background: #5b7d5899;
  color: #fff; font-size: 14px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.row .pressed { background: #2f5d2b }
.file { display: flex; gap: 9px; align-items: center }
.file i { width: 36px; height: 36px; border-radius: 50%; background: #1f5fa8; color: #fff; display: grid;
  place-items: center; font-style: normal }
.map { display: grid; place-items: center; height: 110px; margin: -2px -6px 5px; border-radius: 8px;
  background: repeating-linear-gradient(35deg, #dfe7ee 0 22px, #eef3f6 22px 44px) }
.map i { width: 16px; height: 16px; border-radius: 50% 50% 50% 0; background: #d33;
  transform: rotate(-45deg) }
.bubble s, .bubble small { color: #6b7480 }
.edited { color: #7a8a73; font-size: 12px; text-align: right }
"""
_EDITED = "edited"


@dataclass(frozen=True)
class Said:
    """What a person wrote or sent; `former` is what it said before it was edited."""

    text: str
    message_id: int
    at: float
    name: str = ""
    former: str = ""


@dataclass(frozen=True)
class Pressed:
    """A button that a person pressed."""

    message_id: int
    title: str


def page(
    title: str, under: str, said: Sequence[Said], pressed: Sequence[Pressed], sent: Sequence[Sent]
) -> str:
    """The whole page; messages in the order in which they were sent, edits in place."""
    latest = {one.message_id: one for one in sent}
    first = {one.message_id: one for one in reversed(sent)}
    texts = {one.message_id: one.text for one in said} | {key: one.text for key, one in latest.items()}
    bubbles = [(one.at, _mine(one)) for one in said]
    bubbles += [(first[key].at, _theirs(latest[key], pressed, texts)) for key in first]
    body = "".join(bubble for _, bubble in sorted(bubbles, key=lambda pair: pair[0]))
    head = f'<div class="face">HEZA</div><div><b>{escape(title)}</b><small>{escape(under)}</small></div>'
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>'
        f"<header>{head}</header><main>{body}</main>"
    )


def _mine(said: Said) -> str:
    name = f'<div class="name">{escape(said.name)}</div>' if said.name else ""
    former = f"<s>{escape(said.former)}</s>\n" if said.former else ""
    edited = f'<div class="edited">✎ {escape(_EDITED)}</div>' if said.former else ""
    side = "said" if said.name else "said me"
    return f'<div class="{side}"><div class="bubble">{name}{former}{escape(said.text)}{edited}</div></div>'


def _theirs(sent: Sent, pressed: Sequence[Pressed], texts: dict[int, str]) -> str:
    words = sent.params.get("text") or escape(sent.params.get("caption") or "")
    if sent.method == "sendVenue":
        title, address = (escape(sent.params[name]) for name in ("title", "address"))
        words = f'<span class="map"><i></i></span><b>{title}</b>\n<small>{address}</small>'
    if sent.method == "sendDocument":
        words = f'<span class="file"><i>↓</i>conversation.json</span>\n{words}'
    reply = json.loads(sent.params.get("reply_parameters") or "{}").get("message_id")
    quoted = f'<div class="reply">{escape(texts.get(reply, "")[:60])}</div>' if reply in texts else ""
    markup = json.loads(sent.params.get("reply_markup") or "{}")
    rows = "".join(_row(row, sent, pressed) for row in markup.get("inline_keyboard", []))
    return f'<div class="said"><div class="bubble">{quoted}{words}</div>{rows}</div>'


def _row(row: Sequence[dict[str, str]], sent: Sent, pressed: Sequence[Pressed]) -> str:
    def one(button: dict[str, str]) -> str:
        mark = ' class="pressed"' if Pressed(sent.message_id, button["text"]) in pressed else ""
        return f"<span{mark}>{escape(button['text'])}</span>"

    return f'<div class="row">{"".join(one(button) for button in row)}</div>'
