"""Managed policies of AWS, which plain moto does not have unless it loads all 1,400 of them when it starts."""

import json
from types import ModuleType

from moto.iam import urls
from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend


class IamBackend(IAMBackend):
    """Knows a managed policy of AWS as soon as somebody attaches it to a role."""

    @property
    def _url_module(self) -> ModuleType:  # moto guesses it from the name of the class's module
        return urls

    def attach_role_policy(self, policy_arn: str, role_name: str) -> None:
        """https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html"""
        if policy_arn not in self.managed_policies:
            self._load_policy(policy_arn)
        super().attach_role_policy(policy_arn, role_name)

    def _load_policy(self, arn: str) -> None:
        name = arn.rsplit("/", 1)[-1]
        data = json.loads(aws_managed_policies_data).get(name)
        policy = data and AWSManagedPolicy.from_data(name, self.account_id, self.region_name, data)
        if policy and policy.arn == arn:
            self.managed_policies[arn] = policy
