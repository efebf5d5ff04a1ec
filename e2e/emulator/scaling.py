"""Application Auto Scaling: scalable targets with tags, and what becomes of their policies.

Plain moto returns 500 to requests about tags, lists the policies of all names, gives a policy another ARN when it is
updated and leaves its old alarms behind, and keeps policies and scheduled actions without their target, and a target
without its service.
"""

import json
from types import ModuleType
from typing import Any

from moto.applicationautoscaling import urls
from moto.applicationautoscaling.models import (
    ApplicationAutoscalingBackend,
    FakeApplicationAutoscalingPolicy,
    FakeScalableTarget,
    applicationautoscaling_backends,
)
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.exceptions import JsonRESTError

SERVICE_COUNT = "ecs:service:DesiredCount"


class ScalingBackend(ApplicationAutoscalingBackend):
    """Application Auto Scaling of one account in one region."""

    def __init__(self, region_name: str, account_id: str):
        super().__init__(region_name, account_id)
        self.tags: dict[str, dict[str, str]] = {}

    @property
    def _url_module(self) -> ModuleType:  # moto guesses it from the name of the class's module
        return urls

    def find_target(self, resource_id: str, dimension: str) -> FakeScalableTarget:
        """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"""
        target = self.targets.get(dimension, {}).get(resource_id)
        if target is None:
            raise JsonRESTError(
                "ObjectNotFoundException",
                f"No scalable target registered for resource ID: {resource_id}, scalable dimension: {dimension}",
            )
        return target

    def tags_of(self, arn: str) -> dict[str, str]:
        """The tags of a target, which must be registered."""
        if all(target.arn != arn for targets in self.targets.values() for target in targets.values()):
            raise JsonRESTError("ResourceNotFoundException", f"Resource not found: {arn}")
        return self.tags.setdefault(arn, {})

    def deregister_scalable_target(self, namespace: str, r_id: str, dimension: str) -> None:
        """Deletes its policies and scheduled actions.

        https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html
        """
        self.tags.pop(self.find_target(r_id, dimension).arn, None)
        super().deregister_scalable_target(namespace, r_id, dimension)
        for policy in [p for p in self.policies.values() if (p.resource_id, p.scalable_dimension) == (r_id, dimension)]:
            self.delete_scaling_policy(policy.policy_name, namespace, r_id, dimension)
        self.scheduled_actions = [
            a for a in self.scheduled_actions if (a.resource_id, a.scalable_dimension) != (r_id, dimension)
        ]

    def forget_service(self, cluster_name: str, service_name: str) -> None:
        """Deregisters the target of a service that was deleted."""
        resource_id = f"service/{cluster_name}/{service_name}"
        if self._scalable_target_exists(resource_id, SERVICE_COUNT):
            self.deregister_scalable_target("ecs", resource_id, SERVICE_COUNT)

    def put_scaling_policy(
        self,
        policy_name: str,
        service_namespace: str,
        resource_id: str,
        scalable_dimension: str,
        policy_body: dict[str, Any],
        policy_type: str | None,
    ) -> FakeApplicationAutoscalingPolicy:
        """Needs a target; an update keeps the ARN."""
        self.find_target(resource_id, scalable_dimension)
        key = FakeApplicationAutoscalingPolicy.formulate_key(
            service_namespace, resource_id, scalable_dimension, policy_name
        )
        old = self.policies.get(key)
        policy = super().put_scaling_policy(
            policy_name, service_namespace, resource_id, scalable_dimension, policy_body, policy_type
        )
        if old:
            old.delete_alarms(self.account_id, self.region_name)
            policy.policy_arn = old.policy_arn
        return policy

    def put_scheduled_action(
        self,
        service_namespace: str,
        schedule: str,
        timezone: str,
        scheduled_action_name: str,
        resource_id: str,
        scalable_dimension: str,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Needs a target."""
        self.find_target(resource_id, scalable_dimension)
        super().put_scheduled_action(
            service_namespace,
            schedule,
            timezone,
            scheduled_action_name,
            resource_id,
            scalable_dimension,
            *args,
            **kwargs,
        )


class ScalingResponse(ApplicationAutoScalingResponse):
    """One request to Application Auto Scaling."""

    @property
    def applicationautoscaling_backend(self) -> ScalingBackend:
        """moto's backend, with its real type."""
        return applicationautoscaling_backends[self.current_account][self.region]  # type: ignore[return-value]

    def register_scalable_target(self) -> str:
        """Keeps the tags of a new target."""
        answer = super().register_scalable_target()
        arn = json.loads(answer)["ScalableTargetARN"]
        self.applicationautoscaling_backend.tags_of(arn).update(self._get_param("Tags") or {})
        return answer

    def describe_scaling_policies(self) -> str:
        """Those with the names that are asked for."""
        answer = json.loads(super().describe_scaling_policies())
        names = self._get_param("PolicyNames")
        if names:
            answer["ScalingPolicies"] = [p for p in answer["ScalingPolicies"] if p["PolicyName"] in names]
        return json.dumps(answer)

    def list_tags_for_resource(self) -> str:
        """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html"""
        return json.dumps({"Tags": self.applicationautoscaling_backend.tags_of(self._get_param("ResourceARN"))})

    def tag_resource(self) -> str:
        """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TagResource.html"""
        self.applicationautoscaling_backend.tags_of(self._get_param("ResourceARN")).update(self._get_param("Tags"))
        return "{}"

    def untag_resource(self) -> str:
        """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_UntagResource.html"""
        tags = self.applicationautoscaling_backend.tags_of(self._get_param("ResourceARN"))
        for key in self._get_param("TagKeys"):
            tags.pop(key, None)
        return "{}"
