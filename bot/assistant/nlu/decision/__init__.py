"""From a reading and the conversation to a decision: answer, ask between these, or not mine."""

from bot.assistant.nlu.decision.aspects import aspect_of
from bot.assistant.nlu.decision.beside import decide
from bot.assistant.nlu.decision.shapes import Candidate, Context, Decision, Reading

__all__ = ["Candidate", "Context", "Decision", "Reading", "aspect_of", "decide"]
