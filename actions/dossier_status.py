"""Looking up a dossier: a form asks for code and PIN; questions in between are answered and the form goes on.

Code and PIN leave the slots as soon as the look-up is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import faults, registry
from actions.base import Answering, Events, offer_person
from actions.dossiers import chosen
from actions.dossiers.source import Dossier, Malformed, SourceDown, TooManyTries, Unknown
from actions.reply import Reply, bullets, button, paragraphs
from actions.turn import Turn, turn_of
from bot.common import formats, names
from bot.common.masking import PIN

MOST_TRIES = 5
# Below this a "cancel" may be something else, and a half-filled form is worth a question.
SURE_TO_CANCEL = 0.7

_CODE = re.compile(
    r"(?<![\w.-])(?=[\w.-]*[A-Za-z])(?=[\w.-]*\d)[A-Za-z0-9]{1,6}(?:[.-][A-Za-z0-9]{1,10}){2,4}(?![\w-])"
)
_PIN = re.compile(r"(?<![\w.-])\d{4,8}(?![\w.-])")
_RECORD_ID = re.compile(r"[a-z0-9_.-]+")
_WORDS_OF_A_VALUE = 6
# Stands in place of a PIN when the message could not be answered at once: it has to be asked again.
_GONE = f"[{PIN}]"


@dataclass(frozen=True)
class Found:
    """What a message gives the form: a value, or an attempt at one that does not fit (`wrong`)."""

    code: str | None = None
    pin: str | None = None
    wrong: bool = False


class DossierStatus(Action):
    """Begins a look-up: forgets what an earlier one left and takes the code from the question."""

    def name(self) -> str:
        """The action's name in the domain."""
        return names.action_of("dossier_status")

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Only slots; the form speaks."""
        text = (tracker.latest_message or {}).get("text") or ""
        found = read(text, None)
        return [
            SlotSet(names.DOSSIER_CODE_SLOT, found.code),
            SlotSet(names.DOSSIER_PIN_SLOT, found.pin if found.code else None),
        ]


class ValidateDossierForm(Action):
    """Fills the form from a message. No slot set means: this was a question, let its own action answer."""

    def name(self) -> str:
        """The name by which Rasa finds a form's validation."""
        return f"validate_{names.DOSSIER_FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Slots to set; an attempt that does not fit is explained and asked for again."""
        turn = turn_of(tracker, registry.Reading(registry.shared()))
        if (turn.slots.get(names.DOSSIER_TRIES_SLOT) or 0) >= MOST_TRIES:
            return [SlotSet(names.DOSSIER_CODE_SLOT, None), SlotSet(names.REQUESTED_SLOT, None)]
        if turn.intent == names.SELECT_RECORD or turn.text.startswith("/"):
            return []
        found = read(turn.text, turn.requested_slot)
        if found.wrong:
            wrong = "code" if turn.requested_slot == names.DOSSIER_CODE_SLOT else "pin"
            dispatcher.utter_message(json_message=Reply(turn.say(f"dossier.wrong.{wrong}")).message())
            return [SlotSet(turn.requested_slot, None)]
        values = {names.DOSSIER_CODE_SLOT: found.code, names.DOSSIER_PIN_SLOT: found.pin}
        return [SlotSet(slot, value) for slot, value in values.items() if value]


class AskDossierCode(Answering):
    """Asks for the code."""

    def name(self) -> str:
        """The name by which Rasa finds a slot's question."""
        return f"action_ask_{names.DOSSIER_CODE_SLOT}"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        return Reply(turn.say("dossier.ask.code"), buttons=[_cancel(turn)])


class AskDossierPin(Answering):
    """Asks for the PIN."""

    def name(self) -> str:
        """The name by which Rasa finds a slot's question."""
        return f"action_ask_{names.DOSSIER_PIN_SLOT}"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        code = turn.slots.get(names.DOSSIER_CODE_SLOT)
        return Reply(turn.say("dossier.ask.pin", code=code), buttons=[_cancel(turn)])


