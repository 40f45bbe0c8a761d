"""Addresses below /staff/accounts/ and /staff/audit/, and of the one-time link."""

from __future__ import annotations

from django.urls import path

from bot.console.accounts import log, pages, welcome

urlpatterns = [
    path("accounts/", pages.accounts, name="accounts"),
    path("accounts/add/", pages.add, name="account_add"),
    path("accounts/<int:account>/link/", pages.link, name="account_link"),
    path("accounts/<int:account>/role/", pages.give_role, name="account_role"),
    path("accounts/<int:account>/switch/", pages.switch, name="account_switch"),
    path("accounts/<int:account>/unlock/", pages.unlock, name="account_unlock"),
    path("audit/", log.log, name="audit"),
    path("welcome/<str:uidb64>/<str:token>/", welcome.Welcome.as_view(), name="welcome"),
]
