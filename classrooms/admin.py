"""Django's administration, for whoever hosts the portal: looking things up. What has consequences has its own page."""

from django.contrib import admin
from django.http import HttpRequest

from classrooms.models import AuditEntry, ClassGroup, Image, School, Student, TeacherRole, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["username", "email", "first_name", "last_name", "is_active", "is_staff"]
    search_fields = ["username", "email", "first_name", "last_name"]
    fields = ["username", "email", "first_name", "last_name", "is_active", "is_staff", "is_superuser"]


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "code", "namespace", "created_at"]
    search_fields = ["name", "code"]


@admin.register(TeacherRole)
class TeacherRoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["user", "school", "role", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "school"]
    raw_id_fields = ["user", "school"]


class OnlyLooked(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that are changed by actions, which tell others and register who did it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ClassGroup)
class ClassGroupAdmin(OnlyLooked):
    list_display = ["name", "course", "academic_year", "school", "code", "archived_at"]
    list_filter = ["academic_year"]
    list_select_related = ["school"]


@admin.register(Student)
class StudentAdmin(OnlyLooked):
    list_display = ["list_name", "school", "docker_id"]
    list_select_related = ["school"]
    search_fields = ["sort_name"]


@admin.register(Image)
class ImageAdmin(OnlyLooked):
    list_display = ["repository", "school", "is_private", "is_own", "listed_at"]
    list_select_related = ["school"]
    search_fields = ["repository"]


@admin.register(AuditEntry)
class AuditEntryAdmin(OnlyLooked):
    list_display = ["at", "school", "actor", "verb", "about"]
    list_select_related = ["school", "actor"]
