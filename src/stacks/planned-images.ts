import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";

import type { ContainerImage } from "../constructs/task/container-image";

/** The image of each container, as planned: known before anything is deployed. */
export function plannedImages(scope: Construct, id: string, images: ReadonlyMap<string, ContainerImage>): string {
  const entries = [...images].map(([container, { repositoryUrl, tag, digest, reference }]) => [
    container,
    { repository: repositoryUrl, ...(tag !== undefined && { tag }), digest, reference },
  ]);
  return new TerraformLocal(scope, id, Object.fromEntries(entries)).fqn;
}
