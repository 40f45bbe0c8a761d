"""The admin's pages of the dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from bot.registry.labels import label, say
from bot.registry.models import Dossier
from bot.registry.staff import audit

# Django's own class takes no parameter; only its types do.
if TYPE_CHECKING:
    _Form = forms.ModelForm[Dossier]
else:
    _Form = forms.ModelForm


class DossierForm(_Form):
    """A dossier; the PIN can be set but never read."""

    pin = forms.RegexField(
        r"^[0-9]{4,8}$", required=False, label=label("pin"), help_text=label("pin_help"),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    class Meta:
        model = Dossier
        fields: ClassVar[list[str]] = [
            "id", "code", "procedure", "status", "received_on", "due_on", "updated_on", "applicant_vi",
            "applicant_en", "demonstration",
        ]  # fmt: skip

    def clean_pin(self) -> str:
        """A new dossier needs a PIN."""
        pin = str(self.cleaned_data["pin"])
        if not pin and not self.instance.pin_hash:
            raise forms.ValidationError(say("pin"))
        return pin

    def save(self, commit: bool = True) -> Any:
        """Keep the PIN's hash."""
        if self.cleaned_data["pin"]:
            self.instance.set_pin(self.cleaned_data["pin"])
        return super().save(commit)


@admin.register(Dossier)
class DossierAdmin(SimpleHistoryAdmin, ModelAdmin):
    """Dossiers and their state."""

    form = DossierForm
    list_display = ("code", "procedure", "status", "received_on", "due_on", "updated_on", "demonstration")
    list_filter = ("status", "demonstration")
    search_fields = ("code", "id")
    autocomplete_fields = ("procedure",)

    def save_model(self, request: HttpRequest, obj: Dossier, form: forms.Form, change: bool) -> None:
        """Save it, which is written down."""
        super().save_model(request, obj, form, change)
        audit.record(request.user, "dossier_saved", obj.pk)

    def delete_model(self, request: HttpRequest, obj: Dossier) -> None:
        """Delete it, which is written down."""
        key = obj.pk
        super().delete_model(request, obj)
        audit.record(request.user, "dossier_deleted", key)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Dossier]) -> None:
        """Delete several, each with its line."""
        keys = list(queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        for key in keys:
            audit.record(request.user, "dossier_deleted", key)
