"""Addresses of the records, below /staff/records/."""

from __future__ import annotations

from django.urls import path

from bot.console.records import edit_pages, exchange_pages, history_pages, list_pages, review_pages

urlpatterns = [
    path("", list_pages.records, name="list"),
    path("new/<str:kind>/", edit_pages.new, name="new"),
    path("new/<str:kind>/add/", edit_pages.add, name="add"),
    path("new/<str:kind>/preview/", edit_pages.preview_new, name="preview_new"),
    path("export/", exchange_pages.export, name="export"),
    path("import/", exchange_pages.choose, name="choose"),
    path("import/take/", exchange_pages.take, name="take"),
    path("expiry/", review_pages.expiry, name="expiry"),
    path("recall/", review_pages.changed, name="changed"),
    path("<str:record>/", edit_pages.edit, name="edit"),
    path("<str:record>/save/", edit_pages.save, name="save"),
    path("<str:record>/preview/", edit_pages.preview, name="preview"),
    path("<str:record>/publish/", edit_pages.publish, name="publish"),
    path("<str:record>/discard/", edit_pages.discard, name="discard"),
    path("<str:record>/confirm/", edit_pages.confirm, name="confirm"),
    path("<str:record>/withdraw/", edit_pages.withdraw, name="withdraw"),
    path("<str:record>/history/", history_pages.history, name="history"),
    path("<str:record>/history/<int:version>/restore/", history_pages.restore, name="restore"),
    path("<str:record>/recall/", review_pages.recall, name="recall"),
]
