"""Amazon ECR requests whose parameters plain moto ignores."""

from moto.core.responses import ActionResult
from moto.ecr.models import ECRBackend, ecr_backends
from moto.ecr.responses import ECRResponse


class EcrResponse(ECRResponse):
    """Uses the registry that a request names, and filters by tag status."""

    @property
    def ecr_backend(self) -> ECRBackend:
        """The registry of `registryId`, by default the caller's; moto always uses the caller's.

        https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
        (the emulator grants every caller access to every account's registry).
        """
        return ecr_backends[self._get_param("registryId") or self.current_account][self.region]

    def list_images(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImagesFilter.html"""
        image_ids = super().list_images().result["imageIds"]  # type: ignore[index]
        return ActionResult({"imageIds": [i for i in image_ids if self._wanted(i["imageTag"] is not None)]})

    def describe_images(self) -> ActionResult:
        """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImagesFilter.html"""
        details = super().describe_images().result["imageDetails"]  # type: ignore[index]
        return ActionResult({"imageDetails": [d for d in details if self._wanted(hasattr(d, "image_tags"))]})

    def _wanted(self, tagged: bool) -> bool:
        status = (self._get_param("filter") or {}).get("tagStatus", "ANY")
        return status == "ANY" or (status == "TAGGED") == tagged
