import type { ServiceConfig } from "../../src/config";
import { digestOf } from "../../src/image";
import { REGISTRY, tasksOf } from "../support/aws";
import { demoLocal } from "../support/configs";
import {
  dockerManifest,
  helmChart,
  index,
  attestation,
  manifest,
  manifestFor,
  push,
  withoutMediaType,
} from "../support/images";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

/** How builds arrive in a registry: by the repository, the bytes, and the media type if the bytes do not state it. */
const SHAPES: Record<string, { readonly imageManifest: string; readonly mediaType?: string }> = {
  oci: { imageManifest: manifestFor("linux/amd64", "oci") },
  docker: { imageManifest: dockerManifest("docker") },
  "without-media-type": withoutMediaType(manifest("without media type")),
  "final-newline": { imageManifest: `${manifest("final newline")}\n` },
  indented: { imageManifest: JSON.stringify(JSON.parse(manifest("indented")), null, 3) },
  index: { imageManifest: indexOf({ "linux/amd64": "amd64", "linux/arm64": "arm64" }) },
};
const REPOSITORIES = Object.keys(SHAPES);

const aws = useLocalAws();
let project: Project;

function indexOf(builds: Record<string, string>): string {
  const children: Record<string, string> = { "unknown/unknown": digestOf(attestation("a")) };
  for (const [platform, build] of Object.entries(builds)) children[platform] = digestOf(manifest(build));
  return index(children);
}

/** A container for each shape, all in one task. */
function containers(): ServiceConfig["containers"] {
  return REPOSITORIES.map((repository) => ({ name: repository, image: { repository, tag: "1.10" } }));
}

beforeAll(async () => {
  const config = demoLocal();
  project = aws.project({
    ...config,
    services: config.services.map((service) => ({ ...service, containers: containers() })),
  });
  for (const repository of REPOSITORIES) await aws.createRepository(repository);
  for (const child of [manifest("amd64"), manifest("arm64"), manifest("ibm"), attestation("a")]) {
    await push(aws.ecr, "index", child);
  }
  for (const [repository, { imageManifest, mediaType }] of Object.entries(SHAPES)) {
    await push(aws.ecr, repository, imageManifest, "1.10", mediaType);
  }
  await project.deploy("demo-local");
});

describe("a manifest of any shape, from the registry to the running task", () => {
  test.each(REPOSITORIES)("%s is pinned and run by the digest of its bytes", async (repository) => {
    const digest = digestOf(SHAPES[repository]?.imageManifest ?? "");

    const pinned = (await aws.containers("demo-local:1")).find(({ name }) => name === repository);
    expect(pinned?.image).toBe(`${REGISTRY}/${repository}@${digest}`);
    const [task] = await tasksOf(aws.ecs, "demo-local");
    expect(task?.containers).toContainEqual(expect.objectContaining({ name: repository, imageDigest: digest }));
  });

  test("a second plan is empty", async () => {
    expect((await project.plan("demo-local")).actions).toEqual({});
  });
});

describe("what Fargate cannot run is found and pinned, and its task says why it stopped", () => {
  /** Why the last task of a deploy stopped, which leaves the one before it running. */
  async function stoppedReason(): Promise<string | undefined> {
    const { exitCode } = await project.tryDeploy("demo-local");
    expect(exitCode).toBe(1);
    expect(await tasksOf(aws.ecs, "demo-local")).toHaveLength(1);
    return (await tasksOf(aws.ecs, "demo-local", "STOPPED")).at(-1)?.stoppedReason;
  }

  test("an index without an image for the task's processor", async () => {
    await push(aws.ecr, "index", indexOf({ "linux/arm64": "arm64", "linux/s390x": "ibm" }), "1.10");

    expect(await stoppedReason()).toBe(
      "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    );
    await push(aws.ecr, "index", SHAPES["index"]?.imageManifest ?? "", "1.10");
  });

  test("an image for another processor without an index, as a Mac builds it", async () => {
    await push(aws.ecr, "oci", manifestFor("linux/arm64", "mac"), "1.10");

    expect(await stoppedReason()).toBe("Essential container in task exited");
    const [task] = (await tasksOf(aws.ecs, "demo-local", "STOPPED")).slice(-1);
    expect(task?.containers).toContainEqual(
      expect.objectContaining({ name: "oci", exitCode: 1, reason: "exec format error" }),
    );
    await push(aws.ecr, "oci", SHAPES["oci"]?.imageManifest ?? "", "1.10");
  });

  test("a Helm chart under the tag of an image", async () => {
    const { imageManifest, mediaType } = helmChart("1.10");
    await push(aws.ecr, "oci", imageManifest, "1.10", mediaType);

    expect(await stoppedReason()).toBe(
      "CannotPullContainerError: ref pull has been retried 1 time(s): failed to unpack image on snapshotter overlayfs: mismatched image rootfs and manifest layers",
    );
  });
});
