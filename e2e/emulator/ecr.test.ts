import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ListImagesCommand,
  PutImageCommand,
} from "@aws-sdk/client-ecr";
import { digestOf } from "../../src/image";
import { clients } from "../support/aws";
import { index, manifest, push, withoutMediaType } from "../support/images";
import { useEmulator } from "./test-service";

const emulator = useEmulator();
let repositories = 0;

async function newRepository(imageTagMutability: "MUTABLE" | "IMMUTABLE" = "MUTABLE"): Promise<string> {
  const repositoryName = `demo-${++repositories}`;
  await emulator.ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability }));
  return repositoryName;
}

async function describe_(repositoryName: string, imageTag: string) {
  const { imageDetails } = await emulator.ecr.send(
    new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }),
  );
  return imageDetails?.[0];
}

describe("digests", () => {
  test("are the SHA-256 of the manifest's bytes", async () => {
    const repository = await newRepository();
    const bytes = `${manifest("a")}\n`;
    await push(emulator.ecr, repository, bytes, "1.10");
    expect((await describe_(repository, "1.10"))?.imageDigest).toBe(digestOf(bytes));
  });

  test("of an index are the SHA-256 of the index's bytes", async () => {
    const repository = await newRepository();
    const bytes = index({ "linux/amd64": await push(emulator.ecr, repository, manifest("amd64")) });
    expect(await push(emulator.ecr, repository, bytes, "1.10")).toBe(digestOf(bytes));
  });
});

describe("a tag pushed again", () => {
  test("moves to the new image", async () => {
    const repository = await newRepository();
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("b"), "1.10");
    expect((await describe_(repository, "1.10"))?.imageDigest).toBe(digestOf(manifest("b")));
  });

  test("leaves the old image untagged and listed", async () => {
    const repository = await newRepository();
    const old = await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("b"), "1.10");
    const { imageIds } = await emulator.ecr.send(
      new ListImagesCommand({ repositoryName: repository, filter: { tagStatus: "UNTAGGED" } }),
    );
    expect(imageIds).toEqual([{ imageDigest: old }]);
  });

  test("leaves the old image its other tags", async () => {
    const repository = await newRepository();
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("a"), "stable");
    await push(emulator.ecr, repository, manifest("b"), "1.10");
    expect((await describe_(repository, "stable"))?.imageTags).toEqual(["stable"]);
  });

  test("moves back to an image that was there before", async () => {
    const repository = await newRepository();
    const first = await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("b"), "1.10");
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    expect((await describe_(repository, "1.10"))?.imageDigest).toBe(first);
  });

  test("with the same manifest is refused", async () => {
    const repository = await newRepository();
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await expect(push(emulator.ecr, repository, manifest("a"), "1.10")).rejects.toMatchObject({
      name: "ImageAlreadyExistsException",
    });
  });

  test("is refused by an immutable repository", async () => {
    const repository = await newRepository("IMMUTABLE");
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await expect(push(emulator.ecr, repository, manifest("b"), "1.10")).rejects.toMatchObject({
      name: "ImageTagAlreadyExistsException",
      message: `The image tag '1.10' already exists in the '${repository}' repository and cannot be overwritten because the repository is immutable.`,
    });
  });

  test("that an immutable repository refused stays where it was", async () => {
    const repository = await newRepository("IMMUTABLE");
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("b"), "1.10").catch(() => undefined);
    expect((await describe_(repository, "1.10"))?.imageDigest).toBe(digestOf(manifest("a")));
  });
});

