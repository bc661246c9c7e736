"""Gives each test process a data folder of its own before the settings are read. Loaded by `-p` in pyproject.toml.

Nothing of the person who runs the tests is read or changed: neither ./data nor what the environment says about
databases, brokers and mail.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

OUTER = "AULAHUB_TEST_PLACE"
UNSET = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "HUB_URL",
    "BASE_URL",
    "DEPLOYMENT",
    "ALLOWED_HOSTS",
    "PORT",
    "HUB_PORT",
)


def _place() -> Path:
    """One folder for the run, and in it one for each process of pytest-xdist."""
    if OUTER not in os.environ:
        os.environ[OUTER] = tempfile.mkdtemp(prefix="aulahub-tests-")
        atexit.register(shutil.rmtree, os.environ[OUTER], ignore_errors=True)
    return Path(os.environ[OUTER]) / os.environ.get("PYTEST_XDIST_WORKER", "main")


for name in UNSET:
    os.environ.pop(name, None)
place = _place()
(place / "static").mkdir(parents=True, exist_ok=True)
os.environ["DATA_DIR"] = str(place)
# Playwright's synchronous interface runs an event loop, in which Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
