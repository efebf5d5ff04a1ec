"""A local AWS for Terraform, the AWS provider and the AWS SDKs: moto's server, made to behave like AWS
where the deployment of pinned images depends on it. See README.md next to this file."""
