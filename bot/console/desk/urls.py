"""Addresses below /staff/desk/."""

from __future__ import annotations

from django.urls import path

from bot.console.desk import canned, deeds, pages

urlpatterns = [
    path("", pages.desk, name="desk"),
    path("waiting/", pages.waiting, name="desk_waiting"),
    path("count/", pages.count, name="desk_count"),
    path("talks/<uuid:conversation>/", pages.talk, name="desk_talk"),
    path("talks/<uuid:conversation>/fresh/", pages.fresh, name="desk_fresh"),
    path("talks/<uuid:conversation>/call/", deeds.call, name="desk_call"),
    path("talks/<uuid:conversation>/claim/", deeds.claim, name="desk_claim"),
    path("talks/<uuid:conversation>/transfer/", deeds.transfer, name="desk_transfer"),
    path("talks/<uuid:conversation>/reply/", deeds.reply, name="desk_reply"),
    path("talks/<uuid:conversation>/typing/", deeds.typing, name="desk_typing"),
    path("talks/<uuid:conversation>/give-back/", deeds.give_back, name="desk_give_back"),
    path("talks/<uuid:conversation>/close/", deeds.close, name="desk_close"),
    path("canned/", canned.canned, name="canned"),
    path("canned/save/", canned.save, name="canned_add"),
    path("canned/<int:reply>/save/", canned.save, name="canned_save"),
    path("canned/<int:reply>/drop/", canned.drop, name="canned_drop"),
]
