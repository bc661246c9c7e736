"""What a check found, in the reader's words: for its page, and for the mail to teachers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.image_checks.budget import PullBudget
from classrooms.image_checks.findings import SENTENCES, Finding, Verdict
from classrooms.image_checks.rows import Row, findings_of, verdict_of
from classrooms.image_checks.verdicts import check_pulls
from classrooms.image_references.reading import read_reference
from classrooms.models import ClassGroup, ImageCheck, Practice, School
from classrooms.queries.image_words import computer, megabytes

VERDICTS = {
    Verdict.READY: gettext_lazy("ready"),
    Verdict.AT_RISK: gettext_lazy("at risk"),
    Verdict.WILL_NOT_WORK: gettext_lazy("will not work"),
}
# How a pill of each looks.
LOOKS = {Verdict.READY: "ok", Verdict.AT_RISK: "wait", Verdict.WILL_NOT_WORK: "bad"}


@dataclass(frozen=True)
class Sentence:
    """What there is to know, and the line for the terminal that goes with it, or ""."""

    text: str
    command: str = ""
    # An image that can be used in its place, or "".
    instead: str = ""


@dataclass(frozen=True)
class CheckedRow:
    """One image of a check."""

    row: Row

    @property
    def reference(self) -> str:
        return str(self.row["reference"])

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.row)

    @property
    def word(self) -> str:
        return str(VERDICTS[self.verdict])

    @property
    def looks(self) -> str:
        return LOOKS[self.verdict]

    @property
    def sentences(self) -> list[Sentence]:
        return [sentence_of(finding) for finding in findings_of(self.row)]

    @property
    def registry(self) -> str:
        """ "ghcr.io"; "" for Docker Hub."""
        read = read_reference(self.reference)
        return "" if read.is_on_docker_hub else read.host

    @property
    def renewed_on(self) -> date | None:
        return date.fromisoformat(self.row["renewed_on"]) if self.row["renewed_on"] else None


@dataclass(frozen=True)
class CheckPage:
    """A check with its images, the worst first."""

    check: ImageCheck

    @property
    def rows(self) -> list[CheckedRow]:
        order = list(Verdict)
        rows = [CheckedRow(row) for row in self.check.results]
        return sorted(rows, key=lambda row: -order.index(row.verdict))

    @property
    def budget(self) -> PullBudget | None:
        return PullBudget.from_facts(self.check.pulls)

    @property
    def about_pulls(self) -> str:
        """The sentence that mends a limit which does not suffice; "" where it does, or nobody knows."""
        wanting = check_pulls(self.budget) if self.budget else None
        return sentence_of(wanting).text if wanting else ""

    @property
    def registries(self) -> list[str]:
        """The other registries among the images, which Docker Hub does not count."""
        return sorted({row.registry for row in self.rows if row.registry})

    @property
    def verdict(self) -> Verdict | None:
        return Verdict(self.check.verdict) if self.check.verdict else None

    @property
    def word(self) -> str:
        return str(VERDICTS[self.verdict]) if self.verdict else ""

    @property
    def looks(self) -> str:
        return LOOKS[self.verdict] if self.verdict else "info"

    @property
    def looked_at(self) -> datetime | None:
        return self.check.done_at

    @property
    def can_be_frozen(self) -> bool:
        """Whether something that is there follows its tag, so that it may be another image on the day of the class."""
        return any(row.row.get("digest") and not row.row["frozen"] for row in self.rows)

    @property
    def troubles(self) -> list[CheckedRow]:
        """What is not ready."""
        return [row for row in self.rows if row.verdict is not Verdict.READY]


def sentence_of(finding: Finding) -> Sentence:
    """The sentence in the reader's language, with dates, sizes and computers as people say them."""
    facts = {name: _said(name, value) for name, value in finding.facts}
    command = str(facts.pop("command", ""))
    text = _(SENTENCES[finding.code])
    said = text.replace("%(command)s", "").rstrip() % facts
    return Sentence(said, command, str(facts.get("instead", "")))


def last_checks(class_groups: Iterable[ClassGroup], practices: Iterable[Practice]) -> list[CheckPage]:
    """The newest check of each, for those that ever had one."""
    of_classes = ImageCheck.objects.filter(class_group__in=class_groups)
    of_practices = ImageCheck.objects.filter(practice__in=practices, class_group__isnull=True)
    newest: dict[tuple[int | None, int | None], ImageCheck] = {}
    for check in (
        (of_classes | of_practices).select_related("class_group", "practice").order_by("asked_at", "pk")
    ):
        newest[check.class_group_id, check.practice_id] = check
    return [CheckPage(check) for check in newest.values()]


def last_check(class_group: ClassGroup) -> CheckPage | None:
    """The newest one of a class, done or waiting."""
    check = ImageCheck.objects.filter(class_group=class_group).first()
    return CheckPage(check) if check else None


def checkable(school: School, class_groups: Iterable[ClassGroup]) -> tuple[list[ClassGroup], list[Practice]]:
    """The classes with images, and the practices with images: what one press in September looks at."""
    with_images = ClassGroup.objects.filter(
        pk__in=[one.pk for one in class_groups], assigned_images__withdrawn_at__isnull=True
    )
    practices = Practice.objects.filter(school=school, images__isnull=False, archived_at__isnull=True)
    return list(with_images.distinct()), list(practices.distinct())


def _said(name: str, value: object) -> object:
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if name == "size":
        return megabytes(value if isinstance(value, int) else None)
    return f"{computer(str(value))} ({value})" if name == "platform" else value
