"""What staff do in the demonstration: answer, judge, label, note, handle inquiries. One account a role."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random

from django.contrib.auth.models import User
from django.utils import timezone

from bot.common.text import fold
from bot.console import roles, wording
from bot.console.demo.script import Desk, Script
from bot.console.demo.telling import Asked, Told
from bot.console.judging.queue import judgeable
from bot.console.learning import examples
from bot.console.models import (
    CannedReply,
    Case,
    ExampleState,
    Judgement,
    Label,
    Note,
    Outcome,
    SavedFilter,
    TrainingExample,
    Turn,
    Verdict,
)
from bot.console.roles import Role
from bot.conversations import handoff, inquiries
from bot.conversations.inquiries import Contact
from bot.conversations.models import Consent, Conversation, Inquiry, InquiryState, Message

PREFIX = "minh-hoa-"
_JUDGED, _REVIEWED, _LABELLED = 0.65, 0.4, 0.25
_REFUSED = "refused"


def accounts() -> dict[Role, User]:
    """The accounts of the demonstration, named by their role; without passwords until a link is used."""
    found = {}
    for role in Role:
        words = wording.words("role")[role]["vi"]
        user, made = User.objects.get_or_create(
            username=f"{PREFIX}{role}", defaults={"first_name": f"{words} (minh họa)"}
        )
        if made:
            user.set_unusable_password()
            user.save()
        roles.give(user, role)
        found[role] = User.objects.get(pk=user.pk)
    return found


def forget_lessons() -> None:
    """Examples of an earlier demonstration; they would be learned at the next training."""
    TrainingExample.objects.filter(proposed_by__username__startswith=PREFIX).delete()


def at_the_desk(conversation: uuid.UUID, desk: Desk, officer: User) -> None:
    """Claim, reply, and end it as the script says."""
    handoff.claim(conversation, officer)
    for reply in desk.replies:
        handoff.reply(conversation, officer, reply, uuid.uuid4().hex)
    if desk.then == "returned":
        handoff.give_back(conversation, officer)
    elif desk.then == "closed":
        handoff.close(conversation, officer)


def judge(told: Iterable[Told], reviewer: User, chance: Random) -> int:
    """Judge many of the answers by what the script expects; how many."""
    steps = {asked.message: asked for each in told for asked in each.asked if asked.step.expect}
    # What was asked yesterday is still to be judged.
    known = judgeable().filter(pk__in=steps, at__lt=timezone.now() - timedelta(days=2))
    judgements = [
        Judgement(
            message_id=turn.pk,
            by=reviewer,
            at=turn.at + timedelta(hours=20),
            **_verdict(turn, steps[turn.pk]),
        )
        for turn in known
        if chance.random() < _JUDGED
    ]
    Judgement.objects.bulk_create(judgements)
    return len(judgements)


def note(script: Script, told: Sequence[Told], officer: User, chance: Random) -> None:
    """Labels, notes, reviews, a shared filter and the canned replies."""
    labels = [Label.objects.get_or_create(name=name)[0] for name in script.labels]
    cases = list(Case.objects.filter(pk__in=[each.conversation for each in told]))
    for case in cases:
        if chance.random() < _REVIEWED:
            case.reviewed_by, case.reviewed_at = officer, timezone.now()
            case.save(update_fields=["reviewed_by", "reviewed_at"])
        if case.refused or chance.random() < _LABELLED / 2:
            case.labels.add(labels[0] if case.refused else chance.choice(labels))
    for case, text in zip(chance.sample(cases, len(script.notes)), script.notes, strict=True):
        Note.objects.create(conversation=case.conversation, text=text, by=officer)
    SavedFilter.objects.get_or_create(
        owner=officer,
        name="Bị từ chối, chưa xem",
        defaults={"query": "outcome=refused&reviewed=no", "shared": True},
    )
    for pair in script.canned:
        title, words = pair["title"], pair["text"]
        CannedReply.objects.get_or_create(
            title_vi=title["vi"],
            title_en=title["en"],
            defaults={"text_vi": words["vi"], "text_en": words["en"]},
        )


def inquire(script: Script, told: Sequence[Told], officer: User) -> None:
    """Formal inquiries out of conversations that the script finds by a word."""
    taken: set[uuid.UUID] = set()
    for entry in script.inquiries:
        chosen = next(
            each
            for each in told
            if each.conversation not in taken and _says(each, entry["talk"]) and not each.talk.now
        )
        taken.add(chosen.conversation)
        summary = inquiries.draft(chosen.conversation)
        contact = Contact(entry["name"], entry["company"], entry["email"])
        Conversation.objects.filter(pk=chosen.conversation).update(channel="web")
        receipt = inquiries.send(
            chosen.conversation, uuid.uuid4().hex, summary, contact, [Consent.Purpose.ANSWER_INQUIRY]
        )
        found = Inquiry.objects.get(code=receipt.code)
        state = InquiryState(entry["state"])
        if "answer" in entry:
            inquiries.answer(found.pk, entry["answer"], officer, state)
        Inquiry.objects.filter(pk=found.pk).update(state=state)


def teach(script: Script, told: Iterable[Told], reviewer: User, manager: User) -> int:
    """Examples out of what was asked, proposed by one and some approved by another; how many are approved."""
    asked = {each.step.ask: each.message for talk in told for each in talk.asked}
    approved = 0
    for lesson in script.lessons:
        turn = Turn.objects.get(pk=asked[lesson["ask"]])
        text = (lesson["ask"], turn.language, turn.pk)
        for made in examples.propose([text], examples.parted(lesson["label"]), reviewer):
            if lesson["state"] == ExampleState.APPROVED:
                examples.decide(made.pk, True, manager)
                approved += 1
    return approved


def _verdict(turn: Turn, asked: Asked) -> dict[str, str]:
    expected = asked.step.expect
    if _REFUSED in expected:
        right = turn.outcome == Outcome.REFUSED
        return {"verdict": Verdict.RIGHT if right else Verdict.SHOULD_HAVE_REFUSED}
    if turn.record in expected or turn.outcome == Outcome.ASKED:
        return {"verdict": Verdict.RIGHT}
    if turn.outcome == Outcome.REFUSED:
        return {"verdict": Verdict.CONTENT_MISSING, "right_record": expected[0]}
    return {"verdict": Verdict.WRONG_RECORD, "right_record": expected[0]}


def _says(told: Told, words: str) -> bool:
    texts = Message.objects.filter(conversation=told.conversation, author="user").values_list(
        "text", flat=True
    )
    return any(fold(words) in fold(text) for text in texts)
