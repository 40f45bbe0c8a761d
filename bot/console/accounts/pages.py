"""Making accounts, giving roles, closing and opening them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bot.console import audit, lockout, roles, wording
from bot.console.accounts import links
from bot.console.guard import Officer, deed, page
from bot.console.roles import Need, Role


class AccountForm(forms.Form):
    """A new account; its password is set by its owner, through the link."""

    username = forms.CharField(max_length=150, validators=[UnicodeUsernameValidator()])
    # One field: family name first or last is for its owner to say.
    name = forms.CharField(max_length=150, required=False)
    role = forms.ChoiceField(choices=[(role.value, role.value) for role in Role])

    def clean_username(self) -> str:
        """The name, when nobody has it yet in any case."""
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(wording.say("notice", "name_taken"))
        return name


@page(Need.ACCOUNTS)
def accounts(request: Officer) -> HttpResponse:
    """All accounts, and the form of a new one."""
    return _page(request, AccountForm())


@deed(Need.ACCOUNTS)
def add(request: Officer) -> HttpResponse:
    """Make an account and show its link, this once."""
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    values = form.cleaned_data
    user = User(username=values["username"], first_name=values["name"])
    user.set_unusable_password()
    user.save()
    roles.give(user, Role(values["role"]))
    audit.record(request.user, "account_made", user.pk, name=user.username, role=values["role"])
    messages.success(request, wording.say("notice", "account_made", name=user.username))
    return _link(request, user)


@deed(Need.ACCOUNTS)
def link(request: Officer, account: int) -> HttpResponse:
    """A fresh link, for who lost the password."""
    user = get_object_or_404(User, pk=account, is_active=True)
    audit.record(request.user, "link_made", account, name=user.username)
    return _link(request, user)


@deed(Need.ACCOUNTS)
def give_role(request: Officer, account: int) -> HttpResponse:
    """Another role."""
    user = get_object_or_404(User, pk=account)
    named = request.POST.get("role", "")
    if user.pk == request.user.pk:
        messages.error(request, wording.say("notice", "yourself"))
    elif named in list(Role):
        earlier = roles.role_of(user)
        roles.give(user, Role(named))
        audit.record(
            request.user, "account_changed", account, name=user.username, role=named, earlier=earlier
        )
        messages.success(request, wording.say("notice", "account_changed", name=user.username))
    return redirect("console:accounts")


@deed(Need.ACCOUNTS)
def switch(request: Officer, account: int) -> HttpResponse:
    """Close the account, or open it again; what it did stays under its name."""
    user = get_object_or_404(User, pk=account)
    if user.pk == request.user.pk:
        messages.error(request, wording.say("notice", "yourself"))
    else:
        user.is_active = not user.is_active
        user.save(update_fields=["is_active"])
        action = "account_opened" if user.is_active else "account_closed"
        audit.record(request.user, action, account, name=user.username)
    return redirect("console:accounts")


@deed(Need.ACCOUNTS)
def unlock(request: Officer, account: int) -> HttpResponse:
    """Forget the failed tries of an account."""
    user = get_object_or_404(User, pk=account)
    lockout.forget(user.username)
    audit.record(request.user, "unlocked", account, name=user.username)
    return redirect("console:accounts")


def _link(request: Officer, user: User) -> HttpResponse:
    address = request.build_absolute_uri(links.path(user))
    return render(request, "console/accounts/link.html", {"account": user, "address": address})


def _page(request: Officer, form: AccountForm) -> HttpResponse:
    people = User.objects.prefetch_related("groups").order_by("-is_active", "username")
    locked = {person.pk for person in people if lockout.minutes_left(person.username)}
    context = {"form": form, "people": people, "roles": list(Role), "locked": locked, "table": _table()}
    return render(request, "console/accounts/accounts.html", context, status=400 if form.errors else 200)


def _table() -> list[tuple[str, list[bool]]]:
    """The table of permissions, a row a permission."""
    return [(need.value, [role in allowed for role in Role]) for need, allowed in roles.TABLE.items()]
