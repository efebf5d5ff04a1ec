"""Counts what callers requested, as the actions of IAM policies: `ecs:CreateService`.

moto asks its own IAM about every request, although that allows everything here. It is the one place that all requests
pass through, even those that fail, and the only one where S3 requests have names.
"""

from collections import Counter

from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.responses import BaseResponse

from .own_paths import WsgiApplication, with_own_path

PATH = "/_actions"

# Where moto uses the name of the operation, and IAM uses another one.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
IAM_NAMES = {"s3:HeadBucket": "s3:ListBucket"}

# The same for services.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
IAM_SERVICES = {"elbv2": "elasticloadbalancing"}

_seen: Counter[str] = Counter()


def count_actions() -> None:
    """Must be called once, before the first request."""
    authorize = ActionAuthenticatorMixin._authenticate_and_authorize_action

    def count(self: BaseResponse, iam_request_cls: type, resource: str = "*") -> None:
        service = self.boto3_service_name
        action = f"{IAM_SERVICES.get(service, service)}:{self._get_action()}"
        _seen[IAM_NAMES.get(action, action)] += 1
        authorize(self, iam_request_cls, resource)

    ActionAuthenticatorMixin._authenticate_and_authorize_action = count  # type: ignore[method-assign,assignment]


def with_seen_actions(application: WsgiApplication) -> WsgiApplication:
    """Wraps `application` so that `GET /_actions` returns the counts, and `DELETE` also forgets them."""
    return with_own_path(application, PATH, lambda: dict(sorted(_seen.items())), _seen.clear)
