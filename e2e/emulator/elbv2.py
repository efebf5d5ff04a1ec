"""Elastic Load Balancing: the ports of listeners.

Plain moto lets two listeners of a load balancer have the same port.
"""

from types import ModuleType
from typing import Any

from moto.elbv2 import urls
from moto.elbv2.exceptions import DuplicateListenerError
from moto.elbv2.models import ELBv2Backend, FakeListener


class Elbv2Backend(ELBv2Backend):
    """Elastic Load Balancing of one account in one region."""

    @property
    def _url_module(self) -> ModuleType:  # moto guesses it from the name of the class's module
        return urls

    def create_listener(self, load_balancer_arn: str, protocol: str, port: str, *others: Any, **named: Any) -> FakeListener:
        """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html"""
        self._check_port(load_balancer_arn, port)
        return super().create_listener(load_balancer_arn, protocol, port, *others, **named)

    def modify_listener(self, arn: str, port: str | None = None, *others: Any, **named: Any) -> FakeListener:
        """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html"""
        listener = self.describe_listeners(None, [arn])[0]
        if port is not None and str(port) != str(listener.port):
            self._check_port(listener.load_balancer_arn, port)
        return super().modify_listener(arn, port, *others, **named)

    def _check_port(self, load_balancer_arn: str, port: str) -> None:
        """A UDP listener may not have the port of a TCP one either."""
        listeners = self.describe_listeners(load_balancer_arn, [])
        if any(str(listener.port) == str(port) for listener in listeners):
            raise DuplicateListenerError()
