import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { InvalidInputError } from "../../src/errors";
import { imagesIn, outputsOf, writeOutputs } from "../../src/operations/outputs";

const folder = mkdtempSync(join(tmpdir(), "ecs-pin-outputs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const output = (value: unknown, sensitive = false) => ({ value, sensitive });

describe("the outputs of a stack", () => {
  const names = {
    url: "url",
    password: "password",
    queue: { arn: "queue_arn_1A2B" },
    secrets: { key: "key" },
    gone: "gone",
  };
  const configuration = JSON.stringify({ "//": { outputs: { web: names } } });

  test("are by construct, without those that are sensitive", () => {
    const outputs = {
      url: output("https://"),
      password: output("p", true),
      queue_arn_1A2B: output(["arn"]),
      key: output("k", true),
    };
    expect(outputsOf("web", configuration, outputs)).toEqual({ url: "https://", queue: { arn: ["arn"] } });
  });

  test("are none if the stack declares none", () => {
    expect(outputsOf("web", "{}", {})).toEqual({});
  });
});

describe("the file of outputs", () => {
  const file = join(folder, "outputs.json");

  test("replaces the one that was there, and nothing else stays in the folder", () => {
    writeFileSync(file, "old");

    writeOutputs(file, new Map([["__proto__", { a: null }]]));

    expect(readFileSync(file, "utf8")).toBe('{\n  "__proto__": {\n    "a": null\n  }\n}\n');
    expect(readdirSync(folder)).toEqual(["outputs.json"]);
  });

  test("that cannot be written is named in one line", () => {
    expect(() => writeOutputs(join(folder, "no", "o.json"), new Map())).toThrow(InvalidInputError);
    expect(() => writeOutputs(folder, new Map())).toThrow(/^--outputs-file ".*" cannot be written: EISDIR/);
  });
});

test("images are named by repository, tag and digest", () => {
  const ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
  const web = { repository: `${ecr}/team/web`, tag: "1.10", digest: "sha256:aa" };
  const proxy = { repository: "public.ecr.aws/nginx/nginx", digest: "sha256:bb" };
  expect(imagesIn({ web, worker: web, proxy })).toEqual([
    "team/web:1.10@sha256:aa",
    "public.ecr.aws/nginx/nginx@sha256:bb",
  ]);
});

test.each([undefined, null, "text", { a: 1, b: { image: "x" }, c: null }])("%j holds no images", (value) => {
  expect(imagesIn(value)).toEqual([]);
});
