"""Remembers which security group rules tasks had while they ran.

Nobody could tell afterwards: EC2 lets a rule go whoever needs it, and the next request may bring it back.
"""

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroupRule

from .ec2 import Ec2Backend
from .own_paths import WsgiApplication, after_each_request, with_own_path

PATH = "/_task_rules"

_seen: list[dict[str, Any]] = []


def with_task_rules(application: WsgiApplication) -> WsgiApplication:
    """Wraps `application` so that `GET /_task_rules` returns what tasks had, and `DELETE` also forgets it.

    An entry is a service, one of its security groups, and the rules that the group had while a task of the service ran
    in it; there is another one for each time that they changed.
    """
    return with_own_path(after_each_request(application, _look), PATH, lambda: _seen, _seen.clear)


def _look() -> None:
    for regions in list(ec2_backends.values()):
        for backend in list(regions.values()):
            _look_at(backend)


def _look_at(backend: Ec2Backend) -> None:
    for task in backend.running_tasks():
        for group in task.revision.network.security_groups:
            rules = sorted(map(_text, backend.rules_of(group)))
            entry = {"service": task.group.removeprefix("service:"), "securityGroup": group, "rules": rules}
            if entry not in _seen:
                _seen.append(entry)


def _text(rule: SecurityGroupRule) -> str:
    """`ingress tcp 80-80 10.0.0.0/8`"""
    ports = "" if rule.from_port is None else f" {rule.from_port}-{rule.to_port}"
    peer = rule.cidr_ipv4 or rule.cidr_ipv6 or rule.source_group.get("GroupId") or rule.prefix_list_id
    return f"{'egress' if rule.is_egress else 'ingress'} {rule.ip_protocol}{ports} {peer}"
