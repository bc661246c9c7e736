"""Keeping the world in a JSON file: read at the start, written a moment after each change, never half."""

import json
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event, Thread
from typing import Any

from . import records
from .world import World

MOMENT_SECONDS = 0.3


def save(world: World, path: Path) -> None:
    """Write everything to the file, in one step: whoever reads it finds the old state or the new one."""
    with world.lock:
        content = json.dumps(
            {
                "signing_key": world.signing_key,
                "next_id": world.next_id,
                "ahead_seconds": world.clock.ahead.total_seconds(),
                "switches": world.switches.as_dict(),
                "limits": world.limits.as_dict(),
                "records": [[type(one).__name__, records.to_row(one)] for one in world.records()],
            }
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, delete=False, encoding="utf-8") as draft:
        draft.write(content)
    Path(draft.name).replace(path)


def load(path: Path) -> World:
    """The world in the file, or an empty one where there is no file yet."""
    if not path.exists():
        return World()
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    world = World(is_new=False)
    world.signing_key, world.next_id = kept["signing_key"], kept["next_id"]
    world.clock.ahead = timedelta(seconds=kept["ahead_seconds"])
    for name, value in kept["switches"].items():
        world.switches.turn(name, value)
    for name, number in kept.get("limits", {}).items():
        world.limits.set(name, number)
    for kind, row in kept["records"]:
        world.put(records.from_row(getattr(records, kind), row))
    world.rebuild_manifests()
    return world


class Keeper:
    """Saves the world in the background whenever something may have changed, and once more at the end."""

    def __init__(self, world: World, path: Path) -> None:
        self._world, self._path = world, path
        self._ended = Event()
        self._thread = Thread(target=self._run, name="keeper", daemon=True)

    def __enter__(self) -> "Keeper":
        save(self._world, self._path)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._ended.set()
        self._thread.join()
        save(self._world, self._path)

    def _run(self) -> None:
        saved = self._world.journal.changes
        while not self._ended.wait(MOMENT_SECONDS):
            now = self._world.journal.changes
            if now != saved:
                saved = now
                save(self._world, self._path)
