"""What the API says about deployments: `deployments` of DescribeServices, and service deployments.

Plain moto keeps one entry of the former, with a stale task definition; it does not have the latter.
"""

from datetime import datetime
from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import Service
from moto.moto_api._internal import mock_random

from .service_attributes import runs_on_fargate
from .service_revisions import ServiceRevision


def failure_threshold(desired_count: int) -> int:
    """Failed tasks after which the circuit breaker trips: half the desired count, at least 3, at most 200.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
    """
    return min(max(-(-desired_count // 2), 3), 200)


class Deployment:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html"""

    def __init__(self, service: Service, revision: ServiceRevision):
        self.id = f"ecs-svc/{mock_random.randint(10**18, 10**19 - 1)}"
        self.revision = revision
        self.task_definition = revision.task_definition
        self.status = "PRIMARY"
        self.desired_count: int = service.desired_count
        self.running_count = 0
        self.pending_count = 0
        self.failed_tasks = 0
        self.launch_type = service.launch_type
        self.platform_version = service.platform_version
        self.platform_family = "Linux" if runs_on_fargate(service) else None
        self.capacity_provider_strategy = service.capacity_provider_strategy
        self.network_configuration = service.network_configuration or None
        self.service_connect_configuration = service.service_connect_configuration
        self.volume_configurations = service.volume_configurations
        self.created_at: datetime = utcnow()
        self.set_rollout_state("IN_PROGRESS", f"ECS deployment {self.id} in progress.")

    def set_rollout_state(self, state: str, reason: str) -> None:
        """`state` is IN_PROGRESS, COMPLETED or FAILED."""
        self.rollout_state = state
        self.rollout_state_reason = reason
        self.updated_at = utcnow()

    def complete(self) -> None:
        """The service has reached a steady state."""
        self.set_rollout_state("COMPLETED", f"ECS deployment {self.id} completed.")


class ServiceDeployment:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html"""

    def __init__(self, service: Service, deployment: Deployment, sources: list[dict[str, Any]]):
        unique = str(mock_random.uuid4()).replace("-", "")[:21]
        self.service_deployment_arn = f"{service.arn.replace(':service/', ':service-deployment/')}/{unique}"
        self.service_arn = service.arn
        self.cluster_arn = service.cluster_arn
        self.deployment = deployment
        self.deployment_configuration = service.deployment_configuration
        self.source_service_revisions = sources
        self.failure_threshold = failure_threshold(service.desired_count)
        self.status = "IN_PROGRESS"
        self.status_reason: str | None = None
        self.rollback: dict[str, Any] | None = None
        self.created_at = self.started_at = self.updated_at = utcnow()
        self.finished_at: datetime | None = None
        self.stopped_at: datetime | None = None

    @property
    def target_service_revision(self) -> dict[str, Any]:
        """The revision being deployed, and how far it is."""
        return revision_summary(self.deployment)

    @property
    def target_service_revision_arn(self) -> str:
        """What ListServiceDeployments shows instead."""
        return self.deployment.revision.service_revision_arn

    @property
    def deployment_circuit_breaker(self) -> dict[str, Any]:
        """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentCircuitBreaker.html"""
        if not self.deployment_configuration["deploymentCircuitBreaker"].get("enable"):
            return {"status": "DISABLED"}
        monitoring = "MONITORING" if self.status == "IN_PROGRESS" else "MONITORING_COMPLETE"
        return {
            "status": "TRIGGERED" if self.deployment.rollout_state == "FAILED" else monitoring,
            "failureCount": self.deployment.failed_tasks,
            "threshold": self.failure_threshold,
        }

    def finish(self, status: str, reason: str | None = None) -> None:
        """`status` is SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL or ROLLBACK_FAILED.

        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
        """
        self.status = status
        self.status_reason = reason
        self.finished_at = self.updated_at = utcnow()
        if status == "STOPPED":
            self.stopped_at = self.finished_at


def revision_summary(deployment: Deployment) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevisionSummary.html"""
    return {
        "arn": deployment.revision.service_revision_arn,
        "requestedTaskCount": deployment.desired_count,
        "runningTaskCount": deployment.running_count,
        "pendingTaskCount": deployment.pending_count,
    }
