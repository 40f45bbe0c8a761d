"""Rasa custom actions: a file per capability; `registry.py` is the only HTTP client."""
