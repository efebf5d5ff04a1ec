import { Construct } from "constructs";

import { constructId } from "../constructs/construct-id";
import { Repository } from "../constructs/registry/repository";
import type { StackProps } from "../model/place";
import type { RepositorySettings } from "../model/registry";
import { AwsStack } from "./aws-stack";

/** The repositories that images are pushed to. */
export interface RegistryStackProps extends StackProps {
  /** Names of the repositories. */
  readonly repositories: readonly string[];
  /** Settings that all of them have. */
  readonly settings: RepositorySettings;
}

/** The ECR repositories of all services, to be deployed before an image can be pushed. */
export class RegistryStack extends AwsStack {
  constructor(scope: Construct, props: RegistryStackProps) {
    super(scope, props);
    const repositories = new Construct(this, "repositories");
    const urls = props.repositories.map((name): [string, string] => {
      const { url } = new Repository(repositories, constructId(name), { name, ...props.settings });
      return [name, url];
    });
    this.output("repository_urls", "Address to push to, by repository", Object.fromEntries(urls));
  }
}
