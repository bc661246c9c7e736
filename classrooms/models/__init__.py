"""Schools, people, classes, images: one topic per file."""

from classrooms.models.audit import AuditEntry
from classrooms.models.class_groups import ClassGroup, Enrolment, Teaching
from classrooms.models.images import AssignedImage, Image, ImageTag
from classrooms.models.imports import RosterImport
from classrooms.models.people import AccessCode, StaffInvite, Student, TeacherRole, User
from classrooms.models.schools import School

__all__ = [
    "AccessCode",
    "AssignedImage",
    "AuditEntry",
    "ClassGroup",
    "Enrolment",
    "Image",
    "ImageTag",
    "RosterImport",
    "School",
    "StaffInvite",
    "Student",
    "TeacherRole",
    "Teaching",
    "User",
]
