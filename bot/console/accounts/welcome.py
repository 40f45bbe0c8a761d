"""Setting one's password through the one-time link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse_lazy

from bot.console import audit, lockout, wording


class Welcome(PasswordResetConfirmView):
    """Takes the token out of the address at once, so that it stands in no history and no referrer."""

    template_name = "console/accounts/welcome.html"
    success_url = reverse_lazy("console:login")

    def form_valid(self, form: SetPasswordForm[User]) -> HttpResponse:
        """Keep the password; every other session of the account ends with the old one."""
        response = super().form_valid(form)
        audit.record(form.user, "password_set", form.user.pk)
        lockout.forget(form.user.get_username())
        messages.success(self.request, wording.say("notice", "password_set"))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        return {**super().get_context_data(**kwargs), "account": self.user}
