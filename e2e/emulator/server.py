"""Serves the extended moto on 127.0.0.1, and on no other interface."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from .extension import extend_moto
from .own_paths import WsgiApplication
from .repeated_requests import with_repeats_answered
from .request_routes import with_request_routes
from .seen_actions import count_actions, with_seen_actions
from .task_rules import with_task_rules

HOST = "127.0.0.1"


class CannotListen(Exception):
    """The port is not available; the message is for the user."""


def serve(port: int, until_stdin_closes: bool) -> None:
    """Listens on `port` (0: any free one), prints the endpoint, and serves until the process is told to stop.

    The port is taken before anything is printed, so whoever reads the line can connect at once.
    """
    listener = _listen(port)
    bound_port = listener.getsockname()[1]
    os.environ["MOTO_PORT"] = str(bound_port)  # moto builds some URLs of its own from it
    extend_moto()
    count_actions()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # by default a line for every request
    moto = DomainDispatcherApplication(create_backend_app)
    application = one_request_at_a_time(
        with_repeats_answered(with_seen_actions(with_request_routes(with_task_rules(moto))))
    )
    server = make_server(HOST, bound_port, application, threaded=True, fd=listener.fileno())

    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop_signal, lambda *_: os._exit(0))
    if until_stdin_closes:
        threading.Thread(target=_exit_when_stdin_closes, daemon=True).start()
    print(f"http://{HOST}:{bound_port}", flush=True)
    server.serve_forever()


def one_request_at_a_time(application: WsgiApplication) -> WsgiApplication:
    """Wraps `application` so that requests are handled one at a time.

    moto's models have no locks, and Terraform sends ten requests at once. An S3 conditional write
    (the state lock of `use_lockfile`) is only a lock if nothing happens between its check and its write.
    """
    lock = threading.Lock()

    def locked(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with lock:
            return application(environ, start_response)

    return locked


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        raise CannotListen(f"cannot listen on {HOST}:{port}: {_why(error)}") from error
    return listener


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _exit_when_stdin_closes() -> None:
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(0)
