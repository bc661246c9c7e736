"""An archived class is read-only: every action that would change it asks here first."""

from django.utils.translation import gettext as _

from classrooms.actions.refusals import ClassIsArchived
from classrooms.models import ClassGroup


def refuse_archived(class_group: ClassGroup) -> None:
    """Raises ClassIsArchived. Asks the database: another page may have archived it a moment ago."""
    if ClassGroup.with_deleted.filter(pk=class_group.pk, archived_at__isnull=False).exists():
        raise ClassIsArchived(
            _("This class is archived. Take it out of the archive before you change anything in it.")
        )
