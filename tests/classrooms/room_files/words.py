"""Every sentence of a file by its own name, so that a test sees which one was said."""

from classrooms.room_files.bundle import BundleWords
from classrooms.room_files.limit import LimitWords
from classrooms.room_files.mirror import MirrorWords

BUNDLE = BundleWords(**{name: f"<{name}>" for name in BundleWords.__dataclass_fields__})
LIMIT = LimitWords(**{name: f"<{name}>" for name in LimitWords.__dataclass_fields__})
MIRROR = MirrorWords(**{name: f"<{name}>" for name in MirrorWords.__dataclass_fields__})
