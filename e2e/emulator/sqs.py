"""Redrive policies of Amazon SQS, which plain moto returns with white space in them."""

import json
from types import ModuleType
from typing import Any

from moto.sqs import urls
from moto.sqs.models import SQSBackend


class SqsBackend(SQSBackend):
    """Returns a redrive policy as compact JSON; Terraform would show the white space as a change in every plan."""

    @property
    def _url_module(self) -> ModuleType:  # moto guesses it from the name of the class's module
        return urls

    def get_queue_attributes(self, queue_name: str, attribute_names: list[str]) -> dict[str, Any]:
        """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html"""
        attributes = super().get_queue_attributes(queue_name, attribute_names)
        policy = attributes.get("RedrivePolicy")
        if policy is None:
            return attributes
        return {**attributes, "RedrivePolicy": json.dumps(json.loads(policy), separators=(",", ":"))}
