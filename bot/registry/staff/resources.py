"""Records as a table for import and export; what is imported becomes a draft, never an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import yaml
from import_export import fields, resources, widgets
from typing_extensions import override

from bot.registry import publishing
from bot.registry.models import Record


class YamlWidget(widgets.Widget):
    """The content of a record in one cell, as YAML."""

    @override
    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **options: Any) -> Any:
        """The content; raises ValueError for what is not YAML."""
        try:
            return yaml.safe_load(value or "")
        except yaml.YAMLError as error:
            raise ValueError(str(error)) from error

    @override
    def render(self, value: Any, obj: Record | None = None, **options: Any) -> str:
        """YAML in the order of the record."""
        return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)


class RecordResource(resources.ModelResource):
    """One row a record: what it is, what state it is in, and its content."""

    content = fields.Field(column_name="content", attribute="current", widget=YamlWidget(), readonly=True)

    class Meta:
        model = Record
        import_id_fields = ("id",)
        fields = ("id", "kind", "name_vi", "name_en", "group", "as_of", "confidence", "review_by", "content")
        export_order: ClassVar[tuple[str, ...]] = fields
        skip_unchanged = False

    @override
    def import_instance(self, instance: Record, row: Mapping[str, Any], **options: Any) -> None:
        """Id and kind of a new record; all other columns follow from the content."""
        if not instance.kind:
            instance.pk, instance.kind = str(row["id"]), str(row["kind"])

    @override
    def save_instance(
        self, instance: Record, is_create: bool, row: Mapping[str, Any], **options: Any
    ) -> None:
        """Keep the row's content as the record's draft; a fault of the content is a fault of the row."""
        content = self.fields["content"].widget.clean(row["content"])
        if not isinstance(content, dict):
            raise ValueError("content")
        try:
            publishing.save_draft(instance, content, options.get("user"))
        except publishing.Unfit as error:
            raise ValueError(str(error)) from error
