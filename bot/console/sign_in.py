"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect

from bot.console.guard import Officer, deed


class SignIn(LoginView):
    """The sign-in page; who is signed in goes on."""

    template_name = "console/login.html"
    redirect_authenticated_user = True
    next_page = "console:home"


@deed(None)
def sign_out(request: Officer) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("console:login")
