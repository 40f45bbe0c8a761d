"""Figures: how much was asked, what became of it, how good it was. Each opens the conversations behind it."""
