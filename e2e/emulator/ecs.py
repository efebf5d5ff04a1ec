"""Amazon ECS: moto's backend with services that run tasks."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.utils import utcnow
from moto.ecs import urls
from moto.ecs.exceptions import ECSException, EcsClientException, InvalidParameterException
from moto.ecs.models import Cluster, EC2ContainerServiceBackend, Service, Task, TaskDefinition

from .capacity import check_change, check_removal
from .ecs_tasks import ServiceTask
from .job_tasks import JobTask
from .log_routing import route_logs
from .service_attributes import complete_network_configuration, set_created, set_updated, workload
from .service_scheduler import ServiceScheduler

DEFAULT_REGION = "us-east-1"


class EcsBackend(EC2ContainerServiceBackend):
    """ECS of one account in one region.

    The default account has a cluster `default` in us-east-1, with the capacity providers of Fargate, like an account that
    has used ECS there.
    """

    def __init__(self, region_name: str, account_id: str):
        super().__init__(region_name, account_id)
        self.schedulers: dict[str, ServiceScheduler] = {}
        if (account_id, region_name) == (DEFAULT_ACCOUNT_ID, DEFAULT_REGION):
            self.create_cluster("default").capacity_providers = ["FARGATE", "FARGATE_SPOT"]

    @property
    def _url_module(self) -> ModuleType:  # moto guesses it from the name of the class's module
        return urls

    def describe_clusters(self, cluster_names: list[str]) -> tuple[list[Cluster], list[Any]]:
        """Counts what is there; moto's own counters miss the tasks of services."""
        clusters, failures = super().describe_clusters(cluster_names)
        for cluster in clusters:
            services = [s for s in self.services.values() if s.cluster_arn == cluster.arn and s.status == "ACTIVE"]
            cluster.active_services_count = len(services)
            cluster.running_tasks_count = len(self.list_tasks(cluster.arn, desiredStatus="RUNNING"))
            cluster.pending_tasks_count = 0
        return clusters, failures

    def put_cluster_capacity_providers(
        self,
        cluster_name: str,
        capacity_providers: list[str] | None,
        default_capacity_provider_strategy: list[dict[str, Any]] | None,
    ) -> Cluster:
        """A capacity provider in use cannot be removed."""
        check_removal(self._get_cluster(cluster_name), capacity_providers or [], self.services.values())
        return super().put_cluster_capacity_providers(
            cluster_name, capacity_providers, default_capacity_provider_strategy
        )

    def register_task_definition(
        self, family: str, container_definitions: list[dict[str, Any]], *args: Any, **kwargs: Any
    ) -> TaskDefinition:
        """moto returns 500 for a task definition without containers."""
        if not container_definitions:
            raise EcsClientException("Container list cannot be empty.")
        route_logs(container_definitions)
        task_definition = super().register_task_definition(family, container_definitions, *args, **kwargs)
        task_definition.registered_at = utcnow()
        return task_definition

    def create_service(
        self, cluster_str: str, service_name: str, desired_count: int, *args: Any, **kwargs: Any
    ) -> Service:
        """moto silently replaces a service of the same name; on AWS that is an error."""
        cluster = self._get_cluster(cluster_str)
        existing = self.services.get(f"{cluster.name}:{service_name}")
        if existing and existing.status == "ACTIVE":
            raise InvalidParameterException("Creation of service was not idempotent.")
        complete_network_configuration(kwargs.get("network_configuration"))
        return super().create_service(cluster_str, service_name, desired_count, *args, **kwargs)

    def deploy_created_service(self, service: Service, parameters: Mapping[str, Any]) -> None:
        """Completes a service that moto has made from some of CreateService's `parameters`, and deploys it."""
        set_created(service, self._get_cluster(service.cluster_name), parameters)
        service.created_at = utcnow()
        if service.deployment_controller["type"] == "ECS" and service.task_definition:
            scheduler = self.schedulers[service.arn] = ServiceScheduler(service, self)
            scheduler.deploy()

    def check_deployable(self, task_definition: str, network_configuration: Any) -> str:
        """The ARN of a task definition that a service may use.

        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
        """
        found = self.describe_task_definition(task_definition)
        if found.status != "ACTIVE":
            raise EcsClientException("TaskDefinition is inactive")
        if found.network_mode == "awsvpc" and not network_configuration:
            raise InvalidParameterException(
                "Network Configuration must be provided when networkMode 'awsvpc' is specified."
            )
        return found.arn

    def run_task(
        self,
        cluster_str: str,
        task_definition_str: str,
        count: int,
        overrides: dict[str, Any] | None,
        started_by: str,
        tags: list[dict[str, str]] | None,
        launch_type: str | None,
        networking_configuration: dict[str, Any] | None = None,
        group: str | None = None,
        platform_version: str | None = None,
    ) -> list[Task]:
        """A task on Fargate runs to its end before the request returns; others are moto's."""
        if launch_type != "FARGATE":
            return super().run_task(
                cluster_str,
                task_definition_str,
                count,
                overrides,
                started_by,
                tags,
                launch_type,
                networking_configuration,
                group,
                platform_version,
            )
        cluster = self._get_cluster(cluster_str)
        task_definition = self.describe_task_definition(task_definition_str)
        if task_definition.network_mode == "awsvpc" and not networking_configuration:
            raise InvalidParameterException(
                "Network Configuration must be provided when networkMode 'awsvpc' is specified."
            )
        given = {"overrides": overrides, "started_by": started_by, "tags": tags, "platform_version": platform_version}
        group = group or f"family:{task_definition.family}"
        tasks = [JobTask(cluster, task_definition, self, group=group, **given) for _ in range(count)]
        self.tasks.setdefault(cluster.name, {}).update({task.task_arn: task for task in tasks})
        return list(tasks)

    def update_service(self, service_properties: dict[str, Any]) -> Service:
        """Accepts UpdateService's parameters under their AWS names.

        A new task definition, another change of the workload, or `forceNewDeployment` starts a deployment.
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
        """
        service = self._get_service(service_properties.get("cluster") or "default", service_properties["service"])
        if service.status != "ACTIVE":
            raise ECSException("ServiceNotActiveException", "Service was not ACTIVE.")
        check_change(service, service_properties, self._get_cluster(service.cluster_name))
        network = service_properties.get("networkConfiguration")
        if network:
            complete_network_configuration(network)
            service._validate_network(network)
        before = (service.task_definition, workload(service))
        if service_properties.get("taskDefinition"):
            service.task_definition = self.check_deployable(
                service_properties["taskDefinition"], network or service.network_configuration
            )
        set_updated(service, service_properties)
        if service_properties.get("desiredCount") is not None:
            service.desired_count = int(service_properties["desiredCount"])

        scheduler = self.schedulers.get(service.arn)
        if scheduler:
            changed = before != (service.task_definition, workload(service))
            if changed or service_properties.get("forceNewDeployment"):
                scheduler.deploy()
            else:
                scheduler.scale()
        return service

    def delete_service(self, cluster_name: str, service_name: str, force: bool) -> Service:
        """Stops the tasks; service revisions and service deployments are deleted with the service."""
        service = super().delete_service(cluster_name, service_name, force)
        scheduler = self.schedulers.pop(service.arn, None)
        if scheduler:
            service.desired_count = 0
            scheduler.drain()
        scaling = applicationautoscaling_backends[self.account_id][self.region_name]
        scaling.forget_service(service.cluster_name, service.name)  # type: ignore[attr-defined]
        return service

    def describe_services(self, cluster_str: str, service_names_or_arns: list[str]) -> tuple[list[Service], Any]:
        """Tries again to start the tasks of services that could not start them before."""
        services, failures = super().describe_services(cluster_str, service_names_or_arns)
        for service in services:
            self._retry(service)
        return services, failures

    def list_services(
        self, cluster_str: str, scheduling_strategy: str | None = None, launch_type: str | None = None
    ) -> list[str]:
        """Without those that were deleted, which moto lists for ever.

        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
        """
        listed = super().list_services(cluster_str, scheduling_strategy, launch_type)
        active = {service.arn for service in self.services.values() if service.status == "ACTIVE"}
        return [arn for arn in listed if arn in active]

    def list_tasks(
        self,
        cluster_str: str | None = None,
        container_instance: str | None = None,
        family: str | None = None,
        started_by: str | None = None,
        service_name: str | None = None,
        desiredStatus: str | None = None,
    ) -> list[Task]:
        """Filters by service, which moto doesn't, and by family even if the revision is INACTIVE."""
        if service_name:
            service = self.active_service(cluster_str, service_name)
            self._retry(service)
            service_name = service.name
        tasks = super().list_tasks(None, container_instance, None, started_by, None, desiredStatus)
        cluster_arn = self._get_cluster(cluster_str).arn if cluster_str else None
        return [
            task
            for task in tasks
            if (cluster_arn is None or task.cluster_arn == cluster_arn)
            and (family is None or _family(task) == family)
            and (service_name is None or task.group == f"service:{service_name}")
        ]

    def stop_task(self, cluster_str: str, task_str: str, reason: str) -> Task:
        """A task of a service is replaced at once."""
        cluster = self._get_cluster(cluster_str)
        for task in self.tasks.get(cluster.name, {}).values():
            if task_str in (task.id, task.task_arn):
                if not isinstance(task, ServiceTask):
                    return super().stop_task(cluster_str, task_str, reason)
                if task.running:
                    task.stop("UserInitiated", reason or "Task stopped by user")
                    self.schedulers[task.revision.service_arn].replace(task)
                return task
        raise InvalidParameterException("The referenced task was not found.")

    def active_service(self, cluster_str: str | None, service_str: str) -> Service:
        """By name or ARN; ServiceNotFoundException even for a deleted one, as in AWS's listings."""
        services, _ = super().describe_services(cluster_str or "default", [service_str])
        if not services or services[0].status != "ACTIVE":
            raise ECSException("ServiceNotFoundException", "Service not found.")
        return services[0]

    def all_schedulers(self) -> Iterator[ServiceScheduler]:
        """Of every service that is not deleted."""
        yield from self.schedulers.values()

    def _retry(self, service: Service) -> None:
        scheduler = self.schedulers.get(service.arn)
        if scheduler:
            scheduler.retry()


def _family(task: Task) -> str:
    return str(task.task_definition_arn.split("/")[-1].split(":")[0])
