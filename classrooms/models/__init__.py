"""Schools, people, classes, images: one topic per file."""

from classrooms.models.audit import AuditEntry, RegisterOpening
from classrooms.models.class_groups import ClassGroup, Enrolment, PastStay, Teaching
from classrooms.models.images import AssignedImage, Image, ImageTag
from classrooms.models.imports import ColumnMapping, ListedClassName, RosterImport, StaffImport
from classrooms.models.joining import JoinCode, JoinRequest, SchoolSignIn
from classrooms.models.people import AccessCode, StaffInvite, Student, TeacherRole, User
from classrooms.models.retention import RetentionRules, RetentionWarning, Upkeep
from classrooms.models.schools import School
from classrooms.models.sub_groups import SubGroup
from classrooms.models.trash import Deletion
from classrooms.models.years import YearChange

__all__ = [
    "AccessCode",
    "AssignedImage",
    "AuditEntry",
    "ClassGroup",
    "ColumnMapping",
    "Deletion",
    "Enrolment",
    "Image",
    "ImageTag",
    "JoinCode",
    "JoinRequest",
    "ListedClassName",
    "PastStay",
    "RegisterOpening",
    "RetentionRules",
    "RetentionWarning",
    "RosterImport",
    "School",
    "SchoolSignIn",
    "StaffImport",
    "StaffInvite",
    "Student",
    "SubGroup",
    "TeacherRole",
    "Teaching",
    "Upkeep",
    "User",
    "YearChange",
]
