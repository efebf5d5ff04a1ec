"""Tasks that RunTask starts on Fargate: they run to their end at once.

Plain moto pulls nothing, knows only one container of the task and no exit codes, and each DescribeTasks moves the task one
step towards STOPPED. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/standalone-tasks.html
"""

from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import Cluster, EC2ContainerServiceBackend, Task, TaskDefinition

from .ecs_tasks import described_container, without_network
from .image_resolution import CannotPullContainer, PulledImage, platform_of, pull


class JobTask(Task):
    """A task whose containers have ended: with 0, or with 1 if their image is a bad one."""

    def __init__(
        self,
        cluster: Cluster,
        task_definition: TaskDefinition,
        backend: EC2ContainerServiceBackend,
        **given: Any,
    ):
        super().__init__(
            cluster=cluster,
            task_definition=without_network(task_definition),
            container_instance_arn=None,
            resource_requirements=None,
            backend=backend,
            launch_type="FARGATE",
            **given,
        )
        self.cpu = task_definition.cpu
        self.memory = task_definition.memory
        self.created_at = self.started_at = self.stopping_at = self.stopped_at = utcnow()
        definitions = task_definition.container_definitions
        self.containers: list[dict[str, Any]] = [  # type: ignore[assignment]
            described_container(self.task_arn, definition) for definition in definitions
        ]
        self.last_status = self.desired_status = "STOPPED"
        self._run(platform_of(task_definition.runtime_platform))

    def advance(self) -> None:
        """Overrides moto's steps towards STOPPED: it has stopped."""

    def _run(self, platform: str) -> None:
        try:
            images = [pull(container["image"], platform) for container in self.containers]
        except CannotPullContainer as error:
            self.stop_code, self.stopped_reason = "TaskFailedToStart", str(error)
            for container in self.containers:
                container["lastStatus"] = "STOPPED"
            return
        self.stop_code, self.stopped_reason = "EssentialContainerExited", "Essential container in task exited"
        for container, image in zip(self.containers, images, strict=True):
            container.update(_ended(image))


def _ended(image: PulledImage) -> dict[str, Any]:
    end: dict[str, Any] = {"lastStatus": "STOPPED", "exitCode": 1 if image.failure else 0}
    if image.failure:
        end["reason"] = image.failure
    if image.digest:
        end["imageDigest"] = image.digest
    return end
