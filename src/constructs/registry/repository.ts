import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";

import { parse } from "../../model/problems";
import { repository, type RepositoryProps } from "../../model/registry";

/**
 * A repository in Amazon ECR. A repository that contains images is not deleted: Terraform fails with
 * `RepositoryNotEmptyException`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * @throws InvalidInputError for a name, a mutability or a key that ECR does not accept
 */
export class Repository extends Construct {
  readonly resource: EcrRepository;
  /** Address to push to: `123456789012.dkr.ecr.us-east-1.amazonaws.com/demo`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const { name, imageTagMutability, scanOnPush, kmsKeyArn } = parse(repository, props, `Repository "${id}"`);
    this.resource = new EcrRepository(this, "Default", {
      name,
      imageTagMutability,
      imageScanningConfiguration: { scanOnPush },
      encryptionConfiguration: [
        kmsKeyArn === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: kmsKeyArn },
      ],
    });
    this.url = this.resource.repositoryUrl;
  }
}
