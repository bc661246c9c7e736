"""On PostgreSQL, where hand-ins of one moment do not wait for each other, the bound on files holds all the same."""

import os
import subprocess
import sys
from pathlib import Path

from tests.services.servers import PostgreSQL

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own: this one has the tests' SQLite.
STORY = """
import threading
from django.db import connection
from classrooms.actions.handing_in import HandedIn, hand_in
from classrooms.actions.refusals import NotTaken
from classrooms.models import HandIn, Practice
from tests.classrooms.hand_ins.given import give
from tests.factories import make_class_group, make_school, make_student

class_group = make_class_group(make_school())
given = give(class_group, hand_in_way=Practice.Way.ARCHIVE)
student = make_student(class_group)
for number in range(3):
    hand_in(class_practice=given, student=student, handed_in=HandedIn(archive=f"{number}.tar"))
together = threading.Barrier(4)
said = []

def come(name):
    together.wait()
    try:
        hand_in(class_practice=given, student=student, handed_in=HandedIn(archive=name))
        said.append("taken")
    except NotTaken:
        said.append("refused")
    connection.close()

threads = [threading.Thread(target=come, args=(f"at-once-{number}.tar",)) for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
rows = HandIn.objects.exclude(archive="")
print(connection.vendor, *sorted(said), rows.count(), rows.values("attempt").distinct().count())
"""


def test_of_four_files_at_once_with_room_for_two_two_are_taken(postgres: PostgreSQL, tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": postgres.url("files"), "DATA_DIR": str(tmp_path)}

    def manage(*words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
        return done.stdout

    manage("migrate", "--verbosity", "0")

    assert manage("shell", "--verbosity", "0", "-c", STORY).split() == [
        *("postgresql", "refused", "refused", "taken", "taken", "5", "5"),
    ]
