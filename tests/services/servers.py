"""PostgreSQL and Redis, started by the tests themselves: private, on sockets of the file system, without a port.

They run as an ordinary user also when the tests run as root, which PostgreSQL refuses to be; and they may be killed
as by a failing machine and started again on the same data. Both keep what they acknowledged (fsync is on).
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import psycopg
import redis

SECONDS_TO_START = 20.0
SECONDS_TO_END = 10.0
POSTGRES_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/usr/pgsql-*/bin",
)


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's programs, the newest first; None where they are not installed."""
    found = [path.parent for place in POSTGRES_PLACES for path in Path("/").glob(place[1:] + "/initdb")]
    by_path = shutil.which("initdb")
    newest = sorted(
        found, key=lambda folder: [int(part) for part in folder.as_posix().split("/") if part.isdigit()]
    )
    return newest[-1] if newest else Path(by_path).resolve().parent if by_path else None


def find_redis() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


class Server:
    """One server with a folder of its own below /tmp: the path of a socket may not be long."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="aulahub-", dir="/tmp"))
        self._user = _ordinary_user()
        if self._user:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self) -> Self:
        self.process = subprocess.Popen(self.command(), **self._as_ordinary_user())
        _wait(self.answers, f"{type(self).__name__} did not start; its words are in {self.folder}/log")
        return self

    def stop(self) -> None:
        """End it in order and forget its data."""
        if self.process and self.process.poll() is None:
            # PostgreSQL: SIGINT ends it without waiting for the sessions of others.
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                # A registry waits for clients that keep their connections open; nothing of its data is needed.
                self.kill9()
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill9(self) -> None:
        """As when the machine loses its power: everything of it ends at once, without a word."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        _wait(lambda: not _lives(self.process.pid), "the killed server's children live on")  # type: ignore[union-attr]

    def restart(self) -> Self:
        """Start again on the same data after `kill9`, or end it first where it still runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(SECONDS_TO_START)
        return self.start()

    def _as_ordinary_user(self) -> dict[str, Any]:
        log = (self.folder / "log").open("ab")
        common: dict[str, Any] = {"cwd": "/", "start_new_session": True, "stdout": log, "stderr": log}
        if self._user is None:
            return common
        return common | {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


class PostgreSQL(Server):
    """`url("name")` is what DATABASE_URL takes."""

    def __init__(self) -> None:
        super().__init__()
        programs = find_postgres()
        assert programs, "PostgreSQL is not installed"
        self.programs, self.data = programs, self.folder / "data"
        self._initdb()

    def _initdb(self) -> None:
        user = ["-U", "aulahub", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
        command = [str(self.programs / "initdb"), "--no-sync", "-D", str(self.data), *user]
        done = subprocess.run(command, **self._as_ordinary_user(), check=False)
        if done.returncode:
            # macOS has no locale of that name.
            command[-1] = "--locale=C"
            subprocess.run(command, **self._as_ordinary_user(), check=True)

    def command(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "max_connections": "100",
        }
        return [
            str(self.programs / "postgres"), "-D", str(self.data),
            *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
        ]  # fmt: skip

    def answers(self) -> bool:
        try:
            psycopg.connect(self.dsn("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def dsn(self, database: str) -> str:
        return f"host={self.folder} user=aulahub dbname={database}"

    def url(self, database: str) -> str:
        """The address of a database, which is made where there was none."""
        self.create(database)
        # As django-environ reads a socket's folder: it begins with a slash of its own.
        return f"postgresql://aulahub@/{self.folder}/{database}"

    def create(self, database: str) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
            if not known:
                connection.execute(
                    psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database))
                )


class Redis(Server):
    """`url` is what REDIS_URL takes. Every write is on the disk before it is acknowledged."""

    @property
    def socket(self) -> Path:
        return self.folder / "redis.sock"

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def command(self) -> list[str]:
        program = find_redis()
        assert program, "Redis is not installed"
        kept = ["--save", "", "--appendonly", "yes", "--appendfsync", "always", "--dir", str(self.folder)]
        # The socket belongs to the ordinary user; the tests may run as another.
        return [program, "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "777", *kept]

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket))

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False


def _ordinary_user() -> pwd.struct_passwd | None:
    """Whom a server runs as when the tests run as root; None where they do not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("There is no ordinary user on this machine")


def _wait(is_so: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise)
        time.sleep(0.02)


def _lives(session: int) -> bool:
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
