"""Schools, people, classes, images: one topic per file."""

from classrooms.models import kept_of_people  # noqa: F401  what is kept of people is declared there
from classrooms.models.audit import AuditEntry, RegisterOpening
from classrooms.models.class_groups import ClassGroup, Enrolment, PastStay, Teaching
from classrooms.models.hand_ins import Assessment, HandIn
from classrooms.models.image_checks import ImageCheck
from classrooms.models.images import AssignedImage, Image, ImageTag, ImageVersion
from classrooms.models.imports import ColumnMapping, ListedClassName, RosterImport, StaffImport
from classrooms.models.joining import JoinCode, JoinRequest, SchoolSignIn
from classrooms.models.layer_looks import LayerLook
from classrooms.models.people import AccessCode, StaffInvite, Student, TeacherRole, User
from classrooms.models.practice_versions import ClassPracticeVersion
from classrooms.models.practices import ClassPractice, Extension, Practice, PracticeImage
from classrooms.models.pull_access import PullAccess
from classrooms.models.questions import Question
from classrooms.models.retention import RetentionRules, RetentionWarning, Upkeep
from classrooms.models.schools import School
from classrooms.models.steps import StudentStep
from classrooms.models.sub_groups import SubGroup
from classrooms.models.trash import Deletion
from classrooms.models.years import YearChange

__all__ = [
    "AccessCode",
    "Assessment",
    "AssignedImage",
    "AuditEntry",
    "ClassGroup",
    "ClassPractice",
    "ClassPracticeVersion",
    "ColumnMapping",
    "Deletion",
    "Enrolment",
    "Extension",
    "HandIn",
    "Image",
    "ImageCheck",
    "ImageTag",
    "ImageVersion",
    "JoinCode",
    "JoinRequest",
    "LayerLook",
    "ListedClassName",
    "PastStay",
    "Practice",
    "PracticeImage",
    "PullAccess",
    "Question",
    "RegisterOpening",
    "RetentionRules",
    "RetentionWarning",
    "RosterImport",
    "School",
    "SchoolSignIn",
    "StaffImport",
    "StaffInvite",
    "Student",
    "StudentStep",
    "SubGroup",
    "TeacherRole",
    "Teaching",
    "Upkeep",
    "User",
    "YearChange",
]
