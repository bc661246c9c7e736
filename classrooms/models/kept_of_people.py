"""What the models of this package keep of people, and those of sign-in that come with Django and allauth."""

from django.utils.translation import gettext_lazy as _

from classrooms.models.kept_data import (
    RUNS_SCHOOL,
    THIRTY_DAYS,
    WITH_ACCOUNT,
    WITH_CLASS,
    WITH_SCHOOL,
    WITH_STUDENT,
    Kept,
    declare,
    nothing_personal,
)

STUDENTS = (
    Kept(
        "classrooms.Student",
        ("given_name", "first_surname", "second_surname", "sort_name"),
        _("name and surnames of a student"),
        _("so that teachers know who is who"),
        WITH_STUDENT,
    ),
    Kept(
        "classrooms.Student",
        ("external_id_hash",),
        _("the school’s number of a student, as a keyed hash that cannot be turned back"),
        _("so that the next class list finds the same person"),
        WITH_STUDENT,
    ),
    Kept(
        "classrooms.Student",
        ("docker_id", "docker_id_proof", "docker_id_proven_at"),
        _("Docker ID of a student, where there is one, and what proved it"),
        _("only for private images of classes whose students are members"),
        WITH_STUDENT,
        _("the Docker ID, as a member of the class’s team"),
    ),
    Kept(
        "classrooms.Student",
        ("consent",),
        _("14 or older, or consent given: a mark, never a date of birth"),
        _("because a Docker ID needs it"),
        WITH_STUDENT,
    ),
    Kept(
        "classrooms.Student",
        ("school", "user", "created_at", "deleted_at", "erased_at"),
        _("to which school and account the student belongs, and since when"),
        RUNS_SCHOOL,
        WITH_STUDENT,
    ),
    Kept(
        "classrooms.Enrolment",
        ("student", "class_group", "enrolled_on", "left_on"),
        _("in which classes a student is and was, and from when until when"),
        _("so that who moves or comes back finds the own work"),
        WITH_CLASS,
    ),
    Kept(
        "classrooms.PastStay",
        ("enrolment", "enrolled_on", "left_on"),
        _("earlier times in a class"),
        _("so that who moves or comes back finds the own work"),
        WITH_CLASS,
    ),
    Kept(
        "classrooms.AccessCode",
        ("student", "code_hash", "created_by", "created_at", "expires_at"),
        _("hash of a one-time code"),
        _("to open an account or set a new password"),
        THIRTY_DAYS,
    ),
    Kept(
        "classrooms.JoinRequest",
        ("class_group", "given_name", "surnames", "created_at", "student", "refused_at"),
        _("the name that somebody typed with the class’s code"),
        _("so that the teacher can say who it is"),
        _("until the account is open, three days at most"),
    ),
)
WORK = (
    Kept(
        "classrooms.Question",
        (
            "student", "class_group", "class_practice", "error", "words", "system", "cause", "asked_at",
            "answer", "answered_at", "answered_by",
        ),
        _("what a student asked when something did not work: the error without passwords, and the answer"),
        _("so that a teacher can help"),
        WITH_CLASS,
    ),
    Kept(
        "classrooms.StudentStep",
        ("student", "step", "source", "seen_at"),
        _("first steps with Docker that were seen: signed in, pulled, pushed"),
        _("so that a teacher sees who needs help"),
        WITH_STUDENT,
    ),
    Kept(
        "classrooms.HandIn",
        (
            "class_practice", "student", "attempt", "handed_in_at", "is_late", "reference", "digest",
            "compressed_bytes", "platforms", "pushed_at", "pushed_by", "ports", "compose", "compose_digests",
            "later_compose_digests", "is_unseen", "looked_again_at",
            "note", "archive", "findings", "secret_signs", "receipt", "later_digest", "later_seen_at",
        ),
        _("what a student handed in: the image, when, and what was found in it"),
        _("so that it can be marked, and the hand-in be proven"),
        WITH_CLASS,
        _("nothing by the portal; the student pushes the image under the own Docker ID, where that way is chosen"),
    ),
    Kept(
        "classrooms.LayerLook",
        ("hand_in", "student", "asked_at", "claimed_until", "attempts", "done_at", "signs", "reasons"),
        _(
            "where the school has switched it on: in which files of a handed-in image there may be a key or password, "
            "by path and kind, never the key itself"
        ),
        _("so that the student makes it worthless"),
        WITH_CLASS,
    ),
    Kept(
        "classrooms.ImageTag",
        ("pushed_by",),
        _("the Docker ID that last pushed a tag of the school’s images"),
        _("so that teachers know who changed an image"),
        WITH_SCHOOL,
    ),
    Kept(
        "classrooms.Assessment",
        (
            "class_practice", "student", "hand_in", "mark", "comment", "marked_by", "marked_at", "published_at",
            "claimed_by", "claimed_at", "version",
        ),
        _("mark and comment, and who marked"),
        _("to assess the student"),
        WITH_CLASS,
    ),
    Kept(
        "classrooms.Extension",
        ("class_practice", "student", "due_at", "granted_by", "granted_at"),
        _("a later deadline for one student; never the reason"),
        _("so that the hand-in is not late"),
        WITH_CLASS,
    ),
)  # fmt: skip
STAFF = (
    Kept(
        "classrooms.User",
        ("username", "first_name", "last_name", "email", "language"),
        _("sign-in name, name, language, and e-mail address of staff; students need no e-mail"),
        _("to sign in and to be told by e-mail"),
        WITH_ACCOUNT,
    ),
    Kept(
        "classrooms.User",
        (
            "password", "session_epoch", "last_login", "date_joined", "is_active", "is_staff", "is_superuser",
        ),
        _("hash of the password, when the account was made and last used"),
        _("to sign in safely"),
        WITH_ACCOUNT,
    ),
    Kept(
        "classrooms.TeacherRole",
        ("school", "user", "role", "starts_on", "ends_on", "substitutes"),
        _("role of a teacher, from and until when, and whom a substitute stands in for"),
        RUNS_SCHOOL,
        WITH_SCHOOL,
    ),
    Kept(
        "classrooms.TeacherRole",
        ("docker_id", "invite_email"),
        _("Docker ID or e-mail address for Docker Hub of a teacher, where there is one"),
        _("to invite the teacher to the organization"),
        WITH_SCHOOL,
        _("the Docker ID or the e-mail address, as a member of the class’s teams"),
    ),
    Kept(
        "classrooms.StaffInvite",
        (
            "school", "email", "name", "role", "starts_on", "ends_on", "substitutes", "token_hash",
            "invited_by", "created_at", "expires_at", "used_at",
        ),
        _("name and e-mail address of an invited teacher"),
        _("to invite to the staff"),
        WITH_SCHOOL,
    ),
    Kept(
        "classrooms.Teaching",
        ("class_group", "teacher_role", "role"),
        _("who teaches which class, and as what"),
        RUNS_SCHOOL,
        WITH_CLASS,
    ),
    Kept(
        "classrooms.StaffImport",
        ("school", "rows", "classes", "errors", "uploaded_by", "created_at"),
        _("names, e-mail addresses and dates of a staff list that waits to be confirmed"),
        _("to show it before anything is written"),
        _("until it is confirmed or dropped, ninety days at most"),
    ),
)  # fmt: skip
TRACES = (
    Kept(
        "classrooms.AuditEntry",
        ("school", "actor", "verb", "about", "student", "facts", "at"),
        _("register of activity: who did, changed or looked at what, and when"),
        _("so that the school can answer for it (traceability)"),
        _("the school’s number of months; looks the school’s number of days; names of who is erased go at once"),
    ),
    Kept(
        "classrooms.RosterImport",
        (
            "school", "state", "file_name", "format_name", "encoding", "academic_year", "rows", "errors",
            "refused", "summary", "confirmed", "confirmed_by", "confirmed_at", "claimed_until", "attempts",
            "uploaded_by", "created_at", "finished_at",
        ),
        _("a class list that waits to be confirmed: names and hashed numbers only"),
        _("to show it before anything is written"),
        _("the rows until it is confirmed or dropped; that there was a list, ninety days"),
    ),
    Kept(
        "classrooms.Deletion",
        (
            "school", "kind", "object_id", "name", "undo", "deleted_by", "deleted_at", "purge_on",
            "restored_at", "purged_at",
        ),
        _("name of what lies in the trash"),
        _("so that it can be brought back"),
        THIRTY_DAYS,
    ),
    Kept(
        "classrooms.YearChange",
        ("school", "from_year", "done", "changed_by", "changed_at", "undone_at"),
        _("who began a new year and which students left Docker Hub by it, as row numbers"),
        _("so that it can be taken back"),
        WITH_SCHOOL,
    ),
)  # fmt: skip
SIGN_IN = (
    Kept(
        "sessions.Session",
        ("session_key", "session_data", "expire_date"),
        _("that somebody is signed in on a computer"),
        _("one technical cookie, for signing in"),
        _("until signing out, or the day after the session’s end"),
    ),
    Kept(
        "account.EmailAddress",
        ("user", "email", "verified", "primary"),
        _("e-mail address of staff, and whether it was confirmed"),
        _("to sign in and to be told by e-mail"),
        WITH_ACCOUNT,
    ),
    Kept(
        "account.EmailConfirmation",
        ("email_address", "created", "sent", "key"),
        _("e-mail address of staff, and whether it was confirmed"),
        _("to sign in and to be told by e-mail"),
        WITH_ACCOUNT,
    ),
    Kept(
        "mfa.Authenticator",
        ("user", "type", "data", "created_at", "last_used_at"),
        _("second factor: key of an app, or public key of a passkey"),
        _("to sign in safely"),
        WITH_ACCOUNT,
    ),
    Kept(
        "socialaccount.SocialAccount",
        ("user", "provider", "uid", "last_login", "date_joined", "extra_data"),
        _("the account that the school gives its people elsewhere"),
        _("to sign in with it, where the school allows it"),
        WITH_ACCOUNT,
    ),
    Kept(
        "socialaccount.SocialToken",
        ("app", "account", "token", "token_secret", "expires_at"),
        _("the account that the school gives its people elsewhere"),
        _("to sign in with it, where the school allows it"),
        WITH_ACCOUNT,
    ),
    Kept(
        "admin.LogEntry",
        (
            "action_time", "user", "content_type", "object_id", "object_repr", "action_flag", "change_message",
        ),
        _("what whoever hosts the portal changed in its administration"),
        _("so that the school can answer for it (traceability)"),
        WITH_ACCOUNT,
    ),
)  # fmt: skip
_SCHOOL = _("school, its classes, and what it has chosen")
_IMAGES = _("images and practices")
_OTHERS = (
    nothing_personal("classrooms.School", _SCHOOL),
    nothing_personal("classrooms.ClassGroup", _SCHOOL),
    nothing_personal("classrooms.SubGroup", _SCHOOL),
    nothing_personal("classrooms.JoinCode", _SCHOOL),
    nothing_personal("classrooms.SchoolSignIn", _SCHOOL),
    nothing_personal("classrooms.ColumnMapping", _SCHOOL),
    nothing_personal("classrooms.ListedClassName", _SCHOOL),
    nothing_personal("classrooms.RetentionRules", _SCHOOL),
    nothing_personal("classrooms.RetentionWarning", _SCHOOL),
    nothing_personal("classrooms.Upkeep", _SCHOOL),
    nothing_personal("classrooms.RegisterOpening", _SCHOOL),
    nothing_personal("classrooms.Image", _IMAGES),
    nothing_personal("classrooms.ImageTag", _IMAGES),
    nothing_personal("classrooms.ImageVersion", _IMAGES),
    nothing_personal("classrooms.ImageCheck", _IMAGES),
    nothing_personal("classrooms.PullAccess", _SCHOOL),
    nothing_personal("classrooms.AssignedImage", _IMAGES),
    nothing_personal("classrooms.Practice", _IMAGES),
    nothing_personal("classrooms.PracticeImage", _IMAGES),
    nothing_personal("classrooms.ClassPractice", _IMAGES),
    nothing_personal("classrooms.ClassPracticeVersion", _IMAGES),
    nothing_personal("socialaccount.SocialApp", _SCHOOL),
    nothing_personal("auth.Permission", _SCHOOL),
    nothing_personal("auth.Group", _SCHOOL),
    nothing_personal("contenttypes.ContentType", _SCHOOL),
)

declare(*STUDENTS, *WORK, *STAFF, *TRACES, *SIGN_IN, *_OTHERS)
