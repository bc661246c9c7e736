"""A school with something on every page, for looking at all of them."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from classrooms.actions.access_codes import create_access_codes
from classrooms.actions.assessing import assess, publish_marks
from classrooms.actions.handing_in import HandedIn, hand_in, note_later_version
from classrooms.actions.invites import invite_teacher
from classrooms.actions.join_codes import code_to_show, open_join_code
from classrooms.actions.layer_looks import ask_layer_look, finish_layer_look, set_looks_in_layers
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.actions.questions import ask_question
from classrooms.image_layers.settling import ImageFound, LayerSign
from classrooms.models import (
    ClassGroup,
    ClassPractice,
    HandIn,
    Image,
    ImageTag,
    ImageVersion,
    JoinRequest,
    LayerLook,
    RosterImport,
    Student,
    SubGroup,
    TeacherRole,
    User,
)
from classrooms.receipts import signature_of
from hubsync.credentials import keep_credential
from hubsync.models import Hold, HubAccount, OrganizationSync, RestoredRemoval, SyncChange, SyncRun
from tests.browser.checked_images import checked_class, image_elsewhere
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

CLASS_LIST = Path(__file__).parent / "files" / "RegAlum.csv"
DIGEST, NEWER = "sha256:" + "4f" * 32, "sha256:" + "5a" * 32


def build_world() -> dict[str, Any]:
    """What the paths of `pages.PAGES` name, and `join_code`, a code that still opens an account."""
    school = make_school()
    ana = make_teacher(school, "Ana", role="owner", docker_id="anaruiz")
    class_group = make_class_group(
        school, "1º SMR A", teacher=ana, has_public_page=True, course="Sistemas Microinformáticos y Redes"
    )
    make_student(class_group, "Bruno", has_account=True, docker_id="zorro99")
    make_student(make_class_group(school, "2º DAW", teacher=ana), "Nerea", has_account=True)
    pending = make_student(class_group, "Elena")
    images = _images(class_group)
    checked_class(class_group)
    code = create_access_codes(class_group=class_group, by=ana)[0].code
    _, link = invite_teacher(school=school, email="marina@example.org", role="teacher", by=ana)
    make_user("Marina")
    wall = open_join_code(class_group=class_group, role="student", by=ana, days=7, most_uses=40)
    JoinRequest.objects.create(class_group=class_group, given_name="Elena", surnames="García")
    make_user("root", is_staff=True)
    other_school = make_school("IES Alixar", namespace="")
    make_teacher(other_school, "Carla", role="owner")
    return {
        "school": school.pk,
        "other_school": other_school.pk,
        "class_group": class_group.pk,
        "code": class_group.code,
        "other_class": ClassGroup.objects.get(school=school, name="2º DAW").pk,
        "sub_group": SubGroup.objects.create(class_group=class_group, name="Desdoble A").pk,
        "enrolment": pending.enrolments.get().pk,
        "image": images[0],
        "assigned": class_group.assigned_images.get(image=images[0]).pk,
        "frozen": class_group.assigned_images.get(image=images[2]).pk,
        "image_elsewhere": image_elsewhere(class_group).pk,
        **_practice(class_group, ana),
        "role": TeacherRole.objects.get(school=school, user=ana).pk,
        "invite": link.rstrip("/").rpartition("/")[2],
        "roster_import": _uploaded_list(ana, school.pk),
        "run": (run := _run(school)),
        "hold": _answers(run),
        "join_code": code,
        "wall_code": code_to_show(wall),
    }


def sign_in_cookie(name: str) -> str:
    """The session of a signed-in person, without going through the page."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client.cookies["sessionid"].value


def _images(class_group: ClassGroup) -> list[int]:
    school = class_group.school
    lamp = make_image(school, "iestriana/lamp")
    ImageTag.objects.create(
        image=lamp, name="1.2", found=True, digest=DIGEST, compressed_bytes=184_300_000,
        platforms=["linux/amd64"], digest_changed_at=timezone.now(), pushed_at=timezone.now(),
        checked_at=timezone.now(),
    )  # fmt: skip
    exam = make_image(school, "iestriana/examen-ut1", is_private=True)
    nginx = make_image(school, "nginx", is_private=None)
    options = "--rm -p 8080:80 -v contenido:/var/www/html"
    make_assigned_image(
        class_group, lamp, tag="1.2", title="Apache y PHP", note="Con PHP 8.4", run_options=options
    )
    make_assigned_image(class_group, exam, title="Examen UT1")
    make_assigned_image(class_group, nginx, tag="1.27", digest=DIGEST)
    ImageTag.objects.create(image=exam, name="latest", found=False, checked_at=timezone.now())
    ImageTag.objects.create(image=nginx, name="1.27", found=True, digest=NEWER, checked_at=timezone.now())
    for digest, layers in ((DIGEST, ["a", "b"]), (NEWER, ["a", "c", "d"])):
        ImageVersion.objects.create(
            image=nginx, digest=digest, platform="linux/amd64", layers=layers, steps=[f"RUN {one}" for one in layers],
            compressed_bytes=50_000_000 + len(layers), platforms=["linux/amd64"], environment=[f"V={len(layers)}"],
        )  # fmt: skip
    return [lamp.pk, exam.pk, nginx.pk]


