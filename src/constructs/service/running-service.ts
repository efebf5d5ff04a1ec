import { DataAwsEcsContainerDefinition } from "@cdktf/provider-aws/lib/data-aws-ecs-container-definition";
import { DataAwsEcsService } from "@cdktf/provider-aws/lib/data-aws-ecs-service";
import { Fn, TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { DIGEST_LABEL, NO_TAG, TAG_LABEL, type Build } from "../../image";
import { withPath } from "../named-lookup";
import type { RunningBuilds } from "../task/container-image";

/** The service to look up. */
export interface RunningServiceProps {
  readonly name: string;
  readonly clusterArn: string;
}

/** The provider's error for a missing service does not name it, but `cdktf` prints the path of the lookup next to it. */
class NamedEcsService extends DataAwsEcsService {
  /** Containers whose build is kept. */
  readonly containers: string[] = [];

  protected override get constructNodeMetadata(): Record<string, unknown> {
    const kept = `${String(this.serviceNameInput)}, which keeps the build of ${this.containers.join(", ")}`;
    const path = `${TerraformStack.of(this).node.id}/${kept}: the first deployment must name it`;
    return withPath(super.constructNodeMetadata, path);
  }
}

/** Nor does the one for a missing container. */
class NamedContainerDefinition extends DataAwsEcsContainerDefinition {
  protected override get constructNodeMetadata(): Record<string, unknown> {
    const path = `${TerraformStack.of(this).node.id}/running/${String(this.containerNameInput)}`;
    return withPath(super.constructNodeMetadata, path);
  }
}

/**
 * The service as it runs when the plan is made, to keep its builds: those of the revision that ECS rolled back to, if it
 * did. It is looked up when the first build is asked for. A service that does not exist fails the plan.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/ecs_service
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/ecs_container_definition
 */
export class RunningService extends Construct implements RunningBuilds {
  private service?: NamedEcsService;
  private readonly builds = new Map<string, Required<Build>>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RunningServiceProps,
  ) {
    super(scope, id);
  }

  /** The build that a container runs. Its tag is `-` if it was named by digest alone. */
  buildOf(container: string): Required<Build> {
    const build = this.builds.get(container) ?? this.lookUp(container);
    this.builds.set(container, build);
    return build;
  }

  private lookUp(container: string): Required<Build> {
    const { name: serviceName, clusterArn } = this.props;
    this.service ??= new NamedEcsService(this, "Default", { serviceName, clusterArn });
    this.service.containers.push(container);
    const scope = new Construct(this, `${container}-build`); // no child here has such an id, and no object such a property
    const { image, dockerLabels } = new NamedContainerDefinition(scope, "Default", {
      taskDefinition: this.service.taskDefinition,
      containerName: container,
      lifecycle: {
        postcondition: [
          {
            condition: `\${can(regex("@sha256:[0-9a-f]{64}$", self.image)) || can(self.docker_labels["${DIGEST_LABEL}"])}`,
            errorMessage: `The service ${serviceName} runs \${self.image} without a digest in its task definition, so there is no build to keep; name one by tag or digest.`,
          },
        ],
      },
    });
    const address = Fn.element(Fn.split("@", image), 0) as string;
    const tagOfAddress: unknown = Fn.element(Fn.regex(":([^:/]+)$", address), 0);
    const digestOfImage: unknown = Fn.element(Fn.regex("@(sha256:[0-9a-f]{64})$", image), 0);
    const tag: unknown = Fn.try([dockerLabels.lookup(TAG_LABEL), tagOfAddress, NO_TAG]);
    const digest: unknown = Fn.try([digestOfImage, dockerLabels.lookup(DIGEST_LABEL)]);
    return {
      tag: new TerraformLocal(scope, "tag", tag).asString,
      digest: new TerraformLocal(scope, "digest", digest).asString,
    };
  }
}
