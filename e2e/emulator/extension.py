"""Puts our backends and responses where moto looks for its own."""

from moto.applicationautoscaling import urls as scaling_urls
from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.ec2.models import ec2_backends
from moto.ecr import urls as ecr_urls
from moto.ecr.models import ecr_backends
from moto.ecs import urls as ecs_urls
from moto.ecs.models import ecs_backends
from moto.elbv2.models import elbv2_backends
from moto.iam.models import iam_backends
from moto.sqs.models import sqs_backends

from .ec2 import Ec2Backend
from .ecr import EcrBackend
from .ecr_responses import EcrResponse
from .ecs import EcsBackend
from .ecs_responses import EcsResponse
from .elbv2 import Elbv2Backend
from .iam import IamBackend
from .scaling import ScalingBackend, ScalingResponse
from .sqs import SqsBackend

ROOT_PATH = "{0}/$"


def extend_moto() -> None:
    """Must be called once, before the first request: moto creates backends and routes when they are first needed."""
    applicationautoscaling_backends.backend = ScalingBackend
    scaling_urls.url_paths[ROOT_PATH] = ScalingResponse.dispatch
    ec2_backends.backend = Ec2Backend
    ecr_backends.backend = EcrBackend
    ecr_urls.url_paths[ROOT_PATH] = EcrResponse.dispatch
    ecs_backends.backend = EcsBackend
    ecs_urls.url_paths[ROOT_PATH] = EcsResponse.dispatch
    elbv2_backends.backend = Elbv2Backend
    iam_backends.backend = IamBackend
    sqs_backends.backend = SqsBackend
