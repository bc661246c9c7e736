"""PostgreSQL itself refuses to change the register of activity, whoever asks it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.services.servers import PostgreSQL

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own: this one has the tests' SQLite.
STORY = """
from django.db import DatabaseError, connection, transaction
from classrooms.actions import audit
from classrooms.actions.register_upkeep import opened_register
from classrooms.models import AuditEntry, School, User

school = School.objects.create(name="IES Triana")
ana = User.objects.create(username="ana")
audit.record(school=school, actor=ana, verb="class.created", about="1º SMR", facts={"a": [1]})
for statement in (
    "UPDATE classrooms_auditentry SET verb = 'x'",
    "UPDATE classrooms_auditentry SET facts = '{}'",
    "UPDATE classrooms_auditentry SET actor_id = NULL, about = ''",
    "DELETE FROM classrooms_auditentry",
):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        print("changed by", statement)
    except DatabaseError as problem:
        print("refused" if "only added to" in str(problem) else problem)
ana.delete()
print("without name", AuditEntry.objects.get().actor)
with opened_register("a test"):
    print("dropped", AuditEntry.objects.all().delete()[0])
"""


def test_postgresql_refuses_what_is_not_the_upkeep(postgres: PostgreSQL, tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": postgres.url("portal"), "DATA_DIR": str(tmp_path)}

    def manage(*words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
        return done.stdout

    manage("migrate", "--verbosity", "0")

    said = manage("shell", "--verbosity", "0", "-c", STORY).splitlines()

    assert said == ["refused"] * 4 + ["without name None", "dropped 1"]
