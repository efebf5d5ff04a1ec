import { Construct } from "constructs";

import { checkKmsKeyRegion } from "../constructs/aws-names";
import { Repository, type RepositorySettings } from "../constructs/repository";
import { AwsStack, type AwsStackProps } from "./aws-stack";

/** The repositories that images are pushed to. */
export interface RegistryStackProps extends AwsStackProps, RepositorySettings {
  /** Names of the repositories. */
  readonly repositories: readonly string[];
}

/** The ECR repositories of every service: deployed before an image can be pushed. */
export class RegistryStack extends AwsStack {
  constructor(app: Construct, id: string, props: RegistryStackProps) {
    super(app, id, props);
    const { imageTagMutability, scanOnPush, kmsKeyArn } = props;
    if (kmsKeyArn !== undefined) checkKmsKeyRegion("kmsKeyArn", kmsKeyArn, props.region);
    const scope = new Construct(this, "repositories");
    const urls = props.repositories.map((name): [string, string] => {
      // A "/" would become "--" in the id, which is a name of its own.
      const repository = new Repository(scope, name.replaceAll("/", ":"), {
        name,
        imageTagMutability,
        scanOnPush,
        kmsKeyArn,
      });
      return [name, repository.url];
    });
    this.output("repository_urls", "Address to push to, by repository", Object.fromEntries(urls));
  }
}
