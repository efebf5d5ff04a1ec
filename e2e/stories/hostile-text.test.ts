import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

/** Texts that JSON, HCL, Terraform's templates, CDKTF or a shell read as something else. */
const TEXTS = [
  "${X}",
  "%{x}",
  "$${escaped already} %%{too}",
  "${data.aws_ecr_image.demo-image.image_digest}",
  "$ { % {",
  "\"double\" and 'single'",
  "back\\slash \\n \\u0041 \\",
  "line\nbreak\ttab\r\n",
  '{"json":"{\\"in\\":[\\"json\\"]}"}',
  "<a href='x'>&amp;</a>",
  "`date` $(date) $HOME ; rm -rf / #",
  "\u0001\u001b[31m\u007f",
  "\u2028\u2029\u00a0\ufeff",
  "äöüß 漢字 🚀 👩‍👩‍👧",
  "  spaces  ",
  "null",
  "0123",
  "unclosed ${ and %{",
];

const aws = useLocalAws();
let project: Project;
let digest: string;

/** Pinned by label, so that a Terraform reference comes after the texts. */
const image = { repository: "demo", tag: "1.10", pinning: "label" } as const;
const environment = Object.fromEntries(TEXTS.map((text, index) => [`TEXT_${String(index)}`, text]));
const dockerLabels = Object.fromEntries(TEXTS.map((text) => [`label ${text}`, text]));
const healthCheck = { command: ["CMD", ...TEXTS] };

beforeAll(async () => {
  await aws.createRepository("demo");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(
    demoLocal({ image, environment, dockerLabels, command: TEXTS, entryPoint: TEXTS, healthCheck }),
  );
  await project.deploy("demo-local");
});

describe("text that means something to the tools on its way", () => {
  test("reaches ECS byte for byte", async () => {
    const { container } = await aws.revision("demo-local:1");

    expect(Object.fromEntries((container.environment ?? []).map(({ name, value }) => [name, value]))).toEqual(
      environment,
    );
    expect(container.dockerLabels).toEqual({ ...dockerLabels, image_digest: digest });
    expect(container.command).toEqual(TEXTS);
    expect(container.entryPoint).toEqual(TEXTS);
    expect(container.healthCheck?.command).toEqual(healthCheck.command);
  });

  test("is no change in a second plan", async () => {
    expect((await project.plan("demo-local")).actions).toEqual({});
  });
});
