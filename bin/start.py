"""Runs the web server and the worker side by side; a signal, or the end of one, ends both.

With `--card` a fake Stripe stands beside them, so that a card payment can be tried without an account.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
OURSELVES = f"http://{HOST if HOST not in {'0.0.0.0', '::'} else '127.0.0.1'}:{PORT}"
ADDRESS = os.environ.get("BASE_URL", OURSELVES)
THREADS = os.environ.get("DATABASE_THREADS", "16")  # one connection each, no more threads than connections
PATIENCE = 10  # seconds that a process has to finish what it is doing

COMMANDS: dict[str, tuple[str, ...]] = {
    "web server": (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", HOST, "--port", PORT),
        *("--blocking-threads", THREADS, "--backpressure", str(2 * int(THREADS)), "--log-level", "error", "wsgi:app"),
    ),
    "worker": (sys.executable, "-m", "flask", "--app", "wsgi", "work"),
}
FAKE_STRIPE_PORT = "12111"
FAKE_STRIPE = {
    "STRIPE_SECRET_KEY": "sk_test_fake",
    "STRIPE_WEBHOOK_SECRETS": "whsec_fake",
    "STRIPE_API_URL": f"http://127.0.0.1:{FAKE_STRIPE_PORT}",
}


class Stopped(Exception):
    """Somebody asked for the end: Ctrl-C, `kill`, or a closed terminal."""


def stop(*_: object) -> None:
    """Turn a signal into the exception that leaves the waiting loop; further ones change nothing."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def check_port() -> None:
    """End at once, with one line, if the web server could not listen where it should."""
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    try:
        socket.create_server((HOST, int(PORT)), family=family).close()
    except OSError as error:
        sys.exit(
            f"Cannot listen on {HOST}:{PORT} ({os.strerror(error.errno or 0)}); choose another port: PORT=8001 make run"
        )


def answers() -> bool:
    """Whether the web server is ready to be visited."""
    try:
        urlopen(f"{OURSELVES}/healthz", timeout=1).close()
    except HTTPError:
        return True  # it says no, but it speaks: with BASE_URL set it answers to that name alone
    except (URLError, TimeoutError, ConnectionError):
        return False
    return True


def watch(processes: dict[str, subprocess.Popen[bytes]]) -> int:
    """Name the address once it answers; return 1, for failed, when one of the processes has ended by itself."""
    announced = False
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"The {name} has ended by itself; its last lines tell why.", file=sys.stderr)
                return 1
        if not announced and answers():
            print(f"\n  {ADDRESS} is open. Ctrl-C closes it.\n", flush=True)
            announced = True
        time.sleep(0.2)


def end(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, and insist with those that do not in time."""
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def take_cards() -> None:
    """Let a fake Stripe stand beside the others, and tell them where."""
    os.environ.update(FAKE_STRIPE)
    hears = ("--webhook", f"{OURSELVES}/webhook/stripe", "--secret", FAKE_STRIPE["STRIPE_WEBHOOK_SECRETS"])
    COMMANDS["fake Stripe"] = (sys.executable, "-m", "tests.fakestripe", "--port", FAKE_STRIPE_PORT, *hears)


def main() -> int:
    """Start all, and return the exit code: 0 when somebody asked for the end."""
    check_port()
    if "--card" in sys.argv:
        take_cards()
    processes: dict[str, subprocess.Popen[bytes]] = {}
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)
    try:
        for name, command in COMMANDS.items():
            # A group of its own: Ctrl-C reaches it once, by end(); asked twice, granian leaves a process behind.
            processes[name] = subprocess.Popen(command, process_group=0)
        return watch(processes)
    except Stopped:
        return 0
    finally:
        end(processes)


if __name__ == "__main__":
    sys.exit(main())
