"""Amazon ECS requests that plain moto lacks, or of which it reads only some parameters."""

from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import ecs_backends
from moto.ecs.responses import EC2ContainerServiceResponse

from .capacity import check_strategy
from .ecs import EcsBackend

ARNS_AT_ONCE = 20
DEFAULT_PAGE = 100


class EcsResponse(EC2ContainerServiceResponse):
    """One request to ECS."""

    @property
    def ecs_backend(self) -> EcsBackend:
        """moto's backend, with its real type."""
        return ecs_backends[self.current_account][self.region]  # type: ignore[return-value]

    def register_task_definition(self) -> ActionResult:
        """Keeps `enableFaultInjection` and returns the tags, both of which moto leaves out."""
        task_definition = super().register_task_definition().result["taskDefinition"]  # type: ignore[index]
        task_definition.enable_fault_injection = self._get_param("enableFaultInjection", False)
        return ActionResult({"taskDefinition": task_definition, "tags": task_definition.tags})

    def create_service(self) -> ActionResult:
        """Creates and deploys, which moto doesn't."""
        parameters = self._get_params()
        if parameters.get("taskDefinition"):
            self.ecs_backend.check_deployable(parameters["taskDefinition"], parameters.get("networkConfiguration"))
        cluster = self.ecs_backend._get_cluster(parameters.get("cluster") or "default")
        check_strategy(parameters.get("capacityProviderStrategy"), cluster)
        result = super().create_service()
        self.ecs_backend.deploy_created_service(result.result["service"], parameters)  # type: ignore[index]
        return result

    def update_service(self) -> ActionResult:
        """moto renames the parameters to attributes, some of them wrongly."""
        return ActionResult({"service": self.ecs_backend.update_service(dict(self._get_params()))})

    def list_tasks(self) -> ActionResult:
        """Running tasks unless stopped ones are asked for.

        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
        """
        if not self._get_param("desiredStatus"):
            self.params["desiredStatus"] = "RUNNING"
        return super().list_tasks()

    def describe_tasks(self) -> ActionResult:
        """Names the tasks that are not there, as AWS does."""
        result = super().describe_tasks()
        found = result.result["tasks"]  # type: ignore[index]
        known = {identifier for task in found for identifier in (task.id, task.task_arn)}
        result.result["failures"] = _missing(self._get_param("tasks", []), known)  # type: ignore[index]
        return result

    def list_service_deployments(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html"""
        service = self.ecs_backend.active_service(self._get_param("cluster"), self._get_param("service"))
        scheduler = self.ecs_backend.schedulers.get(service.arn)
        statuses = self._get_param("status") or []
        created = self._get_param("createdAt") or {}
        matching = [
            deployment
            for deployment in (scheduler.service_deployments if scheduler else [])
            if (not statuses or deployment.status in statuses)
            and ("after" not in created or deployment.created_at > _naive(created["after"]))
            and ("before" not in created or deployment.created_at < _naive(created["before"]))
        ]
        start = int(self._get_param("nextToken") or 0)
        end = start + (self._get_param("maxResults") or DEFAULT_PAGE)
        next_token = str(end) if end < len(matching) else None
        return ActionResult({"serviceDeployments": matching[start:end], "nextToken": next_token})

    def describe_service_deployments(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html"""
        every = (d for s in self.ecs_backend.all_schedulers() for d in s.service_deployments)
        return self._describe("serviceDeployment", {d.service_deployment_arn: d for d in every})

    def describe_service_revisions(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html"""
        every = (r for s in self.ecs_backend.all_schedulers() for r in s.revisions)
        return self._describe("serviceRevision", {r.service_revision_arn: r for r in every})

    def _describe(self, kind: str, by_arn: dict[str, Any]) -> ActionResult:
        arns: list[str] = self._get_param(f"{kind}Arns") or []
        if not 0 < len(arns) <= ARNS_AT_ONCE:
            raise InvalidParameterException(f"{kind}Arns must have between 1 and {ARNS_AT_ONCE} items.")
        return ActionResult({f"{kind}s": [by_arn[a] for a in arns if a in by_arn], "failures": _missing(arns, by_arn)})


def _missing(asked: Iterable[str], known: Iterable[str]) -> list[dict[str, str]]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html"""
    found = set(known)
    return [{"arn": arn, "reason": "MISSING"} for arn in asked if arn not in found]


def _naive(time: Any) -> Any:
    """moto keeps its times in UTC without a time zone."""
    return time.replace(tzinfo=None)
