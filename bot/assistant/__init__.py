"""What runs inside Rasa: the understanding (`nlu`), the signed door to the gateway and the short memory.

A message comes in by `door.py`, the one input channel; `messages.py` checks what it holds. What the actions
say is collected by `answers.py`, what was understood is read from the turn by `understood.py`, and both go
back in one answer. `memory.py` keeps each conversation's slots and last turns, `action_results.py` checks
what the action server returns, `evaluate_public.py` measures the classifier on public sets of questions.
"""
