"""Asks a server for one page over and over: `python -m tests.benchmarks.asking PORT PATH SECONDS`, prints what it held.

1,000 pages a second are asked for and no more; plain sockets, so that the asking costs the machine little.
"""

import json
import socket
import sys
import threading
import time

CONNECTIONS, ASKED_PER_SECOND = 16, 1_000


class Asker(threading.Thread):
    """One connection that asks again as soon as it was answered, at most its share of what is asked for."""

    def __init__(self, port: int, path: str, until: float) -> None:
        super().__init__()
        self.port, self.until, self.seconds = port, until, list[float]()
        self.request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: es\r\n\r\n".encode()
        self.trouble = ""

    def run(self) -> None:
        pause = CONNECTIONS / ASKED_PER_SECOND
        try:
            with socket.create_connection(("127.0.0.1", self.port)) as connection:
                while (begun := time.perf_counter()) < self.until:
                    connection.sendall(self.request)
                    self._read(connection)
                    taken = time.perf_counter() - begun
                    self.seconds.append(taken)
                    time.sleep(max(0.0, pause - taken))
        except OSError as problem:
            self.trouble = str(problem)

    def _read(self, connection: socket.socket) -> None:
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more(connection)
        head, _, body = got.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise OSError(head[:80].decode())
        length = int(head.lower().split(b"content-length:")[1].split()[0])
        left = length - len(body)
        while left > 0:
            left -= len(self._more(connection))

    @staticmethod
    def _more(connection: socket.socket) -> bytes:
        if not (part := connection.recv(65_536)):
            raise OSError("The server hung up.")
        return part


def main(port: int, path: str, seconds: float) -> None:
    begun = time.perf_counter()
    askers = [Asker(port, path, begun + seconds) for _number in range(CONNECTIONS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    if troubles := {asker.trouble for asker in askers} - {""}:
        raise SystemExit("; ".join(troubles))
    took = time.perf_counter() - begun
    taken = sorted(second for asker in askers for second in asker.seconds)
    found = {"rate": len(taken) / took, "p99_seconds": taken[int(len(taken) * 0.99)]}
    print(json.dumps(found))  # noqa: T201  another process reads it


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