class DossierResult(Answering):
    """Looks the dossier up and says its state: found, unknown, wrong form, too many tries, source down."""

    intent = "dossier_result"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        tries = int(turn.slots.get(names.DOSSIER_TRIES_SLOT) or 0)
        if tries >= MOST_TRIES:
            return _emptied(offer_person(turn, turn.say("dossier.too_many")))
        code, pin = turn.slots.get(names.DOSSIER_CODE_SLOT), turn.slots.get(names.DOSSIER_PIN_SLOT)
        try:
            dossier = chosen.source().find(code or "", pin or "", turn.registry.seconds)
        except Unknown:
            reply = _try_again(turn, "dossier.unknown")
            reply.slots[names.DOSSIER_TRIES_SLOT] = tries + 1
        except Malformed:
            reply = _try_again(turn, "dossier.malformed")
        except TooManyTries:
            reply = offer_person(turn, turn.say("dossier.too_many"))
        except SourceDown as error:
            faults.note(self.name(), turn.conversation, error)
            reply = offer_person(turn, turn.say("dossier.down"))
        else:
            reply = _state(turn, dossier)
        return _emptied(reply)


class Cancel(Answering):
    """Stops a look-up when that is surely meant; elsewhere there is nothing to stop."""

    intent = "cancel"

    def answer(self, turn: Turn) -> Reply:
        """See the class."""
        if turn.in_form and turn.confidence < SURE_TO_CANCEL:
            return Reply(turn.say("talk.cancel.unsure"), buttons=[_cancel(turn)])
        reply = _emptied(Reply(turn.say("talk.cancel")))
        if turn.in_form:
            reply.events = [ActiveLoop(None), SlotSet(names.REQUESTED_SLOT, None)]
        return reply


def read(text: str, requested: str | None) -> Found:
    """Code and PIN in a message. A number is a PIN only when one is asked for or a code stands beside it."""
    match = _CODE.search(text)
    rest = text.replace(match.group(), " ") if match else text
    pins = _PIN.findall(rest)
    short = len(text.split()) <= _WORDS_OF_A_VALUE
    pin_expected = match is not None or (requested == names.DOSSIER_PIN_SLOT and short)
    pin = pins[0] if len(pins) == 1 and pin_expected else None
    code = match.group().upper() if match else None
    # An attempt is one word with digits in it, or a PIN that is gone; anything longer is a question.
    one_word = len(text.split()) == 1 and any(c.isdigit() for c in text)
    attempt = requested is not None and (one_word or (short and _GONE in text))
    missing = pin is None if requested == names.DOSSIER_PIN_SLOT else code is None
    return Found(code, pin, wrong=attempt and missing)


def _state(turn: Turn, dossier: Dossier) -> Reply:
    procedure = _procedure(turn, dossier.procedure)
    lines = {
        "procedure": procedure["name"][turn.language] if procedure else dossier.procedure,
        "applicant": dossier.applicant[turn.language] if dossier.applicant else None,
        "received": _day(turn, dossier.received_on),
        "due": _day(turn, dossier.due_on) or turn.say("dossier.due.none"),
        "updated": _day(turn, dossier.updated_on),
    }
    state = turn.say(f"dossier.state.{dossier.status}")
    told = bullets([turn.say(f"dossier.line.{key}", value=value) for key, value in lines.items() if value])
    demonstration = turn.say("dossier.demonstration") if dossier.demonstration else None
    text = "\n".join((turn.say("dossier.found", code=dossier.code, state=state), told))
    reply = Reply(paragraphs(text, demonstration))
    reply.slots[names.DOSSIER_TRIES_SLOT] = 0
    if procedure:
        reply.slots |= {names.RECORD_SLOT: procedure["id"], names.ASPECT_SLOT: names.OVERVIEW}
    return reply


def _procedure(turn: Turn, told: str | None) -> registry.Record | None:
    """Our record, when what the source calls it is the id of one and the registry can be reached."""
    if not told or not _RECORD_ID.fullmatch(told):
        return None
    try:
        return turn.registry.find(told, names.PROCEDURE)
    except registry.RegistryDown:
        return None


def _day(turn: Turn, day: str | None) -> str | None:
    return formats.day(day, turn.language) if day else None


def _try_again(turn: Turn, key: str) -> Reply:
    reply = offer_person(turn, turn.say(key))
    reply.buttons.insert(0, button(turn.say("button.dossier"), "dossier_status"))
    return reply


def _emptied(reply: Reply) -> Reply:
    reply.slots |= {names.DOSSIER_CODE_SLOT: None, names.DOSSIER_PIN_SLOT: None}
    return reply


def _cancel(turn: Turn) -> dict[str, str]:
    return button(turn.say("button.cancel"), "cancel")
