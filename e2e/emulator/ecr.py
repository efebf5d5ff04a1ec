"""Amazon ECR: what a push does to digests and tags, and what a deletion may remove.

Plain moto differs from AWS in what pinning depends on. Its digest is a hash of the layers' digests (and random
for an index); a tag pushed again deletes the image that had it; nothing can be pushed without a tag.
"""

import hashlib
import json
from types import ModuleType
from typing import Any

from moto.core.exceptions import ServiceException
from moto.ecr import urls
from moto.ecr.exceptions import (
    ImageAlreadyExistsException,
    ImageNotFoundException,
    InvalidParameterException,
)
from moto.ecr.models import ECRBackend, Image, Repository

ImageIds = list[dict[str, str]]


class ImageDigestDoesNotMatchException(ServiceException):
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html"""

    code = "ImageDigestDoesNotMatchException"
    message = "The provided digest does not match the calculated image digest."


class ImageTagAlreadyExistsException(ServiceException):
    """https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html"""

    code = "ImageTagAlreadyExistsException"

    def __init__(self, repository_name: str, image_tag: str):
        super().__init__(
            f"The image tag '{image_tag}' already exists in the '{repository_name}' repository "
            "and cannot be overwritten because the repository is immutable."
        )


class ReferencedImagesNotFoundException(ServiceException):
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html"""

    code = "ReferencedImagesNotFoundException"

    def __init__(self, digests: list[str], repository: Repository):
        super().__init__(
            f"Images with digests '[{', '.join(digests)}]' required for pushing image into repository with name "
            f"'{repository.name}' in the registry with id '{repository.registry_id}' do not exist"
        )


def manifest_digest(manifest: str) -> str:
    """An image's digest: the SHA-256 of its manifest's bytes, for an index as for a single image.

    https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
    """
    return "sha256:" + hashlib.sha256(manifest.encode()).hexdigest()


class EcrBackend(ECRBackend):
    """The private registry of one account in one region."""

    @property
    def _url_module(self) -> ModuleType:  # moto guesses it from the name of the class's module
        return urls

    def put_image(
        self,
        repository_name: str,
        image_manifest: str,
        image_tag: str | None,
        image_manifest_mediatype: str | None = None,
        digest: str | None = None,
    ) -> Image:
        """Pushes an image, by tag or, without one, by digest.

        https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
        """
        repository = self._get_repository(repository_name)
        parsed = _parse(image_manifest)
        media_type = image_manifest_mediatype or _media_type(parsed)
        calculated = manifest_digest(image_manifest)
        if digest and digest != calculated:
            raise ImageDigestDoesNotMatchException()
        if missing := [child for child in _children(parsed) if not _find(repository, {"imageDigest": child})]:
            raise ReferencedImagesNotFoundException(missing, repository)
        if image_tag is None:
            return self._put_untagged(repository, image_manifest, media_type, calculated)

        holder = next((image for image in repository.images if image_tag in image.image_tags), None)
        if holder and holder.get_image_digest() != calculated:
            self._untag(repository, holder, image_tag)
        return super().put_image(repository_name, image_manifest, image_tag, media_type, calculated)

    def _put_untagged(self, repository: Repository, manifest: str, media_type: str, digest: str) -> Image:
        if any(image.get_image_digest() == digest for image in repository.images):
            raise ImageAlreadyExistsException(repository.name, repository.registry_id, digest, "null")
        image = Image(self.account_id, None, manifest, repository.name, media_type, digest)  # type: ignore[arg-type]
        repository.images.append(image)
        return image

    def _untag(self, repository: Repository, image: Image, tag: str) -> None:
        """Takes `tag` off the image it is about to leave, which stays in the repository.

        Must come before moto's own push, which would find the tag there and delete the image.
        """
        try:
            self._resolve_image_tag_mutability(repository, tag)
        except ImageAlreadyExistsException as error:
            raise ImageTagAlreadyExistsException(repository.name, tag) from error
        image.image_tags.remove(tag)
        image.image_tag = image.image_tags[-1] if image.image_tags else None  # type: ignore[assignment]

    def batch_get_image(
        self,
        repository_name: str,
        registry_id: str | None = None,
        image_ids: ImageIds | None = None,
    ) -> dict[str, Any]:
        """Returns the tag that was requested; moto returns the image's newest tag instead."""
        repository = self._get_repository(repository_name, registry_id)
        answer: dict[str, Any] = {"images": [], "failures": []}
        for image_id in image_ids or []:
            try:
                image = repository._get_image(image_id.get("imageTag"), image_id.get("imageDigest"))
            except ImageNotFoundException:
                answer["failures"].append(_failure(image_id, "ImageNotFound", "Requested image not found"))
                continue
            tag = image_id.get("imageTag") or image.image_tag
            answer["images"].append(
                {
                    "registryId": image.registry_id,
                    "repositoryName": repository.name,
                    "imageId": {"imageDigest": image.get_image_digest(), "imageTag": tag},
                    "imageManifest": image.image_manifest,
                    "imageManifestMediaType": image.image_manifest_media_type,
                }
            )
        return answer

    def batch_delete_image(
        self,
        repository_name: str,
        registry_id: str | None = None,
        image_ids: ImageIds | None = None,
    ) -> dict[str, Any]:
        """Like moto, but names an untagged image that it deleted, and keeps what an index refers to.

        https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageFailure.html
        """
        repository = self._get_repository(repository_name, registry_id)
        answer: dict[str, Any] = {"imageIds": [], "failures": []}
        for image_id in image_ids or []:
            image = _find(repository, image_id)
            index = image and _index_holding(repository, image, image_id)
            if index:
                reason = f"Requested image referenced by manifest list: [{index.get_image_digest()}]"
                answer["failures"].append(_failure(image_id, "ImageReferencedByManifestList", reason))
            elif image and not image.image_tags:
                repository.images.remove(image)
                answer["imageIds"].append({"imageDigest": image.get_image_digest()})
            else:
                deleted = super().batch_delete_image(repository_name, registry_id, [image_id])
                answer["imageIds"] += deleted["imageIds"]
                answer["failures"] += deleted["failures"]
        return answer


def _parse(manifest: str) -> dict[str, Any]:
    try:
        parsed = json.loads(manifest)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise InvalidParameterException(
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'"
        )
    return parsed


def _media_type(manifest: dict[str, Any]) -> str:
    if not manifest.get("mediaType"):
        raise InvalidParameterException("image manifest mediatype not provided in manifest or parameter")
    return str(manifest["mediaType"])


def _children(manifest: dict[str, Any]) -> list[str]:
    """Digests of the images of an index."""
    return [child["digest"] for child in manifest.get("manifests", [])]


def _find(repository: Repository, image_id: dict[str, str]) -> Image | None:
    if not image_id.get("imageTag") and not image_id.get("imageDigest"):
        return None
    try:
        return repository._get_image(image_id.get("imageTag"), image_id.get("imageDigest"))
    except ImageNotFoundException:
        return None


def _index_holding(repository: Repository, image: Image, image_id: dict[str, str]) -> Image | None:
    """The index that the deletion would leave incomplete; removing one of several tags does not do that."""
    if "imageDigest" not in image_id and len(image.image_tags) > 1:
        return None
    digest = image.get_image_digest()
    for other in repository.images:
        if digest in _children(json.loads(other.image_manifest)):
            return other
    return None


def _failure(image_id: dict[str, str], code: str, reason: str) -> dict[str, Any]:
    return {"imageId": image_id, "failureCode": code, "failureReason": reason}
