"""The rules of the machine in which people of the school use the portal."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from classrooms.models import ClassGroup, Enrolment
from tests.hubsync.laws import school_edits
from tests.hubsync.laws.ground import STUDENTS, TEACHERS, Ground, active_classes, student_of
from tests.hubsync.laws.rules import happens, need
from tests.hubsync.stage import ORGANIZATION

MOST_CLASSES = 4
REPOSITORIES = ("examen", "lamp", "redes")
NAMES = ("2º ASIR", "1º DAW", "FPB Informática", "Ciberseguridad", "1º SMR", "2º DAM")
which = st.integers(0, MOST_CLASSES - 1)


class OnPages(RuleBasedStateMachine):
    """Needs `ground`."""

    ground: Ground

    def _class(self, place: int) -> ClassGroup:
        classes = active_classes(self.ground)
        need(classes)
        return classes[place % len(classes)]

    @happens(name=st.sampled_from(NAMES), students_are_members=st.booleans())
    def a_class_is_made(self, name: str, students_are_members: bool) -> None:
        need(len(active_classes(self.ground)) < MOST_CLASSES)
        need(not self.ground.school.class_groups.filter(name=name).exists())
        school_edits.make_class(self.ground, name, students_are_members=students_are_members)

    @happens(place=which, name=st.sampled_from(NAMES))
    def a_class_is_renamed(self, place: int, name: str) -> None:
        need(not self.ground.school.class_groups.filter(name=name).exists())
        school_edits.rename(self.ground, self._class(place), name)

    @happens(place=which)
    def a_class_is_archived(self, place: int) -> None:
        need(len(active_classes(self.ground)) > 1)
        school_edits.archive(self.ground, self._class(place))

    @happens(place=which)
    def a_class_is_closed_as_announced(self, place: int) -> None:
        """The page says what goes, and exactly that is announced."""
        need(len(active_classes(self.ground)) > 1)
        class_group = self._class(place)
        for claim in self.ground.claims():
            if claim.class_group_id == class_group.pk:
                school_edits.announce(self.ground, [{"kind": "delete_team", "facts": {"team": claim.name}}])
        school_edits.archive(self.ground, class_group)

    @happens(place=which)
    def a_class_comes_out_of_the_archive(self, place: int) -> None:
        """What was announced when it went there is not announced any more."""
        classes = list(self.ground.school.class_groups.filter(archived_at__isnull=False).order_by("pk"))
        need(classes and len(active_classes(self.ground)) < MOST_CLASSES)
        school_edits.archive(self.ground, classes[place % len(classes)], is_archived=False)

    @happens(place=which)
    def students_become_members_or_not(self, place: int) -> None:
        one = self._class(place)
        school_edits.set_members(self.ground, one, students_are_members=not one.students_are_members)

    @happens(place=which, docker_id=st.sampled_from(STUDENTS))
    def a_student_is_enrolled(self, place: int, docker_id: str) -> None:
        school_edits.enrol(self.ground, docker_id, self._class(place))

    @happens(place=which)
    def a_whole_list_is_enrolled(self, place: int) -> None:
        for docker_id in STUDENTS:
            school_edits.enrol(self.ground, docker_id, self._class(place))

    @happens(place=which, docker_id=st.sampled_from(STUDENTS))
    def a_student_is_withdrawn(self, place: int, docker_id: str) -> None:
        school_edits.withdraw(self.ground, docker_id, self._class(place))

    @happens(place=which)
    def a_mistaken_list_is_brought_in(self, place: int) -> None:
        school_edits.lose(self.ground, STUDENTS[1:], self._class(place))

    @happens(docker_id=st.sampled_from(STUDENTS), there=which)
    def a_student_moves(self, docker_id: str, there: int) -> None:
        for enrolment in Enrolment.objects.current().filter(student=student_of(self.ground, docker_id)):
            school_edits.withdraw(self.ground, docker_id, enrolment.class_group)
        school_edits.enrol(self.ground, docker_id, self._class(there))

    @happens(
        name=st.sampled_from(TEACHERS), place=which, by=st.sampled_from(["docker id", "mail", "neither"])
    )
    def a_teacher_comes(self, name: str, place: int, by: str) -> None:
        docker_id = name if by == "docker id" else ""
        school_edits.let_teach(
            self.ground, name, self._class(place), docker_id=docker_id, by_mail=by == "mail"
        )

    @happens(name=st.sampled_from(TEACHERS))
    def a_teacher_goes(self, name: str) -> None:
        school_edits.end_teaching(self.ground, name)

    @happens(place=which, repository=st.sampled_from(REPOSITORIES))
    def an_image_is_assigned(self, place: int, repository: str) -> None:
        school_edits.assign(self.ground, repository, self._class(place))

    @happens(place=which, repository=st.sampled_from(REPOSITORIES))
    def an_image_is_withdrawn(self, place: int, repository: str) -> None:
        school_edits.unassign(self.ground, repository, self._class(place))

    @happens(repository=st.sampled_from(["nginx", "mysql"]))
    def a_repository_is_wanted(self, repository: str) -> None:
        school_edits.want(self.ground, repository)

    @happens(more=st.integers(0, 4))
    def seats_are_bought_or_given_back(self, more: int) -> None:
        used = self.ground.world.seats_used(ORGANIZATION)
        school_edits.set_seats(self.ground, used + more)

    @happens()
    def what_is_held_is_approved(self) -> None:
        school_edits.approve_holds(self.ground)

    @happens()
    def what_is_held_is_refused(self) -> None:
        school_edits.refuse_holds(self.ground)
