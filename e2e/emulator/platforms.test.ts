import { type RuntimePlatform, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";

import { digestOf } from "../../src/image";
import {
  attestation,
  dockerManifest,
  failingManifest,
  helmChart,
  index,
  manifest,
  push,
  pushIndex,
} from "../support/images";
import { useEmulator, useTestService } from "./test-service";

const emulator = useEmulator();
const demo = useTestService(emulator);

const ARM64: RuntimePlatform = { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" };

const noPlatform = (platform: string) =>
  `CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform '${platform}'`;
const cannotUnpack = (why: string) =>
  `CannotPullContainerError: ref pull has been retried 1 time(s): failed to unpack image on snapshotter overlayfs: ${why}`;

/** Creates the service with the tag `1.10`. */
async function run(runtimePlatform?: RuntimePlatform): Promise<void> {
  const { taskDefinition } = await emulator.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: demo.name,
      runtimePlatform,
      containerDefinitions: [{ name: "app", image: `${demo.image}:1.10`, memory: 128 }],
    }),
  );
  await demo.create(taskDefinition?.taskDefinitionArn ?? "");
}

const stoppedReasons = async () => (await demo.tasks("STOPPED")).map((task) => task.stoppedReason);

describe("an index", () => {
  test.each<[string, RuntimePlatform | undefined]>([
    ["the default platform", undefined],
    ["X86_64", { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" }],
    ["ARM64", ARM64],
  ])("with an image for %s runs, by the digest of the index", async (_, runtimePlatform) => {
    const images = { "linux/amd64": manifest("amd64"), "linux/arm64": manifest("arm64") };
    const digest = await pushIndex(emulator.ecr, demo.name, images, "1.10");
    await run(runtimePlatform);
    expect(await demo.runningDigests()).toEqual([digest]);
  });

  test("of Docker's own format runs", async () => {
    const mediaType = "application/vnd.docker.distribution.manifest.list.v2+json";
    const child = await demo.push(dockerManifest("a"));
    const digest = await demo.push(index({ "linux/amd64": child }, mediaType), "1.10");
    await run();
    expect(await demo.runningDigests()).toEqual([digest]);
  });

  test("runs the image for the task's platform", async () => {
    const images = { "linux/amd64": manifest("good"), "linux/arm64": failingManifest("bad", "cannot open /config") };
    await pushIndex(emulator.ecr, demo.name, images, "1.10");
    await run(ARM64);
    expect((await demo.tasks("STOPPED"))[0]?.containers?.[0]?.reason).toBe("cannot open /config");
  });

  test.each<[string, RuntimePlatform | undefined]>([
    ["linux/amd64", undefined],
    ["linux/arm64", ARM64],
    ["windows/amd64", { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" }],
  ])("without an image for %s stops the task", async (platform, runtimePlatform) => {
    const others = {
      "linux/amd64": manifest("amd64"),
      "linux/arm64": manifest("arm64"),
      "linux/s390x": manifest("ibm"),
    };
    const images = Object.fromEntries(Object.entries(others).filter(([name]) => name !== platform));
    await pushIndex(emulator.ecr, demo.name, images, "1.10");
    await run(runtimePlatform);
    expect((await demo.tasks("STOPPED"))[0]).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: noPlatform(platform),
      containers: [{ reason: noPlatform(platform), lastStatus: "STOPPED" }],
    });
  });

  test("of images that do not tell their platforms runs", async () => {
    const child = await demo.push(manifest("a"));
    const mediaType = "application/vnd.oci.image.index.v1+json";
    const manifests = [{ digest: child, size: 2 }];
    const digest = await demo.push(JSON.stringify({ schemaVersion: 2, mediaType, manifests }), "1.10");
    await run();
    expect(await demo.runningDigests()).toEqual([digest]);
  });
});

describe("what is no container image stops the task", () => {
  test("a Helm chart", async () => {
    const { imageManifest, mediaType } = helmChart("1.10");
    await push(emulator.ecr, demo.name, imageManifest, "1.10", mediaType);
    await run();
    expect(await stoppedReasons()).toEqual([cannotUnpack("mismatched image rootfs and manifest layers")]);
  });

  test("the attestation of a build", async () => {
    await demo.push(attestation("a"), "1.10");
    await run();
    expect(await stoppedReasons()).toEqual([
      cannotUnpack(
        `failed to extract layer ${digestOf("provenance of a")}: failed to get stream processor for application/vnd.in-toto+json: no processor for media-type: unknown`,
      ),
    ]);
  });

  test("until an image is pushed under the tag", async () => {
    const { imageManifest, mediaType } = helmChart("1.10");
    await push(emulator.ecr, demo.name, imageManifest, "1.10", mediaType);
    await run();
    const digest = await demo.push(manifest("a"), "1.10");
    await demo.describe();
    expect(await demo.runningDigests()).toEqual([digest]);
  });
});
