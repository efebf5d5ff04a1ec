"""The service scheduler: starts a service's tasks, deploys changes, rolls failed deployments back.

Plain moto has none: its services never start a task and its deployments never end.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html

Nothing happens in the background: a request returns when the deployment it started has ended, or can get no further.
"""

from collections.abc import Iterable
from typing import Any

from moto.core.utils import utcnow
from moto.ecs.models import EC2ContainerServiceBackend, Service
from moto.moto_api._internal import mock_random

from .capacity import provider_of_next_task
from .ecs_tasks import ServiceTask
from .service_deployments import Deployment, ServiceDeployment, revision_summary
from .service_revisions import ServiceRevision

EVENTS_KEPT = 100


class ServiceScheduler:
    """Schedules the tasks of one service with the rolling update (`ECS`) deployment controller."""

    def __init__(self, service: Service, backend: EC2ContainerServiceBackend):
        self.service = service
        self.revisions: list[ServiceRevision] = []
        self.service_deployments: list[ServiceDeployment] = []
        self._backend = backend
        self._tasks: list[ServiceTask] = []
        self._last_completed: Deployment | None = None
        service.deployments = []

    def deploy(self) -> None:
        """Makes a new revision of the service and a PRIMARY deployment for it, which completes, stalls or fails."""
        service = self.service
        definition = self._backend.describe_task_definition(service.task_definition)
        revision = ServiceRevision(service, definition)
        self.revisions.append(revision)
        self._supersede_unfinished()
        sources = [revision_summary(deployment) for deployment in service.deployments]
        deployment = self._make_primary(Deployment(service, revision))
        self.service_deployments.insert(0, ServiceDeployment(service, deployment, sources))
        self._reach_desired_count(deployment)
        self._count()

    def scale(self) -> None:
        """Follows a change of the desired count, which starts no deployment and does not resolve tags again."""
        primary = self.service.deployments[0]
        if primary.rollout_state != "FAILED":
            primary.desired_count = self.service.desired_count
            self._reach_desired_count(primary)
        surplus = self._running()[self.service.desired_count :]
        self._stop(surplus, f"Scaling activity initiated by deployment {primary.id}")
        self._count()

    def replace(self, stopped: ServiceTask) -> None:
        """Starts a task of the same revision, hence with the same digests, in place of one that was stopped."""
        for deployment in self.service.deployments:
            if deployment.revision is stopped.revision and len(self._running()) < self.service.desired_count:
                self._start_task(deployment)
        self._count()

    def retry(self) -> None:
        """Tries again what failed before, if it would work now: AWS's scheduler keeps trying by itself.

        A stopped task is added only when something has changed; otherwise every request would add one.
        """
        primary = self.service.deployments[0]
        stalled = primary.rollout_state != "FAILED" and primary.running_count < primary.desired_count
        if stalled and primary.revision.would_start():
            self._reach_desired_count(primary)
            self._count()

    def drain(self) -> None:
        """Stops every task: the service is being deleted."""
        self._stop(self._running(), "Task stopped by service deletion")
        self._count()
        self.service.deployments = []

    def running_tasks(self) -> list[ServiceTask]:
        """Those of all its deployments."""
        return self._running()

    def _make_primary(self, deployment: Deployment) -> Deployment:
        still_running = [older for older in self.service.deployments if self._running(older.revision)]
        for older in still_running:
            older.status = "ACTIVE"
        self.service.deployments = [deployment, *still_running]
        return deployment

    def _reach_desired_count(self, deployment: Deployment) -> None:
        if self._start_missing_tasks(deployment):
            if deployment.rollout_state == "IN_PROGRESS" and self._alarm_is_raised(deployment):
                self._fail(deployment, "alarms", "alarm detected.", "because of an alarm.")
            elif deployment.rollout_state == "IN_PROGRESS":
                self._complete(deployment)
                self.service_deployments[0].finish("SUCCESSFUL")
        elif deployment.rollout_state == "IN_PROGRESS" and self._circuit_breaker.get("enable"):
            self._trip_circuit_breaker(deployment)

    def _start_missing_tasks(self, deployment: Deployment) -> bool:
        """Stops at the first task that doesn't run: the next would fail the same way."""
        while len(self._running(deployment.revision)) < self.service.desired_count:
            if not self._start_task(deployment):
                return False
        return True

    def _start_task(self, deployment: Deployment) -> bool:
        definition = self._backend.describe_task_definition(deployment.task_definition)
        running = [task.capacity_provider_name for task in self._running(deployment.revision)]
        provider = provider_of_next_task(self.service.capacity_provider_strategy, running)
        task = ServiceTask(self.service, definition, deployment.revision, deployment.id, self._backend, provider)
        self._tasks.append(task)
        self._backend.tasks.setdefault(self.service.cluster_name, {})[task.task_arn] = task
        if task.start():
            self._event(f"has started 1 tasks: (task {task.id}).")
            return True
        deployment.failed_tasks += 1
        self._event("is unable to consistently start tasks successfully.")
        return False

    def _complete(self, deployment: Deployment) -> None:
        outdated = [task for task in self._running() if task.revision is not deployment.revision]
        self._stop(outdated, f"Scaling activity initiated by deployment {deployment.id}")
        self.service.deployments = [deployment]
        deployment.complete()
        self._last_completed = deployment
        self._event(f"(deployment {deployment.id}) deployment completed.")
        self._event("has reached a steady state.")

    @property
    def _circuit_breaker(self) -> dict[str, Any]:
        return self._watch("deploymentCircuitBreaker")

    def _watch(self, name: str) -> dict[str, Any]:
        watch: dict[str, Any] = self.service.deployment_configuration.get(name) or {}
        return watch

    def _alarm_is_raised(self, deployment: Deployment) -> bool:
        """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html"""
        alarms = self._watch("alarms")
        watched = alarms.get("alarmNames", []) if alarms.get("enable") else []
        return any(name in task.alarms for task in self._running(deployment.revision) for name in watched)

    def _trip_circuit_breaker(self, failed: Deployment) -> None:
        """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html"""
        service_deployment = self.service_deployments[0]
        while failed.failed_tasks < service_deployment.failure_threshold:
            self._start_task(failed)
        reason = "because the circuit breaker threshold was exceeded."
        self._fail(failed, "deploymentCircuitBreaker", "tasks failed to start.", reason)

    def _fail(self, failed: Deployment, watch: str, event: str, reason: str) -> None:
        """Ends a deployment, and rolls it back if what watches it, the circuit breaker or alarms, says so."""
        service_deployment = self.service_deployments[0]
        failed.set_rollout_state("FAILED", f"ECS deployment {'alarms' if watch == 'alarms' else 'circuit breaker'}: {event}")
        failed.desired_count = 0
        self._event(f"(deployment {failed.id}) deployment failed: {event}")
        if not self._watch(watch).get("rollback"):
            service_deployment.finish("STOPPED", f"Service deployment stopped {reason}")
        elif self._last_completed is None:
            nothing = "there is no completed service revision to roll back to."
            service_deployment.finish("ROLLBACK_FAILED", f"Service deployment could not be rolled back: {nothing}")
        else:
            self._roll_back(self._last_completed, service_deployment, f"Service deployment rolled back {reason}")

    def _roll_back(self, target: Deployment, service_deployment: ServiceDeployment, reason: str) -> None:
        """Makes the last completed revision PRIMARY again, under a new deployment; its running tasks stay.

        A rollback uses the previous revision, with the digests that it has resolved, and makes no new one:
        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
        """
        service_deployment.rollback = {
            "reason": reason,
            "startedAt": utcnow(),
            "serviceRevisionArn": target.revision.service_revision_arn,
        }
        target.revision.restore(self.service)
        self._event(f"rolling back to deployment {target.id}.")
        rollback = Deployment(self.service, target.revision)
        self.service.deployments = [rollback]
        if self._start_missing_tasks(rollback):
            self._complete(rollback)
            service_deployment.finish("ROLLBACK_SUCCESSFUL", reason)
        else:
            rollback.set_rollout_state("FAILED", "ECS deployment circuit breaker: tasks failed to start.")
            service_deployment.finish("ROLLBACK_FAILED", reason)

    def _supersede_unfinished(self) -> None:
        for service_deployment in self.service_deployments[:1]:
            if service_deployment.status == "IN_PROGRESS":
                service_deployment.finish("STOPPED", "Service deployment stopped by a newer service deployment.")

    def _running(self, revision: ServiceRevision | None = None) -> list[ServiceTask]:
        return [task for task in self._tasks if task.running and revision in (None, task.revision)]

    def _stop(self, tasks: Iterable[ServiceTask], reason: str) -> None:
        for task in tasks:
            task.stop("ServiceSchedulerInitiated", reason)
            self._event(f"has stopped 1 running tasks: (task {task.id}).")

    def _event(self, what_happened: str) -> None:
        event = {
            "id": str(mock_random.uuid4()),
            "createdAt": utcnow(),
            "message": f"(service {self.service.name}) {what_happened}",
        }
        self.service.events = [event, *self.service.events][:EVENTS_KEPT]

    def _count(self) -> None:
        service = self.service
        for deployment in service.deployments:
            deployment.running_count = len(self._running(deployment.revision))
        service.running_count = len(self._running())
        service.pending_count = 0
        service.current_service_revisions = [revision_summary(deployment) for deployment in service.deployments]
        service.current_service_deployment = self.service_deployments[0].service_deployment_arn
