"""A record leads: whether it is answered, or is too doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.assistant.nlu.decision.aspects import aspect_of, plain
from bot.assistant.nlu.decision.shapes import Candidate, Context, Decision, Reading, answer
from bot.assistant.nlu.decision.unsure import unsure
from bot.assistant.nlu.gazetteer import Mention
from bot.common.names import FAQ, PROCEDURE, STATISTIC

# From here on a zone or rule that is named, or spoken of, is meant.
SURE = 0.42
# Any other record is answered at this, found on the tables in docs/quality: a wrong answer costs more than
# asking back. The same of a question, whose answer is a text of its own and misleads more.
SURE_RECORD, SURE_QUESTION = 0.50, 0.55
# A procedure that is named exactly is answered at this.
NAMED = 0.30
# A name of so many words is no everyday phrase.
LONG_NAME, MOST_OF_IT = 4, 0.5
# Below this likelihood even a record that is named is not meant.
HARDLY = 0.05
# A question this likely is the very one that was asked.
THE_VERY_QUESTION = 0.95
# What a figure that is named must hold of the share of a question that tells it too.
SHARE_OF_FIGURE = 0.30
# Aspects that a procedure has a figure or list for, and how plainly one must be asked for to go before a FAQ.
FIGURES = ("time", "fee", "documents")
OF_PROCEDURES = (*FIGURES, "where", "authority", "online")
ASPECT_PLAIN = 0.88
# What it must hold of the FAQ's share: when it is named, and when it is not.
SHARE_OF_FAQ, UNNAMED_SHARE_OF_FAQ = 0.02, 0.2
# The same of one that the FAQ is not about.
LEAST_BEFORE_FAQ, SHARE_BEFORE_FAQ = 0.45, 0.6


def best_record(reading: Reading, context: Context) -> Decision:
    """Answered when it is sure together with those that answer about the same."""
    best = _before_a_question(reading, context) or reading.candidates[0]
    twins = _twins(reading, context, best)
    sure = together(reading, context, best)
    named_likely = best.record in _named(reading, PROCEDURE, exactly=True) and best.score >= NAMED
    chosen = _answering(reading, best, twins)
    least = SURE_QUESTION if chosen.kind == FAQ else SURE_RECORD
    if sure < least and not named_likely:
        return _figure_of_the_named(reading) or unsure(reading)
    kind = str(chosen.kind)
    decision = answer(chosen.intent, str(chosen.record), kind, aspect_of(reading.aspects, kind), sure)
    return replace(decision, candidates=tuple(c for c in (best, *twins) if c.record != chosen.record))


def together(reading: Reading, context: Context, best: Candidate) -> float:
    """How likely a record is with those that answer about the same."""
    return best.score + sum(twin.score for twin in _twins(reading, context, best))


def _twins(reading: Reading, context: Context, best: Candidate) -> list[Candidate]:
    alike = context.related.get(str(best.record), ())
    return [c for c in reading.candidates if c is not best and c.record in alike]


def _before_a_question(reading: Reading, context: Context) -> Candidate | None:
    """The likeliest procedure, where a figure of it is asked and a question about another hardly likelier.

    "Papers for raising the capital in our certificate" fits the question about papers for a certificate.
    """
    question = reading.candidates[0]
    aspect = aspect_of(reading.aspects, PROCEDURE)
    if question.kind != FAQ or aspect not in FIGURES or reading.aspects[str(aspect)] < ASPECT_PLAIN:
        return None
    found = next((c for c in reading.candidates if c.kind == PROCEDURE), None)
    alike = context.related.get(str(question.record), ())
    if found is None or found.record in alike or named_in_full(reading) & set(alike):
        return None
    with_its_own = together(reading, context, question)
    return found if found.score >= max(LEAST_BEFORE_FAQ, SHARE_BEFORE_FAQ * with_its_own) else None


def _answering(reading: Reading, best: Candidate, twins: Sequence[Candidate]) -> Candidate:
    """Which of the likeliest and those related to it answers: perhaps what stands behind a question."""
    if best.kind != FAQ:
        return best
    aspect = aspect_of(reading.aspects, PROCEDURE)
    asks = reading.tie or plain(reading.aspects, PROCEDURE)
    in_full = named_in_full(reading) if asks and best.score < THE_VERY_QUESTION else frozenset()
    own = next((twin for twin in twins if twin.record in in_full), None)
    return (
        own or _figure_named(reading, best, twins) or _procedure_behind(reading, best, twins, aspect) or best
    )


def _figure_of_the_named(reading: Reading) -> Decision | None:
    """Where nothing is sure, the figure of the one procedure that is named by a whole long name."""
    aspect = plain(reading.aspects, PROCEDURE, ASPECT_PLAIN)
    named = {
        mention.records[0]
        for mention in reading.mentions
        if mention.kind == PROCEDURE and len(mention.records) == 1 and _in_full(mention)
    }
    found = next((c for c in reading.candidates if c.record in named and c.score >= HARDLY), None)
    if aspect not in OF_PROCEDURES or len(named) != 1 or found is None:
        return None
    return answer(found.intent, str(found.record), PROCEDURE, aspect, found.score)


def _named(reading: Reading, kind: str, exactly: bool = False) -> frozenset[str]:
    """Records of a kind that a name in the message means alone; `exactly`: spelt as the name is."""
    return frozenset(
        mention.records[0]
        for mention in reading.mentions
        if mention.kind == kind and len(mention.records) == 1 and (mention.likeness == 1.0 or not exactly)
    )


def _figure_named(reading: Reading, best: Candidate, twins: Sequence[Candidate]) -> Candidate | None:
    """Of what "LG" has invested its own figure, not a question that tells it among others."""
    named = _named(reading, STATISTIC)
    likely = (twin for twin in twins if twin.record in named and twin.score >= SHARE_OF_FIGURE * best.score)
    return next(likely, None)


def _procedure_behind(
    reading: Reading, best: Candidate, twins: Sequence[Candidate], aspect: str | None
) -> Candidate | None:
    """Of a procedure "how long" is its own figure, not a question about it."""
    plainly = aspect in OF_PROCEDURES and reading.aspects[str(aspect)] >= ASPECT_PLAIN
    if best.score >= THE_VERY_QUESTION or not (plainly or _several(reading)):
        return None
    named = _named(reading, PROCEDURE)
    for twin in twins:
        least = SHARE_OF_FAQ if twin.record in named and aspect in FIGURES else UNNAMED_SHARE_OF_FAQ
        if twin.kind == PROCEDURE and twin.score >= least * best.score:
            return twin
    return None


def named_in_full(reading: Reading) -> frozenset[str]:
    """Procedures whose name, a whole long one, is most of the message: what else it says is asked of them."""
    return frozenset(
        mention.records[0]
        for mention in reading.mentions
        if mention.kind == PROCEDURE
        and len(mention.records) == 1
        and _in_full(mention)
        and mention.end - mention.start >= MOST_OF_IT * len(reading.text)
    )


def _in_full(mention: Mention) -> bool:
    """Whether it is a whole long name, spelt as it is."""
    return mention.likeness == 1.0 and len(mention.text.split()) >= LONG_NAME


def _several(reading: Reading) -> bool:
    """Whether a message asks for several things that only the procedure has together."""
    return len({plain(part, PROCEDURE) for part in reading.parts} & {*FIGURES, "steps", "authority"}) > 1
