import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";

import { checkEcrRepository } from "../image";
import { checkBoolean, checkKmsKeyArn, checkOneOf, isToken } from "./aws-names";

/** A repository in Amazon ECR. */
export interface RepositoryProps extends RepositorySettings {
  /** `team/demo`. 2 to 256 characters. */
  readonly name: string;
}

/** What repositories have in common. */
export interface RepositorySettings {
  /**
   * Whether a tag can be pushed again.
   * @default "MUTABLE"
   */
  readonly imageTagMutability?: "MUTABLE" | "IMMUTABLE";
  /**
   * Whether ECR looks for known vulnerabilities in each image that is pushed.
   * @default true
   */
  readonly scanOnPush?: boolean;
  /**
   * ARN of the KMS key that encrypts the layers. Cannot be changed later.
   * @default - AES256, with keys of Amazon ECR
   */
  readonly kmsKeyArn?: string;
}

/**
 * A repository in Amazon ECR. A repository that holds images is not deleted: Terraform stops with
 * `RepositoryNotEmptyException`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * @throws InvalidInputError for a name, a mutability or a key that ECR does not take
 */
export class Repository extends Construct {
  /** Address to push to: `123456789012.dkr.ecr.us-east-1.amazonaws.com/demo`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const { name, imageTagMutability = "MUTABLE", scanOnPush = true, kmsKeyArn } = props;
    if (!isToken(name)) checkEcrRepository(name);
    checkOneOf("imageTagMutability", imageTagMutability, ["MUTABLE", "IMMUTABLE"]);
    checkBoolean("scanOnPush", scanOnPush);
    if (kmsKeyArn !== undefined) checkKmsKeyArn("kmsKeyArn", kmsKeyArn);
    this.url = new EcrRepository(this, "Default", {
      name,
      imageTagMutability,
      imageScanningConfiguration: { scanOnPush },
      encryptionConfiguration: [
        kmsKeyArn === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: kmsKeyArn },
      ],
    }).repositoryUrl;
  }
}
