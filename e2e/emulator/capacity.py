"""Capacity providers of clusters, services and tasks.

Plain moto accepts every strategy, lets it change at any time, and starts no task anywhere.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from moto.ecs.exceptions import ECSException, InvalidParameterException
from moto.ecs.models import Cluster, Service

Strategy = list[dict[str, Any]]


def check_strategy(strategy: Strategy | None, cluster: Cluster) -> None:
    """A strategy may only name capacity providers that the cluster has."""
    associated = cluster.capacity_providers or []
    if any(item["capacityProvider"] not in associated for item in strategy or []):
        raise InvalidParameterException(
            "The specified capacity provider strategy cannot contain a capacity provider that is not associated with "
            "the cluster. Associate the capacity provider with the cluster and try again."
        )


def check_change(service: Service, parameters: Mapping[str, Any], cluster: Cluster) -> None:
    """Another strategy, the first one too, needs a forced deployment."""
    strategy = parameters.get("capacityProviderStrategy")
    if strategy is None or _shares(strategy) == _shares(service.capacity_provider_strategy):
        return
    if not parameters.get("forceNewDeployment"):
        raise InvalidParameterException(
            "When switching from launch type to capacity provider strategy on an existing service, or making a change "
            "to a capacity provider strategy on a service that is already using one, you must force a new deployment."
        )
    check_strategy(strategy, cluster)


def check_removal(cluster: Cluster, kept: Iterable[str], services: Iterable[Service]) -> None:
    """A capacity provider that a service uses stays with the cluster.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
    """
    used = {
        item["capacityProvider"]
        for service in services
        if service.cluster_arn == cluster.arn and service.status == "ACTIVE"
        for item in service.capacity_provider_strategy or []
    }
    if not used <= set(kept):
        raise ECSException("ResourceInUseException", "The specified capacity provider is in use and cannot be removed.")


def provider_of_next_task(strategy: Strategy | None, running: Iterable[str | None]) -> str | None:
    """First the base is filled, then the provider that is furthest below its weight.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
    """
    names = list(running)
    shares = [(item, names.count(item["capacityProvider"])) for item in strategy or []]
    for item, count in shares:
        if count < item.get("base", 0):
            return str(item["capacityProvider"])
    weighted = [(item, count - item.get("base", 0)) for item, count in shares if item.get("weight", 0) > 0]
    if not weighted:
        return None
    return str(min(weighted, key=lambda share: (share[1] + 1) / share[0]["weight"])[0]["capacityProvider"])


def _shares(strategy: Strategy | None) -> dict[str, tuple[int, int]]:
    return {item["capacityProvider"]: (item.get("base", 0), item.get("weight", 0)) for item in strategy or []}
