"""A process that has everything imported and forks one program after the other.

A fresh Python needs a second until it has imported what the queue needs; hundreds of killed
processes would take hours. What is forked here is a process of its own all the same: it opens
the database, the vault and its connections itself, and SIGKILL ends it as it ends any.

Reads a line of JSON per program: ``words`` of the command line, ``env``, ``now`` (ISO),
``settings`` of the spec data that differ, by placement, and ``out``, the file for its output.
Answers with a line ``pid N``, then ``exit STATUS`` when it has ended (negative: the signal that
ended it).
"""

import json
import os
import sys
import traceback
from datetime import datetime


def _import_all() -> None:
    import importlib

    for name in (
        "alembic",
        "cryptography.hazmat.primitives.ciphers.aead",
        "keyring.core",
        "requests",
        "requests_aws4auth",
        "truststore",
        "wajo_studio.bootstrap",
        "wajo_studio.cli.app",
        "wajo_studio.cli.commands",
        "wajo_studio.cli.queue",
        "wajo_studio.networks.registry",
        "wajo_studio.services.publishing.queue",
        "wajo_studio.specs.loader",
        "wajo_studio.store.database.migrate",
        "wajo_studio.vault.vault",
    ):
        importlib.import_module(name)
    from wajo_studio.networks.registry import _ADAPTERS
    from wajo_studio.specs.loader import load_specs

    for place in _ADAPTERS.values():
        try:
            importlib.import_module(place.partition(":")[0])
        except ModuleNotFoundError:
            continue
    load_specs()


def _become(order: dict[str, object]) -> int:
    """What a forked process does."""
    from wajo_studio.clock import SystemClock

    moment = datetime.fromisoformat(str(order["now"]))
    setattr(SystemClock, "now", lambda _self: moment)  # noqa: B010 - a method is replaced
    settings = order["settings"]
    assert isinstance(settings, dict)
    _change_specs(settings)
    environment = order["env"]
    assert isinstance(environment, dict)
    os.environ.update(environment)
    out = os.open(str(order["out"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    from wajo_studio.cli.app import run

    words = order["words"]
    assert isinstance(words, list)
    return run([str(word) for word in words])


def _change_specs(settings: dict[str, dict[str, object]]) -> None:
    from wajo_studio.specs import loader

    specs = loader.load_specs()
    for placement, values in settings.items():
        spec = specs[placement]
        update = {"settings": {**spec.settings, **values}}
        specs[placement] = spec.model_copy(update=update)
    setattr(loader, "load_specs", lambda: specs)  # noqa: B010 - a function is replaced


def main() -> None:
    """Serve until standard input ends."""
    _import_all()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            status = 99
            try:
                status = _become(order)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        print(f"pid {pid}", flush=True)  # noqa: T201
        _pid, ended = os.waitpid(pid, 0)
        print(f"exit {os.waitstatus_to_exitcode(ended)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
