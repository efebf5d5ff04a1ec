"""Log routing with FireLens, of which plain moto checks and sets nothing.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
"""

from typing import Any

from moto.ecs.exceptions import EcsClientException

ROOT = "0"


def route_logs(container_definitions: list[dict[str, Any]]) -> None:
    """Refuses senders without a router and a router without senders, and makes the router run as root.

    Terraform shows the user as a change if the definition does not name it:
    https://github.com/hashicorp/terraform-provider-aws/pull/41394
    """
    routers = [each for each in container_definitions if each.get("firelensConfiguration")]
    senders = [each for each in container_definitions if _log_driver(each) == "awsfirelens"]
    if senders and not routers:
        raise EcsClientException(
            "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be "
            "configured in one of the containers."
        )
    if routers and not senders:
        raise EcsClientException(
            "When a firelensConfiguration object is specified, at least one container has to be configured with the "
            "awsfirelens log driver."
        )
    for router in routers:
        router.setdefault("user", ROOT)


def _log_driver(container_definition: dict[str, Any]) -> str | None:
    return (container_definition.get("logConfiguration") or {}).get("logDriver")
