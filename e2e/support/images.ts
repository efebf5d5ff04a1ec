import { PutImageCommand, type ECRClient } from "@aws-sdk/client-ecr";

import { digestOf } from "../../src/image";

/** The smallest image manifest that a registry accepts; a different `build` gives a different digest. */
export function manifest(build: string, annotations?: Record<string, string>): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { mediaType: "application/vnd.oci.image.config.v1+json", size: 2, digest: digestOf(build) },
    layers: [],
    annotations,
  });
}

/** The manifest of an image whose tasks stop for `reason` in the emulator. */
export function failingManifest(build: string, reason: string): string {
  return manifest(build, { "com.ecs-pin.emulator/task-fails": reason });
}

/** Pushes a manifest and returns its digest. No Docker is needed: pinning depends only on the manifest. */
export async function push(ecr: ECRClient, repository: string, imageManifest: string, tag?: string): Promise<string> {
  const { image } = await ecr.send(new PutImageCommand({ repositoryName: repository, imageManifest, imageTag: tag }));
  return image?.imageId?.imageDigest ?? "";
}
