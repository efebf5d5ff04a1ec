"""Paths of the emulator's own, for tests to see what AWS shows nobody."""

import json
from collections.abc import Callable, Iterable
from typing import Any

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_own_path(
    application: WsgiApplication, path: str, read: Callable[[], Any], forget: Callable[[], None]
) -> WsgiApplication:
    """Wraps `application` so that `GET path` returns what `read` does, as JSON, and `DELETE path` also forgets it.

    A bucket cannot have the path if it has a `_` in it.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != path:
            return application(environ, start_response)
        body = json.dumps(read()).encode()
        if environ["REQUEST_METHOD"] == "DELETE":
            forget()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def after_each_request(application: WsgiApplication, look: Callable[[], None]) -> WsgiApplication:
    """Wraps `application` so that `look` is called when it has handled a request."""

    def looked_after(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = application(environ, start_response)
        look()
        return answer

    return looked_after
