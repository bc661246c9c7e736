"""What was found in the files of an image, in words: `{% load layer_words %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.image_layers.settling import REASONS
from classrooms.secret_signs.kinds import KINDS

register = template.Library()
_ISSUERS = {kind.code: kind for kind in KINDS}
_WORDS = {
    "env_file": gettext_lazy("A password or key among settings"),
    "ssh_key": gettext_lazy("A private key for SSH"),
    "docker_login": gettext_lazy("A sign-in to Docker Hub or another registry"),
    "aws_login": gettext_lazy("A sign-in to Amazon’s cloud"),
    "git_login": gettext_lazy("A sign-in to a Git server"),
    "npm_login": gettext_lazy("A sign-in to npm"),
    "pypi_login": gettext_lazy("A sign-in to PyPI"),
    "kube_login": gettext_lazy("A sign-in to a Kubernetes cluster"),
    "netrc_login": gettext_lazy("A sign-in to a server"),
    "database_login": gettext_lazy("A password of a database"),
    "terraform_state": gettext_lazy("Passwords or keys in what Terraform remembers"),
    "key_store": gettext_lazy("A store of keys"),
    "private_key": gettext_lazy("A private key"),
    "url_password": gettext_lazy("A password in an address"),
}
# Of files that are for one issuer, whose kind says where a key is made worthless.
_ISSUER_OF = {
    "docker_login": "docker_token",
    "aws_login": "aws_key",
    "npm_login": "npm_token",
    "pypi_login": "pypi_token",
}


@register.filter
def layer_sentence(sign: Mapping[str, Any]) -> str:
    """What a file looks like and in which layer it lies; what is in it is not known any more."""
    kind = _ISSUERS.get(sign["kind"])
    issued = _("A key or token of %(issuer)s") % {"issuer": kind.issuer} if kind and kind.issuer else ""
    facts = {"what": issued or _WORDS.get(sign["kind"], sign["kind"]), **sign}
    if sign["is_deleted"]:
        return (
            _(
                "%(what)s: %(path)s (layer %(layer)s). A later step deletes it; it is in the image all the same."
            )
            % facts
        )
    return _("%(what)s: %(path)s (layer %(layer)s).") % facts


@register.filter
def layer_revoke_at(sign: Mapping[str, Any]) -> str:
    """Where its owner makes it worthless; "" where nobody knows."""
    kind = _ISSUERS.get(_ISSUER_OF.get(sign["kind"], sign["kind"]))
    return kind.revoke_at if kind else ""


@register.filter
def reason_sentence(code: str) -> str:
    """Why an image was not looked through to its end; "" for what no sentence knows."""
    return _(REASONS[code]) if code in REASONS else ""
