import { PutImageCommand, type ECRClient } from "@aws-sdk/client-ecr";

import { digestOf } from "../../src/image";

const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";

/** The smallest image manifest that a registry accepts; a different `build` gives a different digest. */
export function manifest(build: string, annotations?: Record<string, string>): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", size: 2, digest: digestOf(build) },
    layers: [],
    annotations,
  });
}

/** The manifest of an image whose tasks stop for `reason` in the emulator. */
export function failingManifest(build: string, reason: string): string {
  return manifest(build, { "com.ecs-pin.emulator/task-fails": reason });
}

/** The manifest of an image whose tasks run, but make an alarm go off in the emulator. */
export function alarmingManifest(build: string, alarm: string): string {
  return manifest(build, { "com.ecs-pin.emulator/raises-alarm": alarm });
}

/** The manifest of an image that was built for one processor, without an index: `linux/arm64`, as on a Mac. */
export function manifestFor(platform: string, build: string): string {
  return manifest(build, { "com.ecs-pin.emulator/platform": platform });
}

/** The manifest of an image as Docker's own format has it. */
export function dockerManifest(build: string): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.docker.distribution.manifest.v2+json",
    config: { mediaType: "application/vnd.docker.container.image.v1+json", size: 2, digest: digestOf(build) },
    layers: [],
  });
}

/** A manifest that does not state its media type, which is optional. @see PutImage's `imageManifestMediaType` */
export function withoutMediaType(imageManifest: string): { imageManifest: string; mediaType: string } {
  const { mediaType, ...rest } = JSON.parse(imageManifest) as { mediaType: string };
  return { imageManifest: JSON.stringify(rest), mediaType };
}

/** The manifest of the attestation of a build, which is stored like an image but is none. */
export function attestation(build: string): string {
  const layer = { mediaType: "application/vnd.in-toto+json", size: 2, digest: digestOf(`provenance of ${build}`) };
  return JSON.stringify({ ...(JSON.parse(manifest(build)) as object), layers: [layer] });
}

/** The manifest of a Helm chart, as `helm push` stores it: `helm` does not state the media type. */
export function helmChart(version: string): { imageManifest: string; mediaType: string } {
  return withoutMediaType(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: { mediaType: "application/vnd.cncf.helm.config.v1+json", size: 2, digest: digestOf(version) },
      layers: [
        {
          mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
          size: 2,
          digest: digestOf(`${version}.tgz`),
        },
      ],
    }),
  );
}

/**
 * An index of images by their platforms, `{ "linux/amd64": "sha256:…" }`; attestations are for `unknown/unknown`.
 * @param mediaType @default - an OCI index; Docker's own format is a manifest list
 */
export function index(children: Readonly<Record<string, string>>, mediaType = OCI_INDEX): string {
  const manifests = Object.entries(children).map(([platform, digest]) => {
    const [os, architecture] = platform.split("/");
    return { mediaType: OCI_MANIFEST, size: 2, digest, platform: { os, architecture } };
  });
  return JSON.stringify({ schemaVersion: 2, mediaType, manifests });
}

/**
 * Pushes a manifest and returns its digest. No Docker is needed: pinning depends only on the manifest.
 * @param imageManifestMediaType @default - what the manifest states
 */
export async function push(
  ecr: ECRClient,
  repositoryName: string,
  imageManifest: string,
  imageTag?: string,
  imageManifestMediaType?: string,
): Promise<string> {
  const { image } = await ecr.send(
    new PutImageCommand({ repositoryName, imageManifest, imageTag, imageManifestMediaType }),
  );
  return image?.imageId?.imageDigest ?? "";
}

/**
 * Pushes a build as `docker buildx build --push` does by default: the image for each platform with the attestation of
 * its build, untagged, and then the index of them all. Returns the index's digest.
 */
export async function pushIndex(
  ecr: ECRClient,
  repository: string,
  images: Readonly<Record<string, string>>,
  tag?: string,
): Promise<string> {
  const children: Record<string, string> = {};
  for (const [platform, image] of Object.entries(images)) children[platform] = await push(ecr, repository, image);
  children["unknown/unknown"] = await push(ecr, repository, attestation(tag ?? "untagged"));
  return push(ecr, repository, index(children), tag);
}
