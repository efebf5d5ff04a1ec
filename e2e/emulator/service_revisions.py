"""Service revisions: the workload that a deployment targets, with the digest that each tag was resolved to.

Plain moto has none. On AWS they are what keeps the images of a deployment stable:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
"""

from datetime import datetime
from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import Service, TaskDefinition
from moto.moto_api._internal import mock_random

from .image_resolution import CannotPullContainer, PulledImage, platform_of, pull
from .service_attributes import restore_workload, workload
from .task_network import NoRoute, TaskNetwork


class ContainerCannotStart(Exception):
    """Its image could not be pulled; the message is the reason that DescribeTasks shows."""

    def __init__(self, container_name: str, reason: str):
        super().__init__(reason)
        self.container_name = container_name


class ServiceRevision:
    """The fields of the API's ServiceRevision, with their AWS names in snake case, which moto serializes."""

    def __init__(self, service: Service, task_definition: TaskDefinition):
        numeric_id = mock_random.randint(10**18, 10**19 - 1)
        self.service_revision_arn = f"{service.arn.replace(':service/', ':service-revision/')}/{numeric_id}"
        self.service_arn = service.arn
        self.cluster_arn = service.cluster_arn
        self.task_definition = task_definition.arn
        self.launch_type = service.launch_type
        self.platform_version = service.platform_version
        self.created_at: datetime = utcnow()
        self.network = TaskNetwork(service)
        self._workload = workload(service)
        vars(self).update(self._workload)
        self._definitions: list[dict[str, Any]] = task_definition.container_definitions
        self._platform = platform_of(task_definition.runtime_platform)
        self._resolved: dict[str, str] = {}

    @property
    def container_images(self) -> list[dict[str, str]]:
        """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerImage.html"""
        images = []
        for definition in self._definitions:
            image = {"containerName": definition["name"], "image": definition["image"]}
            if digest := self._resolved.get(definition["name"]):
                image["imageDigest"] = digest
            images.append(image)
        return images

    def pull_images(self, remember: bool = True) -> dict[str, PulledImage]:
        """Pulls every container's image for one task; raises ContainerCannotStart.

        The first task resolves the tags, later ones reuse its digests, unless a container opted out with
        `versionConsistency: "disabled"`. Without `remember` it only finds out what would happen to a task.

        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
        ("container image resolution")
        """
        images = {}
        for definition in self._definitions:
            name, consistent = definition["name"], definition.get("versionConsistency") != "disabled"
            try:
                self.network.check_route()
                resolved = self._resolved.get(name) if consistent else None
                images[name] = pull(definition["image"], self._platform, resolved)
            except (CannotPullContainer, NoRoute) as error:
                raise ContainerCannotStart(name, str(error)) from error
            if remember and consistent and images[name].digest:
                self._resolved[name] = images[name].digest  # type: ignore[assignment]
        return images

    def would_start(self) -> bool:
        """Whether a task of this revision would run if it were started now."""
        try:
            images = self.pull_images(remember=False)
        except ContainerCannotStart:
            return False
        return not any(images[d["name"]].failure and d.get("essential", True) for d in self._definitions)

    def restore(self, service: Service) -> None:
        """Restores `service` to what it was when this revision was made, as a rollback does."""
        service.task_definition = self.task_definition
        restore_workload(service, self._workload)
