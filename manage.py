#!/usr/bin/env python3
"""The one command of Aulahub. `up` starts everything, `test` tests it, `bench` measures it; the rest are Django's
commands and ours.

The bootstrap makes `.venv` from the lock file first, so that only Python itself is needed on the machine.
"""

import os
import sys

from portal import bootstrap


def main() -> None:
    bootstrap.enter_environment(sys.argv)
    if sys.argv[1:2] == ["test"]:
        bootstrap.run_tests(sys.argv[2:])
    if sys.argv[1:2] == ["bench"]:
        bootstrap.run_benchmarks(sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    # Only from here on Django is there.
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
