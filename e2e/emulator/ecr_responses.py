"""Amazon ECR requests whose parameters plain moto ignores."""

from collections.abc import Sequence
from typing import Any

from moto.core.responses import ActionResult
from moto.ecr.exceptions import InvalidParameterException
from moto.ecr.models import ECRBackend, ecr_backends
from moto.ecr.responses import ECRResponse

DEFAULT_PAGE = 100
LARGEST_PAGE = 1000


class EcrResponse(ECRResponse):
    """Uses the registry that a request names, filters by tag status, and returns long lists in pages."""

    @property
    def ecr_backend(self) -> ECRBackend:
        """The registry of `registryId`, by default the caller's; moto always uses the caller's.

        https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
        (the emulator grants every caller access to every account's registry).
        """
        return ecr_backends[self._get_param("registryId") or self.current_account][self.region]

    def describe_repositories(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html"""
        repositories = super().describe_repositories().result["repositories"]  # type: ignore[index]
        return self._page("repositories", repositories, named="repositoryNames")

    def list_images(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html"""
        image_ids = super().list_images().result["imageIds"]  # type: ignore[index]
        return self._page("imageIds", [i for i in image_ids if self._wanted(i["imageTag"] is not None)])

    def describe_images(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html"""
        details = super().describe_images().result["imageDetails"]  # type: ignore[index]
        wanted = [d for d in details if self._wanted(hasattr(d, "image_tags"))]
        return self._page("imageDetails", wanted, named="imageIds")

    def _wanted(self, tagged: bool) -> bool:
        """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImagesFilter.html"""
        status = (self._get_param("filter") or {}).get("tagStatus", "ANY")
        return status == "ANY" or (status == "TAGGED") == tagged

    def _page(self, kind: str, items: Sequence[Any], named: str | None = None) -> ActionResult:
        """The page of `items` that was requested; what a request names by `named` comes in one."""
        size, token = self._get_param("maxResults"), self._get_param("nextToken")
        if named and self._get_param(named):
            if size is not None or token is not None:
                raise _invalid("maxResults" if token is None else "nextToken", f"cannot be used with {named}")
            return ActionResult({kind: items})
        if size is not None and not 1 <= size <= LARGEST_PAGE:
            raise _invalid("maxResults", f"Member must have value between 1 and {LARGEST_PAGE}")
        if token is not None and not token.isdecimal():
            raise _invalid("nextToken", "Invalid token")
        start = int(token or 0)
        end = start + (size or DEFAULT_PAGE)
        return ActionResult({kind: items[start:end], "nextToken": str(end) if end < len(items) else None})


def _invalid(parameter: str, constraint: str) -> InvalidParameterException:
    return InvalidParameterException(
        f"Invalid parameter at '{parameter}' failed to satisfy constraint: '{constraint}'"
    )
