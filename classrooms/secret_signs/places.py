"""Where in an image files lie that look like secrets and are none: what came with packages, not with the student."""

from __future__ import annotations

import re

# The web's own folder of a server's image lies among the packages' files, and is what a student fills.
_LOOKED_AT = ("usr/share/nginx/html/", "usr/lib/node-red/", "usr/share/tomcat", "usr/share/caddy/")
# Certificates and Debian's self-signed "snakeoil" key, documentation, tests of libraries, the packages' own records.
_OF_PACKAGES = (
    "etc/ssl/", "etc/pki/", "etc/ca-certificates/", "etc/apt/", "etc/chromium", "usr/share/", "usr/lib/",
    "usr/lib32/", "usr/lib64/", "usr/libexec/", "usr/include/", "usr/local/lib/", "usr/local/go/",
    "usr/local/share/ca-certificates/",
    "usr/local/include/", "usr/src/linux", "lib/", "lib64/", "bin/", "sbin/", "usr/bin/", "usr/sbin/",
    "var/lib/dpkg/", "var/lib/apt/", "var/cache/", "opt/java/", "opt/bitnami/common/", "proc/", "sys/", "dev/",
)  # fmt: skip
# Made anew for each container that matters, and they open nothing but the container itself.
_HOST_KEYS = re.compile(r"etc/ssh/ssh_host_[a-z0-9_]+")
# What a package manager brought, wherever the work lies. Test keys are part of many libraries.
_BROUGHT = re.compile(
    r"(?:^|/)(?:node_modules|site-packages|dist-packages|vendor|pkg/mod|gems|\.cargo/registry|\.m2/repository"
    r"|\.nuget/packages|\.cache|testdata|__pycache__)/"
)


def is_looked_at(path: str) -> bool:
    """Whether a file at "app/.env" may be somebody's; `path` is without a leading "/"."""
    if path.startswith(_LOOKED_AT):
        return not _BROUGHT.search(path)
    return not (path.startswith(_OF_PACKAGES) or _HOST_KEYS.match(path) or _BROUGHT.search(path))
