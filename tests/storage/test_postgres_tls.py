"""To another machine nothing goes in the clear unless somebody chose that; this machine is free."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from errors import StorageError
from storage.db.postgres_connection import connection_settings
from storage.db.postgres_tls import Encryption, way_to
from storage.open import open_database
from tests.clients.raw_server import RawServer, Visit

#: The first message of a client that wants TLS (postgresql.org/docs/current/protocol-message-formats.html).
SSL_REQUEST = bytes.fromhex("0000000804d2162f")
#: Leads to this machine, as nobody's name for it: for libpq and for us another host.
ELSEWHERE = "0.0.0.0"  # noqa: S104 - connected to, not listened on


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Take away what libpq would read of this machine; return the home that it looks in."""
    for name in ("PGSSLMODE", "PGSSLROOTCERT", "PGHOST", "PGHOSTADDR", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def mode(url: str) -> str | None:
    """Return the mode that is asked of libpq; None leaves it to libpq."""
    found = connection_settings(url).get("sslmode")
    return None if found is None else str(found)


@pytest.mark.parametrize(
    "host",
    ["db.example", "10.0.0.7", "192.168.1.5", "db", "[fd00::1]", "8.8.8.8", "localhost.example"],
)
def test_another_host_is_reached_encrypted_or_not_at_all(host: str) -> None:
    """A near network is another machine too; so is a container's name."""
    assert mode(f"postgresql://me:hush@{host}/greenroom") == "require"
    assert way_to(connection_settings(f"postgresql://me@{host}/g")) is Encryption.ENCRYPTED


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me@localhost/g",
        "postgresql://me@127.0.0.1:5433/g",
        "postgresql://me@[::1]/g",
        "postgresql:///g",
        "postgresql:///g?host=/run/postgresql",
        "postgresql://%2Frun%2Fpostgresql/g",
        "postgresql://db.example/g?hostaddr=127.0.0.1",
    ],
)
def test_this_machine_is_left_to_libpq(url: str) -> None:
    """Loopback and sockets need no certificate."""
    assert mode(url) is None
    assert way_to(connection_settings(url)) is Encryption.INSIDE


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://localhost,db.example/g",
        "postgresql://localhost/g?hostaddr=10.0.0.7",
        "postgresql:///g?host=/run/postgresql,db.example",
    ],
)
def test_one_host_of_several_that_is_elsewhere_counts(url: str) -> None:
    """Whichever answers: the password would go there."""
    assert mode(url) == "require"


