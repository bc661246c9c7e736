"""One request is over in time, however the other side behaves. Real sockets on this machine."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from hubsync.hub.client import HubConnection
from hubsync.hub.errors import HubUnavailable

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(behave):
    """A server that reads each request and then does what `behave(connection)` says."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    try:
                        behave(connection)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def drip(first, part=b"a", times=40):
    def behave(connection):
        connection.sendall(first)
        for _ in range(times):
            connection.sendall(part)
            time.sleep(0.05)

    return behave


SLOW = {
    "heading lines": drip(HEAD + b"X-Slow: "),
    "body": drip(HEAD + b"Content-Length: 1000\r\n\r\n", b" "),
    "body without length": drip(HEAD + b"Connection: close\r\n\r\n", b" "),
    "chunks": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "silence": lambda connection: time.sleep(2),
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_slow_drip_is_cut_off_in_whole(kind):
    started = time.monotonic()

    with server(SLOW[kind]) as url, pytest.raises(HubUnavailable):
        HubConnection(url, answer_seconds=0.3, sleep=lambda seconds: None).request("POST", "/v2/x")

    assert time.monotonic() - started < 1.0


def test_a_slow_drip_is_not_asked_for_again():
    calls = []

    with server(SLOW["body"]) as url, pytest.raises(HubUnavailable):
        HubConnection(url, answer_seconds=0.3, on_call=lambda *call: calls.append(call)).request(
            "GET", "/v2/x"
        )

    assert len(calls) == 1


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 50\r\n\r\n{}",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        HEAD + b"\r\n" + b"[" * 10,
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"",
    ],
)
def test_an_answer_that_is_cut_off_or_broken_is_no_answer(answer):
    def behave(connection):
        connection.sendall(answer)

    with server(behave) as url, pytest.raises(HubUnavailable):
        HubConnection(url, answer_seconds=1, sleep=lambda seconds: None).request("GET", "/v2/x")


def test_an_endless_body_is_given_up():
    def behave(connection):
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(b" " * 1_000_000)

    with server(behave) as url, pytest.raises(HubUnavailable):
        HubConnection(url, sleep=lambda seconds: None).request("POST", "/v2/x")


def test_where_nobody_listens_there_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(HubUnavailable):
        HubConnection(f"http://127.0.0.1:{port}", sleep=lambda seconds: None).request("GET", "/v2/x")
