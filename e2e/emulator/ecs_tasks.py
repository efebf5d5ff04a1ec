"""Tasks of a service.

Plain moto starts none; of a task that was started another way it knows only one container, and each
DescribeTasks moves the task one step towards STOPPED.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import EC2ContainerServiceBackend, Service, Task, TaskDefinition
from moto.moto_api._internal import mock_random

from .image_resolution import PulledImage
from .service_attributes import runs_on_fargate
from .service_revisions import ContainerCannotStart, ServiceRevision


class ServiceTask(Task):
    """A task that the service scheduler started. It runs until someone stops it, or cannot start at all."""

    def __init__(
        self,
        service: Service,
        task_definition: TaskDefinition,
        revision: ServiceRevision,
        deployment_id: str,
        backend: EC2ContainerServiceBackend,
        capacity_provider: str | None,
    ):
        super().__init__(
            cluster=backend._get_cluster(service.cluster_name),
            task_definition=without_network(task_definition),
            container_instance_arn=None,
            resource_requirements=None,
            backend=backend,
            group=f"service:{service.name}",
            launch_type="FARGATE" if runs_on_fargate(service) else "EC2",
            started_by=deployment_id,
            tags=[*_managed_tags(service), *_propagated_tags(service, task_definition)],
            platform_version=service.platform_version,
        )
        self.revision = revision
        self.capacity_provider_name = capacity_provider
        self.cpu = task_definition.cpu
        self.memory = task_definition.memory
        self.enable_execute_command = service.enable_execute_command
        self.stopped_reason = None  # type: ignore[assignment]
        self.created_at = utcnow()
        self.alarms: set[str] = set()
        self._essential = {d["name"]: d.get("essential", True) for d in task_definition.container_definitions}
        self.containers: list[dict[str, Any]] = [  # type: ignore[assignment]
            described_container(self.task_arn, definition) for definition in task_definition.container_definitions
        ]

    def advance(self) -> None:
        """Overrides moto's steps towards STOPPED: a task of a service keeps running."""

    @property
    def running(self) -> bool:
        """Whether it counts towards the service's desired count."""
        return bool(self.last_status == "RUNNING")

    def start(self) -> bool:
        """Pulls the images and runs the containers; False if the task stopped again, which then says why."""
        try:
            images = self.revision.pull_images()
        except ContainerCannotStart as error:
            self._container(error.container_name)["reason"] = str(error)
            self.stop("TaskFailedToStart", str(error))
            return False
        self.started_at = utcnow()
        self.alarms = {image.alarm for image in images.values() if image.alarm}
        for container in self.containers:
            self._run(container, images[container["name"]])
        if any(c["lastStatus"] == "STOPPED" and self._essential[c["name"]] for c in self.containers):
            self.stop("EssentialContainerExited", "Essential container in task exited")
            return False
        return True

    def stop(self, stop_code: str, reason: str) -> None:
        """Ends the task; for the codes see
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html#ECS-Type-Task-stopCode"""
        self.last_status = self.desired_status = "STOPPED"
        self.stop_code = stop_code
        self.stopped_reason = reason
        self.stopping_at = self.stopped_at = utcnow()
        for container in self.containers:
            container["lastStatus"] = "STOPPED"

    def _container(self, name: str) -> dict[str, Any]:
        return next(container for container in self.containers if container["name"] == name)

    def _run(self, container: dict[str, Any], image: PulledImage) -> None:
        container["lastStatus"] = "RUNNING"
        container["runtimeId"] = f"{self.id.replace('-', '')}-{mock_random.randint(10**9, 10**10 - 1)}"
        if image.digest:
            container["imageDigest"] = image.digest
        if image.failure:
            container.update(lastStatus="STOPPED", exitCode=1, reason=image.failure)


def described_container(task_arn: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    """A container as DescribeTasks shows it before it runs."""
    return {
        "containerArn": f"{task_arn.replace(':task/', ':container/')}/{mock_random.uuid4()}",
        "taskArn": task_arn,
        "name": definition["name"],
        "image": definition["image"],
        "lastStatus": "PENDING",
        "cpu": str(definition.get("cpu", 0)),
    }


def _managed_tags(service: Service) -> list[dict[str, str]]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html#managed-tags"""
    if not service.enable_ecs_managed_tags:
        return []
    tags = {"aws:ecs:clusterName": service.cluster_name, "aws:ecs:serviceName": service.name}
    return [{"key": key, "value": value} for key, value in tags.items()]


def _propagated_tags(service: Service, task_definition: TaskDefinition) -> list[dict[str, str]]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html"""
    source = {"SERVICE": service.tags, "TASK_DEFINITION": task_definition.tags}.get(service.propagate_tags)
    return list(source or [])


def without_network(task_definition: TaskDefinition) -> TaskDefinition:
    """Keeps moto from making a network interface, which fails in a VPC without DNS host names, and which nobody
    deletes, so that the subnet and the security groups could not be deleted either."""
    outline = copy(task_definition)
    outline.network_mode = None
    return outline
