"""The administration of the installation: looking only. Sealed tokens are not shown at all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from hubsync.models import HubAccount, OrganizationSync, SyncRun


class OnlyLooking(admin.ModelAdmin):  # type: ignore[type-arg]
    """Changes are made by actions, which announce and register them; here nothing is changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(HubAccount)
class HubAccountAdmin(OnlyLooking):
    list_display = ("name", "school", "kind", "is_active", "seats", "checked_at", "last_answer_at")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "school__name")


@admin.register(OrganizationSync)
class OrganizationSyncAdmin(OnlyLooking):
    list_display = (
        "account",
        "generation",
        "handled_generation",
        "due_at",
        "failure",
        "attempts",
        "in_sync_at",
    )
    list_filter = ("failure",)


@admin.register(SyncRun)
class SyncRunAdmin(OnlyLooking):
    list_display = ("account", "started_at", "result", "trouble", "calls")
    list_filter = ("result", "trouble")