def _practice(class_group: ClassGroup, ana: User) -> dict[str, Any]:
    """A practice that the class has, with two images, text and a compose file."""
    lamp, nginx = (Image.objects.get(repository=name) for name in ("iestriana/lamp", "nginx"))
    needed = (
        Needed(lamp, "1.2", ports=("8080:80",), environment=("CLASE=1º SMR",)),
        Needed(nginx, "1.27", DIGEST, volumes=("contenido:/usr/share/nginx/html",)),
    )
    text = "# Instala LAMP\n\n1. Descarga la imagen.\n2. Abre `localhost:8080`.\n\n```\ndocker ps\n```"
    written = PracticeText("Práctica 6 · LAMP", text, images=needed, hand_in_way="own_namespace")
    practice = write_practice(school=class_group.school, written=written, by=ana)
    publish_practice(practice=practice, by=ana)
    dates = Dates(due_at=timezone.now() + timedelta(days=6))
    given = give_practice(practice=practice, class_groups=[class_group], dates=dates, by=ana)
    bruno = Student.objects.get(given_name="Bruno")
    error = "Error response from daemon: no space left on device"
    ask_question(student=bruno, class_group=class_group, error=error, class_practice=given[0])
    row = _hand_in(given[0], bruno, ana)
    return {
        "practice": practice.pk,
        "draft": write_practice(school=class_group.school, written=PracticeText("Práctica 7"), by=ana).pk,
        "needed": practice.images.get(image=nginx).pk,
        "class_practice": given[0].pk,
        "student": bruno.pk,
        "hand_in": row.pk,
        "receipt": row.receipt,
        "signature": signature_of(row),
    }


def _hand_in(given: ClassPractice, bruno: Student, ana: User) -> HandIn:
    """For a Mac alone, with a key in it, marked, and pushed again since."""
    command = "docker buildx build --platform linux/amd64,linux/arm64 -t bruno1/web:v1 --push ."
    facts = {"has": "linux/arm64", "needs": "linux/amd64", "command": command}
    sign = {"kind": "github_token", "where": "env", "place": "TOKEN", "masked": "ghp_…"}
    handed_in = HandedIn(
        "bruno1/web:v1", DIGEST, 51_000_000, ("linux/arm64",), timezone.now(), "bruno1", (80,), note="Funciona.",
        findings=({"code": "no_platform", "facts": facts},), secret_signs=(sign,),
    )  # fmt: skip
    # Twice the same, so that nobody has to be asked what differs.
    hand_in(class_practice=given, student=bruno, handed_in=handed_in)
    row = hand_in(class_practice=given, student=bruno, handed_in=handed_in)
    _look_into(row)
    note_later_version(hand_in=row, digest=NEWER, at=timezone.now())
    mark = Decimal("7.5")
    assess(class_practice=given, student=bruno, hand_in=row, mark=mark, comment="Bien", version=0, by=ana)
    publish_marks(class_practice=given, by=ana)
    return row


def _look_into(row: HandIn) -> None:
    """The school has images looked into, and in this one there is something; a layer could not be read."""
    signs = (
        LayerSign("docker_token", "app/.env", 4),
        LayerSign("ssh_key", "root/.ssh/id_ed25519", 2, is_deleted=True),
        LayerSign("git_login", "var/www/html/aplicaciones/tienda-del-instituto/.git/config", 4),
    )
    set_looks_in_layers(school=row.class_practice.class_group.school, looks_in_layers=True, by=None)
    ask_layer_look(row)
    look = LayerLook.objects.get(hand_in=row)
    finish_layer_look(look=look, found=ImageFound(signs, ("zstd",)), at=timezone.now())


def _uploaded_list(ana: User, school_id: int) -> int:
    client = Client()
    client.force_login(ana)
    client.post(
        f"/school/{school_id}/roster/", {"file": SimpleUploadedFile(CLASS_LIST.name, CLASS_LIST.read_bytes())}
    )
    return RosterImport.objects.get().pk


def _run(school: Any) -> int:
    """An organization at work: a run with a change done, one refused, one held."""
    account = HubAccount.objects.create(
        school=school, name="iestriana", uuid="0" * 36, is_active=True, checked_at=timezone.now(),
        last_answer_at=timezone.now(), found_at=timezone.now(),
    )  # fmt: skip
    keep_credential(account, "dckr_oat_for_looking_at")
    OrganizationSync.objects.get_or_create(account=account)
    run = SyncRun.objects.create(account=account, generation=1, lease_token="x", result=SyncRun.Result.PARTLY)
    team = "smr1-a-2627"
    steps = [
        ("create_team", {"team": team, "description": "1º SMR A"}, SyncChange.State.CONFIRMED),
        ("add_to_team", {"team": team, "docker_id": "anaruiz"}, SyncChange.State.REJECTED),
        ("remove_member", {"docker_id": "zorro99"}, SyncChange.State.HELD),
    ]
    for position, (kind, facts, state) in enumerate(steps):
        SyncChange.objects.create(run=run, position=position, kind=kind, facts=facts, state=state)
    return run.pk


def _answers(run_id: int) -> int:
    """A question that waits, one that was answered with no, something removed, and something brought back."""
    run = SyncRun.objects.select_related("account").get(pk=run_id)
    taken = {"team": "smr1-a-2627", "docker_id": "zorro99"}
    SyncChange.objects.create(
        run=run, position=3, kind="remove_from_team", facts=taken, state=SyncChange.State.CONFIRMED
    )
    others = [{"kind": "remove_from_team", "facts": {**taken, "docker_id": f"name{n}"}} for n in range(6)]
    Hold.objects.create(
        account=run.account, kind="memberships", changes=others[:1], refused_at=timezone.now()
    )
    RestoredRemoval.objects.create(
        account=run.account, run=run, kind="remove_from_team", facts=others[1]["facts"]
    )
    return Hold.objects.create(account=run.account, kind="memberships", changes=others, reason="too_many").pk
