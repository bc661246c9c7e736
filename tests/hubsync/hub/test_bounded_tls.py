"""The same over TLS: a certificate that fits, one that does not, and an answer that drips."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hubsync.hub.client import HubConnection
from hubsync.hub.errors import HubUnavailable

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + b'{"ok": true}'


def make_certificate(folder, name):
    """A certificate that signs itself, for 127.0.0.1 or for another name; its file holds the key too."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    hosts = [x509.IPAddress(ipaddress.ip_address(name))] if name[0].isdigit() else [x509.DNSName(name)]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def tls_server(certificate, behave):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            while True:
                try:
                    raw, _ = listener.accept()
                    with context.wrap_socket(raw, server_side=True) as connection:
                        connection.recv(65536)
                        behave(connection)
                except ssl.SSLError:
                    continue
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    path = make_certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    return path


def ask(url, **options):
    return HubConnection(url, sleep=lambda seconds: None, **options).request("GET", "/v2/x")


def test_an_answer_over_tls_is_read(certificate):
    with tls_server(certificate, lambda connection: connection.sendall(WHOLE)) as url:
        assert ask(url) == {"ok": True}


def test_a_drip_over_tls_is_cut_off(certificate):
    def drip(connection):
        for _ in range(40):
            connection.sendall(WHOLE[:1])
            time.sleep(0.05)

    started = time.monotonic()

    with tls_server(certificate, drip) as url, pytest.raises(HubUnavailable):
        ask(url, answer_seconds=0.3)

    assert time.monotonic() - started < 1.0


def test_a_certificate_of_a_stranger_is_not_believed(tmp_path):
    path = make_certificate(tmp_path, "127.0.0.1")

    with (
        tls_server(path, lambda connection: connection.sendall(WHOLE)) as url,
        pytest.raises(HubUnavailable, match="certificate"),
    ):
        ask(url)


def test_a_certificate_for_another_name_is_not_believed(tmp_path, monkeypatch):
    path = make_certificate(tmp_path, "elsewhere.example")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))

    with (
        tls_server(path, lambda connection: connection.sendall(WHOLE)) as url,
        pytest.raises(HubUnavailable, match="certificate"),
    ):
        ask(url)