@pytest.mark.parametrize("chosen", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_what_somebody_chose_is_kept(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the address it goes before PGSSLMODE, which goes before ours."""
    url = "postgresql://db.example/g"
    assert mode(f"{url}?sslmode={chosen}") == chosen
    monkeypatch.setenv("PGSSLMODE", chosen)
    assert mode(url) is None
    assert mode(f"{url}?sslmode=verify-full") == "verify-full"
    open_way = chosen in {"disable", "allow", "prefer"}
    assert (way_to(connection_settings(url)) is Encryption.OPEN) is open_way


def test_the_environments_host_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without a host takes PGHOST."""
    monkeypatch.setenv("PGHOST", "db.example")
    assert mode("postgresql:///g") == "require"


def test_with_a_root_certificate_the_server_is_checked(
    monkeypatch: pytest.MonkeyPatch, nothing_chosen: Path
) -> None:
    """Named in the address, in the environment, or at libpq's own place."""
    url = "postgresql://db.example/g"
    assert mode(f"{url}?sslrootcert=/etc/ca.pem") == "verify-full"
    monkeypatch.setenv("PGSSLROOTCERT", "/etc/ca.pem")
    assert mode(url) == "verify-full"
    assert way_to(connection_settings(url)) is Encryption.CHECKED
    monkeypatch.delenv("PGSSLROOTCERT")
    (nothing_chosen / ".postgresql").mkdir()
    (nothing_chosen / ".postgresql" / "root.crt").write_text("certificate")
    assert mode(url) == "verify-full"


def test_a_services_own_file_is_left_its_word(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What PGSERVICE says of encryption is somebody's choice."""
    (tmp_path / "services").write_text("[shop]\nhost=db.example\nsslmode=verify-ca\n")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    monkeypatch.setenv("PGSERVICE", "shop")
    assert mode("postgresql:///g") is None
    assert way_to(connection_settings("postgresql:///g")) is Encryption.CHECKED


@pytest.mark.parametrize(
    "url", ["postgresql://db.example/g?sslmode=", "host=db.example dbname=g sslmode=''"]
)
def test_an_empty_mode_chooses_nothing(url: str) -> None:
    """As a setting that was left empty in a template."""
    assert mode(url) == "require"


def test_the_environments_address_goes_before_the_urls_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Libpq connects to PGHOSTADDR, whatever name the URL gives it."""
    monkeypatch.setenv("PGHOSTADDR", "10.0.0.7")
    assert mode("postgresql://localhost/g") == "require"


def test_a_service_in_the_address_is_no_certain_way() -> None:
    """Its file may lead to another machine in the clear."""
    assert way_to(connection_settings("postgresql:///g?service=shop")) is Encryption.UNKNOWN
    known = connection_settings("postgresql://db.example/g?service=shop&sslmode=require")
    assert way_to(known) is Encryption.ENCRYPTED


@pytest.mark.parametrize(
    ("end", "words"),
    [("sslmode=REQUIRE", "no such sslmode"), ("service=nosuch", "in no file that can be read")],
)
def test_a_word_that_libpq_does_not_know_is_named(end: str, words: str) -> None:
    """Not the server is away: the address is wrong."""
    with pytest.raises(StorageError, match=words):
        open_database(f"postgresql://me:hush@127.0.0.1:9/g?{end}")


# --- what libpq does with it ------------------------------------------------------------------


def refusal(server: RawServer, more: str = "") -> StorageError:
    with pytest.raises(StorageError) as raised:
        open_database(f"postgresql://me:hush@{ELSEWHERE}:{server.port}/greenroom{more}")
    assert "hush" not in str(raised.value)
    return raised.value


def knows_no_tls(visit: Visit) -> None:
    """Say that it knows no encryption, as whoever wants to listen would."""
    visit.say(b"N" if visit.connection.recv(8) == SSL_REQUEST else b"E")
    visit.read_to_end()


def test_a_server_without_tls_is_told_no_name_and_no_password() -> None:
    """Neither the name, nor the database, nor the password goes out; the sentence says why."""
    with RawServer(knows_no_tls) as server:
        error = refusal(server)
    assert error.sentence == "The PostgreSQL server does not encrypt, so nothing was sent to it."
    assert server.visits
    assert b"".join(visit.received for visit in server.visits) == b""


def test_whoever_chose_the_clear_gets_it() -> None:
    """`sslmode=disable` is a choice; then the name goes out as it did before."""

    def listens(visit: Visit) -> None:
        visit.received += visit.connection.recv(4096)

    with RawServer(listens) as server:
        refusal(server, "?sslmode=disable")
    assert any(b"greenroom" in visit.received for visit in server.visits)


def made_certificate(folder: Path, name: str) -> Path:
    """Make a certificate that nobody but itself vouches for, with its key in the same file."""
    both = folder / f"{name}.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
    ended = subprocess.run(
        ["openssl", *words, f"/CN={name}", "-keyout", both, "-out", folder / f"{name}.crt"],
        check=True,
        capture_output=True,
    )
    assert ended.returncode == 0
    both.write_text(both.read_text() + (folder / f"{name}.crt").read_text())
    return both


def encrypts_with(certificate: Path, heard: list[bytes]) -> Callable[[Visit], None]:
    """Play a host whose certificate is its own; `heard` holds what comes once it is encrypted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def play(visit: Visit) -> None:
        if visit.connection.recv(8) != SSL_REQUEST:
            return
        visit.say(b"S")
        try:
            with context.wrap_socket(visit.connection, server_side=True) as inside:
                heard.append(inside.recv(4096))
        except (ssl.SSLError, OSError):
            visit.connection.shutdown(socket.SHUT_RDWR)

    return play


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_of_the_hosts_own_is_enough_until_a_root_is_named(tmp_path: Path) -> None:
    """As on Heroku: encrypted, unchecked. With a root certificate another one is refused."""
    heard: list[bytes] = []
    play = encrypts_with(made_certificate(tmp_path, "host"), heard)
    with RawServer(play) as server:
        refusal(server)
    assert any(b"greenroom" in words for words in heard)

    heard.clear()
    made_certificate(tmp_path, "other")
    with RawServer(play) as server:
        error = refusal(server, f"?sslrootcert={tmp_path / 'other.crt'}")
    assert "certificate was not believed" in error.sentence
    assert not any(b"greenroom" in words for words in heard)
