"""Addresses below /staff/conversations/."""

from __future__ import annotations

from django.urls import path

from bot.console.conversations import export, listing, noting, transcript

urlpatterns = [
    path("", listing.listing, name="conversations"),
    path("export/<str:form>/", export.export, name="export"),
    path("filters/", listing.save_filter, name="save_filter"),
    path("filters/<int:saved>/drop/", listing.drop_filter, name="drop_filter"),
    path("<uuid:conversation>/", transcript.transcript, name="conversation"),
    path("<uuid:conversation>/labels/", noting.add_label, name="add_label"),
    path("<uuid:conversation>/labels/<int:label>/drop/", noting.drop_label, name="drop_label"),
    path("<uuid:conversation>/notes/", noting.add_note, name="add_note"),
    path("<uuid:conversation>/assign/", noting.assign, name="assign"),
    path("<uuid:conversation>/test/", noting.mark_test, name="mark_test"),
    path("<uuid:conversation>/review/", noting.review, name="review"),
]
