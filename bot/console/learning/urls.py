"""Addresses of the learning room, below /staff/learning/."""

from __future__ import annotations

from django.urls import path

from bot.console.learning import data_pages, example_pages, inbox_pages, model_pages

urlpatterns = [
    path("", inbox_pages.inbox, name="inbox"),
    path("read/", inbox_pages.read, name="read"),
    path("find/", inbox_pages.find, name="find"),
    path("groups/<int:group>/propose/", inbox_pages.propose, name="propose"),
    path("groups/<int:group>/set-aside/", inbox_pages.set_aside, name="set_aside"),
    path("corrections/", inbox_pages.corrections, name="corrections"),
    path("corrections/<int:message>/propose/", inbox_pages.correct, name="correct"),
    path("examples/", example_pages.examples, name="examples"),
    path("examples/write/", example_pages.write, name="write"),
    path("examples/decide/", example_pages.decide, name="decide"),
    path("examples/patch/", example_pages.patch, name="patch"),
    path("data/", data_pages.data, name="data"),
    path("data/look/", data_pages.look, name="look"),
    path("models/", model_pages.models, name="models"),
    path("models/train/", model_pages.train, name="train"),
    path("models/<int:row>/", model_pages.model, name="model"),
    path("models/<int:row>/state/", model_pages.state, name="state"),
    path("models/<int:row>/promote/", model_pages.promote, name="promote"),
    path("models/<int:row>/compare/", model_pages.compare, name="compare"),
    path("models/<int:row>/roll-back/", model_pages.roll_back, name="roll_back"),
    path("models/<int:row>/finish/", model_pages.finish, name="finish"),
    path("models/<int:row>/discard/", model_pages.discard, name="discard"),
]
