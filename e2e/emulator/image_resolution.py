"""Pulling a container's image: from its reference in a task definition to a digest.

Plain moto never looks at an image. On AWS a tag or digest that Amazon ECR does not hold stops the task, and so does
what the task's host cannot run: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from moto.ecr.exceptions import ImageNotFoundException
from moto.ecr.models import Image, ecr_backends

TASK_FAILS = "com.ecs-pin.emulator/task-fails"
"""Annotation of an image's own manifest: tasks of the image stop, for the reason that is its value."""

PLATFORM = "com.ecs-pin.emulator/platform"
"""Annotation of an image's own manifest: `linux/arm64`, which on AWS only the image's config tells."""

RAISES_ALARM = "com.ecs-pin.emulator/raises-alarm"
"""Annotation of an image's own manifest: the CloudWatch alarm that goes off while tasks of the image run."""

ECR_IMAGE = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/"
    r"(?P<repository>[^:@]+)(:(?P<tag>[^@]+))?(@(?P<digest>.+))?"
)

CONTAINER_CONFIGS = (
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.container.image.v1+json",
)
ATTESTATION_LAYER = "application/vnd.in-toto+json"


class CannotPullContainer(Exception):
    """The task's host cannot get the image; the message is the reason that DescribeTasks shows."""

    def __init__(self, reason: str):
        super().__init__(f"CannotPullContainerError: {reason}")


@dataclass(frozen=True)
class PulledImage:
    """What the task's host knows once it has the manifest."""

    digest: str | None
    """None for a tag in a registry other than Amazon ECR, which the emulator cannot ask."""
    failure: str | None = None
    """Why its container exits, if it does."""
    alarm: str | None = None
    """The alarm that goes off while its container runs, if one does."""


def platform_of(runtime_platform: Mapping[str, str] | None) -> str:
    """`linux/amd64`, or what else the `runtimePlatform` of a task definition says.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
    """
    given = runtime_platform or {}
    system = "windows" if given.get("operatingSystemFamily", "").startswith("WINDOWS") else "linux"
    return f"{system}/{'arm64' if given.get('cpuArchitecture') == 'ARM64' else 'amd64'}"


def pull(image: str, platform: str, resolved_digest: str | None = None) -> PulledImage:
    """Pulls `image`, at `resolved_digest` if its service deployment has resolved the tag before.

    An index keeps its own digest, but its image for the `platform` is what runs. Raises CannotPullContainer. Images
    outside Amazon ECR are assumed to exist and to run.
    """
    reference = ECR_IMAGE.fullmatch(image)
    if reference is None:
        _, _, digest = image.partition("@")
        return PulledImage(digest or resolved_digest)

    digest = reference["digest"] or resolved_digest
    found = _find(reference, digest)
    if found is None:
        raise _not_found(image if reference["digest"] or not digest else f"{image}@{digest}")
    manifest = json.loads(found.image_manifest)
    if "manifests" in manifest:
        manifest = _child(reference, _digest_for(platform, manifest["manifests"]))
    _check_container_image(manifest)
    annotations = manifest.get("annotations") or {}
    return PulledImage(found.get_image_digest(), _failure(annotations, platform), annotations.get(RAISES_ALARM))


def _failure(annotations: Mapping[str, str], platform: str) -> str | None:
    """Fargate pulls an image for another processor that is not in an index, and its kernel then cannot run it."""
    if annotations.get(PLATFORM, platform) != platform:
        return "exec format error"
    return annotations.get(TASK_FAILS)


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


def _not_found(reference: str) -> CannotPullContainer:
    return CannotPullContainer(
        f"pull image manifest has been retried 1 time(s): failed to resolve ref {reference}: not found"
    )


def _digest_for(platform: str, children: Iterable[Mapping[str, Any]]) -> str:
    """The child of an index that a host of the platform runs; attestations are for the platform `unknown/unknown`.

    A child that does not tell its platform may be for this one, since only the image's config would tell, which the
    emulator does not have. https://github.com/opencontainers/image-spec/blob/main/image-index.md
    """
    by_platform: dict[str | None, str] = {}
    for child in children:
        told = child.get("platform")
        by_platform.setdefault(told and f"{told.get('os')}/{told.get('architecture')}", child["digest"])
    digest = by_platform.get(platform) or by_platform.get(None)
    if digest is None:
        raise CannotPullContainer(
            "pull image manifest has been retried 7 time(s): "
            f"image Manifest does not contain descriptor matching platform '{platform}'"
        )
    return digest


def _child(reference: re.Match[str], digest: str) -> dict[str, Any]:
    child = _find(reference, digest)
    if child is None:
        raise _not_found(f"{reference.string.partition('@')[0]}@{digest}")
    manifest: dict[str, Any] = json.loads(child.image_manifest)
    return manifest


def _check_container_image(manifest: Mapping[str, Any]) -> None:
    """Refuses what is stored like an image and is none: a Helm chart, or the attestation of a build.

    Fargate pulls with containerd, which finds out only when it unpacks the layers.
    https://github.com/aws/aws-cdk/issues/30258
    """
    unpack = "ref pull has been retried 1 time(s): failed to unpack image on snapshotter overlayfs"
    if manifest.get("config", {}).get("mediaType") not in CONTAINER_CONFIGS:
        raise CannotPullContainer(f"{unpack}: mismatched image rootfs and manifest layers")
    for layer in manifest.get("layers", []):
        if layer.get("mediaType") == ATTESTATION_LAYER:
            raise CannotPullContainer(
                f"{unpack}: failed to extract layer {layer['digest']}: "
                f"failed to get stream processor for {ATTESTATION_LAYER}: no processor for media-type: unknown"
            )
