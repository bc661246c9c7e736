"""What goes by itself, and doing it now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from classrooms.actions.retention import keep_house, rules_of
from classrooms.models import Deletion, School
from classrooms.queries.retention import Kind, cutoff_of, due_count


class Command(BaseCommand):
    help = (
        "Says what is kept longer than the schools' rules allow. With --now the day's upkeep is done at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now", action="store_true", help="do what is due; warnings keep their two weeks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["now"]:
            keep_house()
        today = timezone.localdate()
        for school in School.objects.order_by("name", "pk"):
            old = {kind: due_count(school, kind, cutoff_of(rules_of(school), kind, today)) for kind in Kind}
            open_warnings = school.retention_warnings.filter(done_at__isnull=True).order_by("due_on")
            says = ", ".join(f"{one.kind} {one.count} on {one.due_on}" for one in open_warnings) or "none"
            trash = Deletion.objects.in_trash().filter(school=school).count()
            self.stdout.write(
                f"{school}: classes {old[Kind.YEARS]}, students {old[Kind.STUDENTS]}, "
                f"trash {trash}; warned: {says}"
            )
