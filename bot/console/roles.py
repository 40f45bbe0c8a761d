"""Who may do what: the one table of permissions. Django's groups follow it after every migration.

A page or deed names the `Need` it asks for (bot.console.guard); a test walks every address with every role.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import Group, Permission, User


class Role(StrEnum):
    """A role is a group of that name; an account has one."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    ANALYST = "analyst"


class Need(StrEnum):
    """What a page or a deed asks for: the full name of a permission."""

    READ = "console.read_conversations"
    EXPORT = "console.export_conversations"
    ANNOTATE = "console.annotate_conversations"
    JUDGE = "console.judge_answers"
    INSIGHTS = "console.see_insights"
    INQUIRIES = "console.handle_inquiries"
    CANNED = "console.write_canned_replies"
    TEACH = "console.teach"
    APPROVE = "console.approve_examples"
    TRAIN = "console.train_models"
    ACCOUNTS = "console.manage_accounts"
    AUDIT = "console.read_audit"
    ANSWER = "conversations.answer_investors"
    SUPERVISE = "conversations.supervise_conversations"
    VIEW_RECORDS = "registry.view_record"
    ADD_RECORDS = "registry.add_record"
    EDIT_RECORDS = "registry.change_record"
    PUBLISH_RECORDS = "registry.publish_record"
    VERIFY_RECORDS = "registry.verify_record"
    VIEW_DOSSIERS = "registry.view_dossier"
    EDIT_DOSSIERS = "registry.change_dossier"


_ADMIN, _MANAGER, _OFFICER, _REVIEWER, _ANALYST = Role
_ALL = tuple(Role)

TABLE: dict[Need, tuple[Role, ...]] = {
    Need.READ: _ALL,
    Need.EXPORT: (_ADMIN, _MANAGER, _ANALYST),
    Need.ANNOTATE: (_ADMIN, _MANAGER, _OFFICER, _REVIEWER),
    Need.JUDGE: (_ADMIN, _MANAGER, _REVIEWER),
    Need.INSIGHTS: (_ADMIN, _MANAGER, _REVIEWER, _ANALYST),
    Need.INQUIRIES: (_ADMIN, _MANAGER, _OFFICER),
    Need.CANNED: (_ADMIN, _MANAGER, _OFFICER),
    Need.TEACH: (_ADMIN, _MANAGER, _REVIEWER),
    Need.APPROVE: (_ADMIN, _MANAGER, _REVIEWER),
    Need.TRAIN: (_ADMIN, _MANAGER),
    Need.ACCOUNTS: (_ADMIN,),
    Need.AUDIT: (_ADMIN, _MANAGER),
    Need.ANSWER: (_ADMIN, _MANAGER, _OFFICER),
    Need.SUPERVISE: (_ADMIN, _MANAGER),
    Need.VIEW_RECORDS: _ALL,
    Need.ADD_RECORDS: (_ADMIN, _MANAGER, _OFFICER),
    Need.EDIT_RECORDS: (_ADMIN, _MANAGER, _OFFICER),
    Need.PUBLISH_RECORDS: (_ADMIN, _MANAGER),
    Need.VERIFY_RECORDS: (_ADMIN, _MANAGER),
    Need.VIEW_DOSSIERS: (_ADMIN, _MANAGER, _OFFICER),
    Need.EDIT_DOSSIERS: (_ADMIN, _MANAGER, _OFFICER),
}


def needs_of(role: Role) -> set[Need]:
    """Everything a role may do."""
    return {need for need, roles in TABLE.items() if role in roles}


def role_of(user: User) -> Role | None:
    """The role of an account, None when it has none of ours."""
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in Role if role in names), None)


def give(user: User, role: Role) -> None:
    """Make this the account's only role. Every role may sign in to the records' pages of the admin."""
    others = user.groups.exclude(name__in=[*Role])
    user.groups.set([*others, Group.objects.get(name=role)])
    user.is_staff = True
    user.save(update_fields=["is_staff"])


def keep_groups() -> None:
    """Make the groups and their permissions what the table says."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([known[need] for need in needs_of(role) if need in known])
