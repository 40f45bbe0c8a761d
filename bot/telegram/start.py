"""/start, alone or with what a link `t.me/BOT?start=…` carries.

`r_RECORD` opens a record, `c_CODE` goes on with a conversation from the website (POST /api/v1/links).
"""

from __future__ import annotations

import json

from telegram import Update

from bot.conversations.database import patient, run
from bot.conversations.inbound import Inbound
from bot.conversations.models import ButtonToken
from bot.conversations.outgoing import Button
from bot.registry.models import Record
from bot.telegram import chats
from bot.telegram.asking import name_of_message
from bot.telegram.door import Context, Door, door_of
from bot.telegram.patience import patiently
from bot.telegram.places import Place, place_of
from bot.telegram.wording import TELEGRAM

_RECORD, _CODE = "r_", "c_"


async def start(update: Update, context: Context) -> None:
    """Greet; open what the link is for."""
    door, place, message = door_of(context), place_of(update), update.effective_message
    if place is None or message is None:
        return
    given = (context.args or [""])[0]
    earlier = await patiently(lambda: run(chats.find, place))
    carried = given.startswith(_CODE) and not place.is_group
    if earlier and earlier.begun_by == message.message_id and (carried or not given):
        # Brought a second time; the first words may still be on their way.
        door.beside(door.post.deliver(place.ref))
        return
    if carried:
        await _carry_over(door, place, given.removeprefix(_CODE), message.message_id)
    elif given.startswith(_RECORD):
        await _open(door, place, given.removeprefix(_RECORD), message.message_id)
    elif given:
        await door.talk_of(place, message.message_id)
        await _nothing_there(door, place)
    elif earlier is None:
        await door.talk_of(place, message.message_id)
        door.beside(door.post.deliver(place.ref))
    else:
        title = TELEGRAM.say("command_help", earlier.speaks)
        await _ask(door, place, message.message_id, Button(title, ButtonToken.Kind.PAYLOAD, "/help"))


async def _open(door: Door, place: Place, record_id: str, message_id: int) -> None:
    """Ask the assistant for a record, as if its button had been pressed."""
    talk = await door.talk_of(place, message_id)
    record = await patiently(lambda: run(_record, record_id))
    if record is None:
        await _nothing_there(door, place)
        return
    payload = f"/select_record{json.dumps({'record': record.pk, 'kind': record.kind})}"
    title = record.name_en if talk.speaks == "en" else record.name_vi
    await _ask(door, place, message_id, Button(title, ButtonToken.Kind.PAYLOAD, payload))


@patient
def _record(record_id: str) -> Record | None:
    return Record.objects.filter(pk=record_id, published=True).first()


async def _carry_over(door: Door, place: Place, code: str, message_id: int) -> None:
    talk = await patiently(lambda: run(chats.carry_over, code, place, message_id))
    if talk is not None:
        await door.say(place, "carried_over", talk.speaks)
        return
    await door.talk_of(place, message_id)
    await _nothing_there(door, place)


async def _nothing_there(door: Door, place: Place) -> None:
    """After the first words, if they are new: the link leads nowhere."""
    await door.say(place, "link_unknown", await door.language_of(place))


async def _ask(door: Door, place: Place, message_id: int, command: Button) -> None:
    inbound = Inbound(name_of_message(door.bot_id, message_id), command=command)
    await door.ask(place, inbound, message_id)
