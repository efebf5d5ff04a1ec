"""Attributes of an ECS service: which ones a request may set, their defaults, and which ones start a deployment.

Plain moto drops most of them, so that whoever reads a service back, above all Terraform, sees a
difference that is not there.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from botocore import xform_name
from moto.ecs.models import Cluster, Service

DEFAULTS: Mapping[str, Any] = {
    "availabilityZoneRebalancing": "ENABLED",
    "enableECSManagedTags": False,
    "enableExecuteCommand": False,
    "healthCheckGracePeriodSeconds": None,
    "placementConstraints": [],
    "placementStrategy": [],
    "propagateTags": "NONE",
}

STARTING_A_DEPLOYMENT: Mapping[str, Any] = {
    "capacityProviderStrategy": None,
    "loadBalancers": [],
    "networkConfiguration": None,
    "platformVersion": None,
    "serviceConnectConfiguration": None,
    "serviceRegistries": [],
    "volumeConfigurations": [],
}
"""Attributes with their defaults; a service revision records these and the task definition.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision-property.html"""

DEPLOYMENT_DEFAULTS: Mapping[str, Any] = {
    "deploymentCircuitBreaker": {"enable": False, "rollback": False},
    "maximumPercent": 200,
    "minimumHealthyPercent": 100,
}
DAEMON_DEPLOYMENT_DEFAULTS: Mapping[str, Any] = {
    **DEPLOYMENT_DEFAULTS,
    "maximumPercent": 100,
    "minimumHealthyPercent": 0,
}


def set_created(service: Service, cluster: Cluster, parameters: Mapping[str, Any]) -> None:
    """Sets what CreateService was given, and AWS's defaults for the rest."""
    for name, default in {**DEFAULTS, **STARTING_A_DEPLOYMENT}.items():
        given = parameters.get(name)
        setattr(service, xform_name(name), deepcopy(default) if given is None else given)
    if not parameters.get("launchType") and not parameters.get("capacityProviderStrategy"):
        service.capacity_provider_strategy = cluster.default_capacity_provider_strategy or None
    if service.capacity_provider_strategy:
        service.launch_type = None
    if runs_on_fargate(service):
        service.platform_family = "Linux"
        service.platform_version = service.platform_version or "LATEST"
    daemon = service.scheduling_strategy == "DAEMON"
    if daemon and "availabilityZoneRebalancing" not in parameters:
        service.availability_zone_rebalancing = "DISABLED"
    service.deployment_configuration = {
        **deepcopy(DAEMON_DEPLOYMENT_DEFAULTS if daemon else DEPLOYMENT_DEFAULTS),
        **(parameters.get("deploymentConfiguration") or {}),
    }


def set_updated(service: Service, parameters: Mapping[str, Any]) -> None:
    """Sets what UpdateService was given; the rest stays as it is."""
    for name in (*DEFAULTS, *STARTING_A_DEPLOYMENT):
        if parameters.get(name) is not None:
            setattr(service, xform_name(name), parameters[name])
    if service.capacity_provider_strategy:
        service.launch_type = None
    elif service.capacity_provider_strategy == []:  # back to the launch type
        service.capacity_provider_strategy = None
        service.launch_type = "FARGATE" if service.platform_version else "EC2"
    service.deployment_configuration = {
        **service.deployment_configuration,
        **(parameters.get("deploymentConfiguration") or {}),
    }


def workload(service: Service) -> dict[str, Any]:
    """The attributes whose change starts a deployment, apart from the task definition."""
    return {key: deepcopy(getattr(service, key)) for key in map(xform_name, STARTING_A_DEPLOYMENT)}


def restore_workload(service: Service, attributes: Mapping[str, Any]) -> None:
    """Sets what `workload` returned before."""
    for key, value in attributes.items():
        setattr(service, key, deepcopy(value))


def runs_on_fargate(service: Service) -> bool:
    """By launch type or by capacity provider."""
    strategy = service.capacity_provider_strategy or []
    return service.launch_type == "FARGATE" or any(
        item["capacityProvider"].startswith("FARGATE") for item in strategy
    )


def complete_network_configuration(configuration: dict[str, Any] | None) -> None:
    """Adds what AWS adds; moto reads the security groups of an `awsvpcConfiguration` without checking for them.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
    """
    if configuration and "awsvpcConfiguration" in configuration:
        configuration["awsvpcConfiguration"].setdefault("securityGroups", [])
        configuration["awsvpcConfiguration"].setdefault("assignPublicIp", "DISABLED")
