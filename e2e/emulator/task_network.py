"""The network of a task: from a subnet without a way to the registry it cannot pull its image.

Plain moto lets a task start in any subnet.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
"""

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ecs.models import Service

NO_ROUTE = "com.ecs-pin.emulator/no-route"
"""Tag of a subnet, with any value: there is no route from it to Amazon ECR, as without a NAT gateway."""


class NoRoute(Exception):
    """The registry does not answer; the message is the reason that DescribeTasks shows."""

    def __init__(self, region: str):
        super().__init__(
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth "
            "from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network "
            f'configuration. RequestError: send request failed caused by: Post "https://api.ecr.{region}.amazonaws.com/":'
            " dial tcp: i/o timeout"
        )


class TaskNetwork:
    """The `awsvpcConfiguration` that the tasks of a service revision have."""

    def __init__(self, service: Service):
        configuration: dict[str, Any] = (service.network_configuration or {}).get("awsvpcConfiguration", {})
        self.security_groups: list[str] = configuration.get("securityGroups", [])
        self._subnets: list[str] = configuration.get("subnets", [])
        self._ec2 = ec2_backends[service._account_id][service.region_name]

    def check_route(self) -> None:
        """Raises NoRoute."""
        if not self._subnets:
            return
        for subnet in self._ec2.describe_subnets(subnet_ids=self._subnets):
            if any(tag["key"] == NO_ROUTE for tag in subnet.get_tags()):
                raise NoRoute(self._ec2.region_name)
