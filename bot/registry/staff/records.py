"""The admin's pages of the records: list, form, draft and publication, history, import and export."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from import_export.admin import ImportExportModelAdmin
from import_export.results import Result
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.decorators import action, display

from bot.common.text import fold
from bot.registry import clock, publishing
from bot.registry.labels import label, say
from bot.registry.models import Kind, Record
from bot.registry.review import status
from bot.registry.staff import audit
from bot.registry.staff.checks import warnings
from bot.registry.staff.filters import DraftFilter, StatusFilter
from bot.registry.staff.forms import RecordForm, fieldsets_for, form_for
from bot.registry.staff.resources import RecordResource


@admin.register(Record)
class RecordAdmin(SimpleHistoryAdmin, ModelAdmin, ImportExportModelAdmin):
    """Saving keeps a draft; only the buttons beside it change what answers say."""

    resource_classes: ClassVar[list[type]] = [RecordResource]
    import_form_class = ImportForm
    export_form_class = ExportForm
    list_display = ("name_vi", "kind", "group", "state", "shown_status", "as_of", "review_by", "updated_at")
    list_filter = ("kind", StatusFilter, DraftFilter, "published", "confidence", "group")
    search_fields = ("search",)
    list_per_page = 50
    actions_submit_line = ("publish", "discard", "confirm", "withdraw")
    warn_unsaved_form = True

    def get_form(
        self, request: HttpRequest, obj: Record | None = None, change: bool = False, **options: Any
    ) -> type[RecordForm]:
        """A form for this very record, or for a new one of the kind in the address."""
        return form_for(obj.kind if obj else request.GET["kind"], obj)

    def get_fieldsets(self, request: HttpRequest, obj: Record | None = None) -> Any:
        """The sections of the form."""
        return fieldsets_for(self.get_form(request, obj))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for the kind first."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.GET.get("kind") in Kind.values:
            form: HttpResponse = super().add_view(request, form_url, extra_context)
            return form
        context = {
            **self.admin_site.each_context(request),
            "title": say("choose_kind"),
            "kinds": Kind.choices,
        }
        return TemplateResponse(request, "registry/choose_kind.html", context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Record], search_term: str
    ) -> tuple[QuerySet[Record], bool]:
        """Every word, whatever its diacritics."""
        for word in fold(search_term).split():
            queryset = queryset.filter(search__contains=word)
        return queryset, False

    def save_model(self, request: HttpRequest, obj: Record, form: forms.Form, change: bool) -> None:
        """Keep the draft, then do what the pressed button says."""
        assert isinstance(form, RecordForm)
        publishing.save_draft(obj, form.content, _officer(request))
        if obj.draft is not None:
            audit.record(request.user, "draft_saved", obj.pk)
            self.message_user(request, say("draft_saved"))
        for fault in warnings(obj):
            self.message_user(request, fault, messages.WARNING)
        for button in self.get_actions_submit_line(request, obj.pk) if change else ():
            if button.action_name in request.POST:
                button.method(request, obj)

    @action(description=label("save_and_publish"), permissions=["publish"], icon="publish")
    def publish(self, request: HttpRequest, obj: Record) -> None:
        """Make the draft what answers say."""
        officer = _officer(request)
        try:
            # Where there is but one person, it is the superuser, who has all the responsibility anyway.
            publishing.publish(obj, None if officer.is_superuser else officer)
        except publishing.NoDraft:
            self.message_user(request, say("nothing_to_publish"), messages.WARNING)
        except publishing.OwnDraft:
            self.message_user(request, say("own_draft"), messages.ERROR)
        else:
            audit.record(officer, "record_published", obj.pk)
            self.message_user(request, say("was_published", name=str(obj)), messages.SUCCESS)

    @action(description=label("discard"), permissions=["change"], icon="undo")
    def discard(self, request: HttpRequest, obj: Record) -> None:
        """Go back to what is published."""
        publishing.discard(obj)
        audit.record(request.user, "draft_discarded", obj.pk)
        self.message_user(request, say("was_discarded"))

    @action(description=label("confirm"), permissions=["verify"], icon="verified")
    def confirm(self, request: HttpRequest, obj: Record) -> None:
        """Sign the published content in one's own name."""
        officer = _officer(request)
        try:
            publishing.confirm(obj, officer.get_full_name() or officer.get_username())
        except publishing.DraftPending:
            self.message_user(request, say("draft_pending"), messages.ERROR)
        else:
            audit.record(officer, "record_confirmed", obj.pk)
            self.message_user(request, say("was_confirmed"), messages.SUCCESS)

    @action(description=label("withdraw"), permissions=["publish"], icon="visibility_off")
    def withdraw(self, request: HttpRequest, obj: Record) -> None:
        """Take the record out of answers."""
        publishing.withdraw(obj)
        audit.record(request.user, "record_withdrawn", obj.pk)
        self.message_user(request, say("was_withdrawn"), messages.WARNING)

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """Say what was imported."""
        audit.record(request.user, "records_imported", rows=result.total_rows)
        response: HttpResponse = super().process_result(result, request)
        return response

    @display(
        description=label("state"), label={"draft": "warning", "published": "success", "withdrawn": "danger"}
    )
    def state(self, obj: Record) -> tuple[str, str]:
        """Whether a draft waits, the record is published, or neither."""
        key = "draft" if obj.draft is not None else "published" if obj.published else "withdrawn"
        return key, say(key)

    @display(
        description=label("status"),
        label={"confirmed": "success", "cited": "info", "unconfirmed": "warning"},
    )
    def shown_status(self, obj: Record) -> tuple[str, str]:
        """The label that answers carry today."""
        key = status(obj.confidence, obj.review_by, obj.verified_on, clock.today())
        return key, say(key)

    # Methods, not names of permissions: the admin's checks would look those up before there are tables.
    def has_publish_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the officer may change what answers say."""
        return request.user.has_perm("registry.publish_record")

    def has_verify_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the officer may sign content."""
        return request.user.has_perm("registry.verify_record")

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        """Records are withdrawn: old answers still point at them."""
        return False


def _officer(request: HttpRequest) -> User:
    """Who is signed in; the admin lets nobody else this far."""
    assert isinstance(request.user, User)
    return request.user
