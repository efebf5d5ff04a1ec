"""Amazon EC2: security groups that are in use.

Plain moto deletes a security group whoever uses it.
"""

from collections.abc import Iterator
from types import ModuleType

from moto.ec2 import urls
from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
from moto.ecs.models import ecs_backends

from .ecs_tasks import ServiceTask


class Ec2Backend(EC2Backend):
    """EC2 of one account in one region."""

    @property
    def _url_module(self) -> ModuleType:  # moto guesses it from the name of the class's module
        return urls

    def delete_security_group(self, name: str | None = None, group_id: str | None = None) -> None:
        """Refuses while a task runs in the group, or a rule of another group refers to it.

        https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html
        """
        group = self.get_security_group_by_name_or_id(group_id or name or "")
        if group and (self._has_tasks(group) or self._is_referred_to(group)):
            raise DependencyViolationError(f"resource {group.id} has a dependent object")
        super().delete_security_group(name, group_id)

    def running_tasks(self) -> Iterator[ServiceTask]:
        """The tasks of services that run now."""
        for scheduler in ecs_backends[self.account_id][self.region_name].all_schedulers():  # type: ignore[attr-defined]
            yield from scheduler.running_tasks()

    def rules_of(self, group_id: str) -> list[SecurityGroupRule]:
        """Both ways; none if the group does not exist."""
        group = self.get_security_group_from_id(group_id)
        return [*group.egress_rules, *group.ingress_rules] if group else []

    def _has_tasks(self, group: SecurityGroup) -> bool:
        return any(group.id in task.revision.network.security_groups for task in self.running_tasks())

    def _is_referred_to(self, group: SecurityGroup) -> bool:
        others = [other for groups in self.groups.values() for other in groups.values() if other is not group]
        return any(rule.source_group.get("GroupId") == group.id for other in others for rule in self.rules_of(other.id))
