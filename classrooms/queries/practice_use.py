"""Whether anything hangs on a practice: who has it, and what was handed in to it."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from classrooms.models import Assessment, ClassPractice, HandIn, Practice


@dataclass(frozen=True)
class PracticeUse:
    """`classes`: how many have it now; `works`: how many students' work or marks belong to it."""

    is_draft: bool
    classes: int
    works: int

    @property
    def may_go(self) -> bool:
        """A draft, or what no class has; never what somebody handed in to, for that would go with it."""
        return not self.works and (self.is_draft or not self.classes)

    @property
    def sentence(self) -> str:
        """Why it stays and what can be done instead; "" where it may go."""
        if self.may_go:
            return ""
        if self.works and not self.classes:
            told = ngettext(
                "The work of %(number)s student belongs to this practice and would go with it. "
                "Put it into the archive instead: then it is out of the list, and the work stays.",
                "The work of %(number)s students belongs to this practice and would go with it. "
                "Put it into the archive instead: then it is out of the list, and the work stays.",
                self.works,
            )
            return told % {"number": self.works}
        told = ngettext(
            "%(number)s class has this practice. Withdraw it there first; what was handed in stays.",
            "%(number)s classes have this practice. Withdraw it there first; what was handed in stays.",
            self.classes,
        )
        return told % {"number": self.classes}


def use_of(practice: Practice) -> PracticeUse:
    """In three queries."""
    students = set(HandIn.objects.filter(class_practice__practice=practice).values_list("student", flat=True))
    marked = Assessment.objects.filter(class_practice__practice=practice).values_list("student", flat=True)
    current = ClassPractice.objects.current().filter(practice=practice)
    classes = current.values("class_group").distinct().count()
    return PracticeUse(practice.is_draft, classes, len(students | set(marked)))
