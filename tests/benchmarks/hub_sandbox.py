"""How fast the local Docker Hub answers, asked by another process, and whether it slows down as it fills."""

import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median

from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from tests.benchmarks.figure import Figure

ORGANIZATION = "iesgrande"
TOKEN = "dckr_oat_of-the-benchmark"
FEW, MANY = 100, 10_000
ASKERS = 2
SECONDS = 2.0
ROUNDS = 3
# What a run of the portal asks most: one thing at a time, and pages of a hundred members.
SINGLE = (
    f"/v2/orgs/{ORGANIZATION}",
    f"/v2/orgs/{ORGANIZATION}/groups/team7",
    f"/v2/namespaces/{ORGANIZATION}/repositories/image7",
    "/v2/users/user7",
)
PAGES = (f"/v2/orgs/{ORGANIZATION}/members?page=1&page_size=100",)


def fill(members: int) -> World:
    """An organization with so many members, all in one team, and a hundred teams and repositories."""
    world = World()
    world.limits.anonymous_per_minute = world.limits.signed_in_per_minute = None
    world.add_user("anaruiz")
    # More people than a Team plan has seats for: a larger plan, so to speak.
    world.add_organization(ORGANIZATION, owner="anaruiz", seats=100).seats = members + 10
    world.add_organization_token(
        ORGANIZATION,
        label="bench",
        scopes=(*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES),
        created_by="anaruiz",
        value=TOKEN,
    )
    teams = [world.add_team(ORGANIZATION, f"team{number}") for number in range(100)]
    for number in range(100):
        world.grant(world.add_repository(ORGANIZATION, f"image{number}"), teams[number], "read")
    for number in range(members):
        world.add_user(f"user{number}")
        world.take_seat(ORGANIZATION, f"user{number}", "member")
        world.add_to_team(teams[0], f"user{number}")
    return world


def _serve(members: int, pipe: Connection) -> None:
    with serve(fill(members)) as hub:
        pipe.send(hub.port)
        pipe.recv()


@contextmanager
def hub_with(members: int) -> Iterator[int]:
    """The port of a local Docker Hub that runs in a process of its own."""
    # A fresh interpreter: a fork would share this one's memory, and a lock for the whole.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(members, theirs), daemon=True)
    process.start()
    # So that a server that dies ends the waiting.
    theirs.close()
    try:
        yield ours.recv()
        ours.send("enough")
        process.join(10)
    finally:
        process.kill()


class Asker:
    """One kept connection. Bare sockets, so that the asking costs as little as it can beside the answering."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"Host: 127.0.0.1:{port}\r\nAccept: application/json\r\n"
        secret = json.dumps({"identifier": ORGANIZATION, "secret": TOKEN})
        bearer = json.loads(self.ask("POST", "/v2/auth/token", secret))["access_token"]
        self._head += f"Authorization: Bearer {bearer}\r\n"

    def ask(self, method: str, path: str, body: str = "") -> bytes:
        """The body of an answer, which has to be a good one."""
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body.encode())
        got = bytearray()
        while b"\r\n\r\n" not in got:
            got += self._socket.recv(65536)
        head_bytes, _, content = got.partition(b"\r\n\r\n")
        if head_bytes[9:10] != b"2":
            raise AssertionError(bytes(got[:500]))
        told = head_bytes.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        while len(content) < int(told or 0):
            content += self._socket.recv(65536)
        return bytes(content)


def asked_for(port: int, paths: Sequence[str], seconds: float, askers: int = ASKERS) -> float:
    """How many answers a second, over so many connections at once."""
    counts = [0] * askers
    connections = [Asker(port) for _ in range(askers)]
    ends_at = time.perf_counter() + seconds

    def keep_asking(number: int) -> None:
        while time.perf_counter() < ends_at:
            connections[number].ask("GET", paths[counts[number] % len(paths)])
            counts[number] += 1

    threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(askers)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)


def measure() -> Iterator[Figure]:
    with hub_with(FEW) as few, hub_with(MANY) as many:
        single = [asked_for(many, SINGLE, SECONDS) for _ in range(ROUNDS)]
        yield Figure("hub_sandbox.requests_per_second", max(single), "1/s", limit=1000.0, more_is_better=True)
        # Turn about, so that whatever else the machine does meets both.
        ratios = []
        for _ in range(ROUNDS):
            ratios.append(asked_for(few, PAGES, SECONDS / 2) / asked_for(many, PAGES, SECONDS / 2))
        yield Figure("hub_sandbox.slowdown_10000_members", median(ratios), "ratio", limit=1.5)
