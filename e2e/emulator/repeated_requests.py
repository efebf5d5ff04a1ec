"""Answers a request that a client sends again because it has not received the response.

The AWS SDKs do that by themselves when a connection breaks. Plain moto does again what was requested, so that on a busy
machine a deploy fails once in a while with `Creation of service was not idempotent` or `The specified priority is in use`.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from .own_paths import WsgiApplication

KEPT = 1000
"""How many responses are kept; a repeat comes within a second."""


class Answer(NamedTuple):
    """A complete response."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


def with_repeats_answered(application: WsgiApplication) -> WsgiApplication:
    """Wraps `application` so that a repeat of what has succeeded gets the same response, and does nothing.

    All attempts at one call of an SDK have the same `amz-sdk-invocation-id`. What has failed is tried again.
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    """
    answers: OrderedDict[str, Answer] = OrderedDict()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        given = answers.get(invocation) if invocation else None
        if given is None:
            given = _complete(application, environ)
            if invocation and given.status.startswith("2"):
                answers[invocation] = given
                if len(answers) > KEPT:
                    answers.popitem(last=False)
        start_response(given.status, given.headers)
        return [given.body]

    return answer


def _complete(application: WsgiApplication, environ: dict[str, Any]) -> Answer:
    started: list[tuple[str, list[tuple[str, str]]]] = []
    chunks = application(environ, lambda status, headers, exc_info=None: started.append((status, headers)))
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()
    return Answer(*started[-1], body)