describe("a push", () => {
  test("of a known manifest adds the tag", async () => {
    const repository = await newRepository();
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("a"), "stable");
    expect((await describe_(repository, "1.10"))?.imageTags).toEqual(["1.10", "stable"]);
  });

  test("without a tag makes an untagged image", async () => {
    const repository = await newRepository();
    const digest = await push(emulator.ecr, repository, manifest("a"));
    const { imageIds } = await emulator.ecr.send(new ListImagesCommand({ repositoryName: repository }));
    expect(imageIds).toEqual([{ imageDigest: digest }]);
  });

  test("is refused when the given digest is not the manifest's", async () => {
    const repository = await newRepository();
    const command = { repositoryName: repository, imageManifest: manifest("a"), imageDigest: digestOf("other") };
    await expect(emulator.ecr.send(new PutImageCommand(command))).rejects.toMatchObject({
      name: "ImageDigestDoesNotMatchException",
    });
  });

  test("is refused when the manifest is not JSON", async () => {
    await expect(push(emulator.ecr, await newRepository(), "{", "1.10")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  test("is refused when neither the manifest nor the request states the media type", async () => {
    const { imageManifest, mediaType } = withoutMediaType(manifest("a"));
    const repository = await newRepository();
    await expect(push(emulator.ecr, repository, imageManifest, "1.10")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    expect(await push(emulator.ecr, repository, imageManifest, "1.10", mediaType)).toBe(digestOf(imageManifest));
  });

  test("of an index is refused when one of its images is missing", async () => {
    const repository = await newRepository();
    const missing = digestOf("arm64");
    const children = { "linux/amd64": await push(emulator.ecr, repository, manifest("a")), "linux/arm64": missing };
    await expect(push(emulator.ecr, repository, index(children), "1.10")).rejects.toMatchObject({
      name: "ReferencedImagesNotFoundException",
      message: `Images with digests '[${missing}]' required for pushing image into repository with name '${repository}' in the registry with id '123456789012' do not exist`,
    });
  });

  test("to a missing repository is refused", async () => {
    await expect(push(emulator.ecr, "missing", manifest("a"), "1.10")).rejects.toMatchObject({
      name: "RepositoryNotFoundException",
    });
  });
});

describe("a lookup", () => {
  test("of a missing tag fails", async () => {
    await expect(describe_(await newRepository(), "1.10")).rejects.toMatchObject({ name: "ImageNotFoundException" });
  });

  test("in a missing repository fails", async () => {
    await expect(describe_("missing", "1.10")).rejects.toMatchObject({ name: "RepositoryNotFoundException" });
  });

  test("by digest gives the manifest", async () => {
    const repository = await newRepository();
    const imageDigest = await push(emulator.ecr, repository, manifest("a"));
    const { images } = await emulator.ecr.send(
      new BatchGetImageCommand({ repositoryName: repository, imageIds: [{ imageDigest }] }),
    );
    expect(images?.[0]?.imageManifest).toBe(manifest("a"));
  });

  test("by tag returns that tag, not a newer one of the image", async () => {
    const repository = await newRepository();
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("a"), "stable");
    const { images } = await emulator.ecr.send(
      new BatchGetImageCommand({ repositoryName: repository, imageIds: [{ imageTag: "1.10" }] }),
    );
    expect(images?.[0]?.imageId?.imageTag).toBe("1.10");
  });

  test("names the images it did not find", async () => {
    const { failures } = await emulator.ecr.send(
      new BatchGetImageCommand({ repositoryName: await newRepository(), imageIds: [{ imageTag: "1.10" }] }),
    );
    expect(failures).toMatchObject([{ failureCode: "ImageNotFound", imageId: { imageTag: "1.10" } }]);
  });

  test("reaches another account's registry", async () => {
    const other = clients(emulator.endpoint, "210987654321").ecr;
    await other.send(new CreateRepositoryCommand({ repositoryName: "shared" }));
    const digest = await push(other, "shared", manifest("a"), "1.10");
    const { imageDetails } = await emulator.ecr.send(
      new DescribeImagesCommand({ registryId: "210987654321", repositoryName: "shared" }),
    );
    expect(imageDetails?.[0]?.imageDigest).toBe(digest);
  });
});

describe("a deletion", () => {
  const remove = (repositoryName: string, imageId: { imageTag?: string; imageDigest?: string }) =>
    emulator.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [imageId] }));
  const remaining = async (repositoryName: string) =>
    (await emulator.ecr.send(new ListImagesCommand({ repositoryName }))).imageIds;

  test("by the last tag deletes the image", async () => {
    const repository = await newRepository();
    await push(emulator.ecr, repository, manifest("a"), "1.10");
    await remove(repository, { imageTag: "1.10" });
    expect(await remaining(repository)).toEqual([]);
  });

  test("by one of several tags removes only the tag", async () => {
    const repository = await newRepository();
    const imageDigest = await push(emulator.ecr, repository, manifest("a"), "1.10");
    await push(emulator.ecr, repository, manifest("a"), "stable");
    await remove(repository, { imageTag: "stable" });
    expect(await remaining(repository)).toEqual([{ imageDigest, imageTag: "1.10" }]);
  });

  test("of an untagged image by digest says what it deleted", async () => {
    const repository = await newRepository();
    const imageDigest = await push(emulator.ecr, repository, manifest("a"));
    expect((await remove(repository, { imageDigest })).imageIds).toEqual([{ imageDigest }]);
    expect(await remaining(repository)).toEqual([]);
  });

  test("of an index's child is refused", async () => {
    const repository = await newRepository();
    const child = await push(emulator.ecr, repository, manifest("amd64"));
    await push(emulator.ecr, repository, index({ "linux/amd64": child }), "1.10");
    const { failures } = await remove(repository, { imageDigest: child });
    expect(failures).toMatchObject([{ failureCode: "ImageReferencedByManifestList" }]);
  });
});
