"""Pulling a container's image: from its reference in a task definition to a digest.

Plain moto never looks at an image. On AWS a tag or digest that Amazon ECR does not hold stops the task:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
"""

import json
import re
from dataclasses import dataclass

from moto.ecr.exceptions import ImageNotFoundException
from moto.ecr.models import Image, ecr_backends

TASK_FAILS = "com.ecs-pin.emulator/task-fails"
"""Annotation of an image's own manifest: tasks of the image stop, for the reason that is its value."""

ECR_IMAGE = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/"
    r"(?P<repository>[^:@]+)(:(?P<tag>[^@]+))?(@(?P<digest>.+))?"
)


class CannotPullContainer(Exception):
    """The registry does not hold the image; the message is the reason that DescribeTasks shows."""

    def __init__(self, reference: str):
        super().__init__(
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): "
            f"failed to resolve ref {reference}: not found"
        )


@dataclass(frozen=True)
class PulledImage:
    """What the task's host knows once it has the manifest."""

    digest: str | None
    """None for a tag in a registry other than Amazon ECR, which the emulator cannot ask."""
    failure: str | None = None
    """Why its container exits, if it does."""


def pull(image: str, resolved_digest: str | None = None) -> PulledImage:
    """Pulls `image`, at `resolved_digest` if its service deployment has resolved the tag before.

    Raises CannotPullContainer. Images outside Amazon ECR are assumed to exist.
    """
    reference = ECR_IMAGE.fullmatch(image)
    if reference is None:
        _, _, digest = image.partition("@")
        return PulledImage(digest or resolved_digest)

    digest = reference["digest"] or resolved_digest
    found = _find(reference, digest)
    if found is None:
        raise CannotPullContainer(image if reference["digest"] or not digest else f"{image}@{digest}")
    annotations = json.loads(found.image_manifest).get("annotations") or {}
    return PulledImage(found.get_image_digest(), annotations.get(TASK_FAILS))


def _find(reference: re.Match[str], digest: str | None) -> Image | None:
    try:
        registry = ecr_backends[reference["account"]][reference["region"]]
        repository = registry.repositories[reference["repository"]]
    except KeyError:
        return None
    try:
        return repository._get_image(None if digest else reference["tag"] or "latest", digest)
    except ImageNotFoundException:
        return None
