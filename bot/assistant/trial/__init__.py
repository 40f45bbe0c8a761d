"""Trying an understanding without a server: asked questions, what the answers are worth, two models compared.

`questions` reads tests/quality, `asking` puts them to what a model learned, `grading` says what came of it,
and `compare` is the program that the console has run before a new model may answer investors.
"""
