import type { Construct } from "constructs";

import { formatImageReference, identityLabels, parseImageReference, type Build, type Identity } from "../../image";
import type { ParsedContainer } from "../../model/container";
import { isSameRepository, namesBuild } from "../../model/image";
import type { Role } from "../iam/role";
import { PinnedImage } from "./pinned-image";

/** What a container definition needs of an image, wherever it comes from. */
export interface ContainerImage extends Identity {
  /** Goes into `image` of the container definition. */
  readonly reference: string;
  /** Carries the half of the identity that `reference` lacks. */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Registry and repository, without tag and digest. */
  readonly repositoryUrl: string;
  /** Lets tasks that start under `role` pull this image. */
  grantPull(role: Role): void;
}

/** The builds that containers run when the plan is made. */
export interface RunningBuilds {
  buildOf(container: string): Required<Build>;
}

/**
 * The image of a container: looked up in Amazon ECR, or a reference that has its digest already. Where nobody names a
 * build, the one that runs is kept: all containers of a repository keep that of the first one.
 */
export function containerImage(
  scope: Construct,
  { name, image }: ParsedContainer,
  containers: readonly ParsedContainer[],
  running: RunningBuilds,
): ContainerImage {
  if (typeof image === "string") return foreignImage(image);
  if (namesBuild(image)) return new PinnedImage(scope, imageId(name), image);
  const first = containers.find((other) => isSameRepository(other.image, image));
  return new PinnedImage(scope, imageId(name), image, running.buildOf(first?.name ?? name));
}

/**
 * A Terraform address must begin with a letter or `_`, but the name of a container need not. The two forms end
 * differently, so that no two names get the same id.
 */
function imageId(name: string): string {
  return /^[A-Za-z_]/.test(name) ? `${name}-image` : `container-${name}_image`;
}

function foreignImage(text: string): ContainerImage {
  const { registry, repository, tag, digest = "" } = parseImageReference(text);
  return {
    reference: formatImageReference({ registry, repository, digest }),
    dockerLabels: identityLabels("digest", { tag, digest }),
    repositoryUrl: formatImageReference({ registry, repository }),
    tag,
    digest,
    grantPull: () => undefined,
  };
}
