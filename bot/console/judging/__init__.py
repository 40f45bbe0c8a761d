"""Judging answers one after the other, by keyboard."""
