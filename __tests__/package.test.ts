import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "ecs-pin-package-"));
const tarball = join(folder, "package.tgz");
let files: string[];

beforeAll(() => {
  const said = command("npm", ["pack", "--json", "--silent", "--pack-destination", folder], ROOT);
  const [packed] = JSON.parse(said.slice(said.indexOf("["))) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map(({ path }) => path);
  command("mv", [join(folder, packed.filename), tarball]);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a command says. @throws Error with all of it if it fails */
function command(name: string, args: readonly string[], cwd = folder): string {
  const { status, stdout, stderr } = spawnSync(name, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

/** A compiled file and the files of ours that it loads, and those that they load. */
function neededBy(file: string, needed = new Set<string>()): Set<string> {
  if (needed.has(file)) return needed;
  needed.add(file);
  for (const [, path = ""] of readFileSync(join(ROOT, file), "utf8").matchAll(/require\("(\.[^"]+)"\)/g)) {
    const imported = join(dirname(file), path);
    neededBy(existsSync(join(ROOT, `${imported}.js`)) ? `${imported}.js` : join(imported, "index.js"), needed);
  }
  return needed;
}

/** Somebody's CDKTF app, which adds a queue to a service. */
const APP = `
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { InvalidInputError, PinnedFargateService, PinnedImage } from "ecs-pin";

const app = new App({ outdir: process.argv[2] });
const stack = new TerraformStack(app, "shop");
new LocalBackend(stack, { path: "shop.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const queue = new SqsQueue(stack, "orders");
const service = new PinnedFargateService(stack, "web", {
  name: "web",
  cluster: "default",
  network: { vpc: "default" },
  cpu: 256,
  memory: 512,
  containers: [{ name: "web", image: { repository: "team/web", tag: "1.10" } }],
});
service.container("web").addEnvironment("QUEUE_URL", queue.url);
service.taskRole.allow({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
new PinnedImage(stack, "job", { repository: "team/job", tag: "1.10" });
try {
  new PinnedFargateService(stack, "bad", { name: "a b" } as never);
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  console.log(error.message);
}
app.synth();
`;

/**
 * An empty app that has the tarball, with what its package.json asks for taken from this repository.
 * @param cdktf package that goes by the name of cdktf
 */
function install(cdktf: string): string {
  const app = join(folder, `app-with-${cdktf}`);
  const installed = join(app, "node_modules", "ecs-pin");
  mkdirSync(installed, { recursive: true });
  command("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(installed, "package.json"), "utf8"),
  ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const link = join(app, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name === "cdktf" ? cdktf : name), link);
  }
  writeFileSync(join(app, "package.json"), "{}");
  writeFileSync(join(app, "main.ts"), APP);
  return app;
}

/** What becomes of the service in the app, compiled by its types and run. */
function synthesize(cdktf: string): { stack: Record<"resource" | "data", Record<string, object>>; said: string } {
  const app = install(cdktf);
  const types = ["--typeRoots", join(ROOT, "node_modules", "@types"), "--types", "node", "--skipLibCheck", "--strict"];
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const target = ["--module", "Node16", "--moduleResolution", "Node16", "--target", "ES2022", "--preserveSymlinks"];
  command(process.execPath, [tsc, ...types, ...target, "main.ts"], app);
  const said = command(process.execPath, ["--preserve-symlinks", "--preserve-symlinks-main", "main.js", "out"], app);
  const written = readFileSync(join(app, "out", "stacks", "shop", "cdk.tf.json"), "utf8");
  const stack: unknown = JSON.parse(written, (key, value: unknown) => (key === "//" ? undefined : value));
  return { stack: stack as never, said };
}

describe("the package", () => {
  test("has what other apps import, what that needs, and nothing else", () => {
    const needed = [...neededBy("build/src/index.js")];
    const types = needed.map((file) => file.replace(/\.js$/, ".d.ts"));

    expect(needed).toContain("build/src/constructs/service/pinned-fargate-service.js");
    expect([...files].sort()).toEqual(["LICENSE", "README.md", "package.json", ...needed, ...types].sort());
  });

  test("gives a pinned service to another app, and the same through the successor of CDKTF", () => {
    const { stack, said } = synthesize("cdktf");

    expect(said).toContain('PinnedFargateService "bad": name "a b" is not valid; use 1 to 236 letters');
    expect(Object.keys(stack.resource["aws_ecs_service"] ?? {})).toEqual([expect.stringMatching(/^web_service_/)]);
    expect(JSON.stringify(stack.resource["aws_ecs_task_definition"])).toContain(
      '\\"environment\\":[{\\"name\\":\\"QUEUE_URL\\",\\"value\\":${jsonencode(tostring(aws_sqs_queue.orders.url))}}]',
    );
    expect(Object.keys(stack.data["aws_ecr_image"] ?? {})).toHaveLength(2);
    expect(synthesize("cdktn")).toEqual({ stack, said });
  });
});
