import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ListImagesCommand,
} from "@aws-sdk/client-ecr";

import { manifest, push } from "../support/images";
import { useEmulator } from "./test-service";

/** Of images in the repository `many`, and of repositories in the registry. */
const COUNT = 205;

const emulator = useEmulator();

interface Page {
  readonly sizes: number[];
  readonly names: (string | undefined)[];
}

const numbered = (prefix: string): string[] =>
  Array.from({ length: COUNT }, (_, index) => `${prefix}${String(index).padStart(3, "0")}`);

beforeAll(async () => {
  const create = (repositoryName: string) => emulator.ecr.send(new CreateRepositoryCommand({ repositoryName }));
  await create("many");
  for (const tag of numbered("1.")) await push(emulator.ecr, "many", manifest(tag), tag);
  for (const name of numbered("other-").slice(1)) await create(name); // `many` is the first
});

/** Requests page after page, as an SDK does, and returns the size of each and what was in them. */
async function pages(
  request: (nextToken?: string) => Promise<{ names: (string | undefined)[]; nextToken?: string }>,
): Promise<Page> {
  const sizes: number[] = [];
  const all: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await request(nextToken);
    sizes.push(page.names.length);
    all.push(...page.names);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return { sizes, names: all };
}

const describeImages = (maxResults?: number) => async (nextToken?: string) => {
  const input = { repositoryName: "many", maxResults, nextToken };
  const { imageDetails = [], ...rest } = await emulator.ecr.send(new DescribeImagesCommand(input));
  return { names: imageDetails.map(({ imageTags }) => imageTags?.[0]), nextToken: rest.nextToken };
};
const listImages = (maxResults?: number) => async (nextToken?: string) => {
  const input = { repositoryName: "many", maxResults, nextToken };
  const { imageIds = [], ...rest } = await emulator.ecr.send(new ListImagesCommand(input));
  return { names: imageIds.map(({ imageTag }) => imageTag), nextToken: rest.nextToken };
};
const describeRepositories = (maxResults?: number) => async (nextToken?: string) => {
  const input = { maxResults, nextToken };
  const { repositories = [], ...rest } = await emulator.ecr.send(new DescribeRepositoriesCommand(input));
  return { names: repositories.map(({ repositoryName }) => repositoryName), nextToken: rest.nextToken };
};

describe.each([
  { action: "DescribeImages", request: describeImages, names: numbered("1.") },
  { action: "ListImages", request: listImages, names: numbered("1.") },
  { action: "DescribeRepositories", request: describeRepositories, names: ["many", ...numbered("other-").slice(1)] },
])("$action", ({ request, names }) => {
  test.each([
    { pages: "100 by default", maxResults: undefined, sizes: [100, 100, 5] },
    { pages: "1000", maxResults: 1000, sizes: [205] },
    { pages: "205", maxResults: 205, sizes: [205] },
    { pages: "150", maxResults: 150, sizes: [150, 55] },
  ])("returns all in pages of $pages", async ({ maxResults, sizes }) => {
    expect(await pages(request(maxResults))).toEqual({ sizes, names });
  });

  test.each([0, 1001])("refuses pages of %d", async (maxResults) => {
    await expect(request(maxResults)()).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: `Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value between 1 and 1000'`,
    });
  });

  test("refuses a token that it did not give", async () => {
    await expect(request()("page two")).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("what is named", () => {
  const imageIds = [{ imageTag: "1.204" }];

  test("comes without a token", async () => {
    const found = await emulator.ecr.send(new DescribeImagesCommand({ repositoryName: "many", imageIds }));
    expect(found.imageDetails).toMatchObject([{ imageTags: ["1.204"] }]);
    expect(found.nextToken).toBeUndefined();
  });

  test.each([{ maxResults: 100 }, { nextToken: "100" }])("cannot be requested with %o", async (page) => {
    const images = new DescribeImagesCommand({ repositoryName: "many", imageIds, ...page });
    await expect(emulator.ecr.send(images)).rejects.toMatchObject({ name: "InvalidParameterException" });
    const repositories = new DescribeRepositoriesCommand({ repositoryNames: ["many"], ...page });
    await expect(emulator.ecr.send(repositories)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

test("only what the filter leaves is counted", async () => {
  await push(emulator.ecr, "many", manifest("untagged"));
  const input = { repositoryName: "many", filter: { tagStatus: "UNTAGGED" as const } };
  expect((await emulator.ecr.send(new ListImagesCommand(input))).imageIds).toHaveLength(1);
  expect((await emulator.ecr.send(new DescribeImagesCommand(input))).imageDetails).toHaveLength(1);
});
