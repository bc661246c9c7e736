"""What a Docker ID may look like."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Hub: older accounts have dashes and underscores although new ones cannot.
docker_id_is_possible = RegexValidator(
    r"^[a-zA-Z0-9][a-zA-Z0-9_-]{2,63}$",
    _("A Docker ID has letters, digits, “-” and “_”, no spaces and no @: it is not an e-mail address."),
)
