"""What has done its work and is kept for nobody: each for as long as the page on data protection says."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from classrooms.actions.join_requests import forget_old
from classrooms.models import AccessCode, ImageCheck, RosterImport, StaffImport

LISTS_KEPT = timedelta(days=90)
CHECKS_KEPT = timedelta(days=90)


def drop_leftovers(now: datetime) -> None:
    """Sessions and codes that have ended, names left at the door, class lists and staff lists, results of checks."""
    Session.objects.filter(expire_date__lte=now).delete()
    AccessCode.objects.filter(expires_at__lte=now).delete()
    forget_old()
    RosterImport.objects.filter(created_at__lt=now - LISTS_KEPT).delete()
    StaffImport.objects.filter(created_at__lt=now - LISTS_KEPT).delete()
    ImageCheck.objects.filter(asked_at__lt=now - CHECKS_KEPT).delete()
