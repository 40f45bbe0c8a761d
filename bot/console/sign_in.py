"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect

from bot.console import audit, lockout, wording
from bot.console.guard import Officer, deed


class SignInForm(AuthenticationForm):
    """Says only that something is wrong, or for how long one has to wait."""

    def get_invalid_login_error(self) -> ValidationError:
        """The one refusal for wrong names, wrong passwords and closed accounts."""
        minutes = lockout.minutes_left(self.cleaned_data["username"], lockout.address_of(self.request))
        if minutes:
            return ValidationError(wording.say("notice", "locked", minutes=minutes))
        return ValidationError(wording.say("notice", "wrong"))


class SignIn(LoginView):
    """The sign-in page; who is signed in goes on."""

    template_name = "console/login.html"
    redirect_authenticated_user = True
    next_page = "console:home"
    authentication_form = SignInForm

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Begin the session."""
        response = super().form_valid(form)
        audit.record(form.get_user(), "signed_in")
        return response


@deed(None)
def sign_out(request: Officer) -> HttpResponse:
    """End the session."""
    audit.record(request.user, "signed_out")
    logout(request)
    return redirect("console:login")
