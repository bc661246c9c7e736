"""Starting the local Docker Hub from a command line."""

import argparse
import os
import signal
import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import Event

from . import demo
from .keeping import Keeper, load
from .server import serve
from .truth import read_truth
from .world import World

DEFAULT_PORT = 8001


def add_arguments(parser: argparse.ArgumentParser) -> None:
    # A default that is text is read as if it had been typed, so that a wrong HUB_PORT gets a sentence too.
    port = os.environ.get("HUB_PORT") or str(DEFAULT_PORT)
    parser.add_argument(
        "--port", type=int, default=port, help="port to listen at (HUB_PORT, else 8001); 0: any"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--state", type=Path, help="JSON file that keeps everything over a restart")
    parser.add_argument(
        "--truth", type=Path, help="folder with the answers of a probe: they set the switches"
    )
    parser.add_argument("--seed-demo", action="store_true", help="fill an empty state with the demonstration")


def run(*, host: str, port: int, state: Path | None, seed_demo: bool, truth: Path | None = None) -> int:
    """Serve until a signal ends it. Returns an exit status; problems are one sentence on standard error."""
    try:
        world = load(state) if state else World()
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        return _complain(f"{state} cannot be read as a state of the local Docker Hub: {error}")
    if truth:
        try:
            _tell_truth(*read_truth(truth, world.switches))
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            return _complain(f"{truth} cannot be read as the answers of a probe: {error}")
    if seed_demo and world.is_empty:
        demo.fill(world)
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        server = serve(world, host, port)
    except OSError as error:
        return _complain(f"port {port} of {host} cannot be used: {error.strerror}")
    with Keeper(world, state) if state else nullcontext(), server, suppress(KeyboardInterrupt):
        sys.stdout.write(f"local Docker Hub: {server.url}/\n")
        sys.stdout.flush()
        ended.wait()
    return 0


def _tell_truth(found: dict[str, object], odd: list[str]) -> None:
    for name, value in found.items():
        sys.stdout.write(f"answered by the probe: {name} = {value}\n")
    for sentence in odd:
        _complain(f"answered by the probe, but no switch can say it: {sentence}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hubsync.sandbox", description=__doc__)
    add_arguments(parser)
    return run(**vars(parser.parse_args(arguments)))


def _complain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
