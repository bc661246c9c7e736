"""Whether a request comes from the machine on which the portal runs."""

import ipaddress

from django.http import HttpRequest


def is_this_machine(request: HttpRequest) -> bool:
    """Whether the browser runs here. A request that came through a proxy is somebody else's."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
