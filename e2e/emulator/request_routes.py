"""Remembers where requests went: which target group the rules of listeners forwarded to, and how many tasks were in it.

Nobody could tell afterwards: a request that finds no task gets a 503, and the next deploy step may bring one.
"""

from typing import Any

from moto.ecs.models import ecs_backends
from moto.elbv2.models import ELBv2Backend, FakeListener, elbv2_backends

from .own_paths import WsgiApplication, after_each_request, with_own_path

PATH = "/_request_routes"

_seen: list[list[dict[str, Any]]] = []


def with_request_routes(application: WsgiApplication) -> WsgiApplication:
    """Wraps `application` so that `GET /_request_routes` returns where requests went, and `DELETE` also forgets it.

    An entry has all rules that got requests, with the target group and the number of tasks of services in it; there is
    another one for each time that anything of it changed. Of rules with the same conditions, the first gets them all.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
    """
    return with_own_path(after_each_request(application, _look), PATH, lambda: _seen, _seen.clear)


def _look() -> None:
    routes = [route for backend in _backends() for route in _routes(backend)]
    if routes and (not _seen or _seen[-1] != routes):
        _seen.append(routes)


def _backends() -> list[ELBv2Backend]:
    return [backend for regions in list(elbv2_backends.values()) for backend in list(regions.values())]


def _routes(backend: ELBv2Backend) -> list[dict[str, Any]]:
    listeners = [each for balancer in backend.load_balancers.values() for each in balancer.listeners.values()]
    return [route for listener in listeners for route in _routes_of(listener, _tasks_by_target_group(backend))]


def _routes_of(listener: FakeListener, tasks: dict[str, int]) -> list[dict[str, Any]]:
    first: dict[str, Any] = {}
    for rule in sorted((each for each in listener.rules.values() if not each.is_default), key=lambda r: int(r.priority)):
        first.setdefault(repr(rule.conditions), rule)
    return [
        {"priority": int(rule.priority), "targetGroup": arn, "tasks": tasks.get(arn, 0)}
        for rule in first.values()
        for action in rule.actions
        if (arn := action.data.get("TargetGroupArn"))
    ]


def _tasks_by_target_group(backend: ELBv2Backend) -> dict[str, int]:
    """A task is registered with the target groups that its service had when the revision was made."""
    counts: dict[str, int] = {}
    for scheduler in ecs_backends[backend.account_id][backend.region_name].all_schedulers():  # type: ignore[attr-defined]
        for task in scheduler.running_tasks():
            for registered in task.revision.load_balancers:
                arn = registered["targetGroupArn"]
                counts[arn] = counts.get(arn, 0) + 1
    return counts
