import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { EnvironmentConfig } from "../../src/config";
import { ACCOUNT } from "../support/aws";
import { demoLocal } from "../support/configs";
import { Project } from "../support/project";
import { providerMirror } from "../support/provider-mirror";
import { words } from "../support/run";

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/demo</Arn><Account>${ACCOUNT}</Account></GetCallerIdentityResult>
</GetCallerIdentityResponse>`;

/** An AWS that has an outage: it says who calls, and returns 503 to everything else. */
class Outage {
  /** How often each action was requested. */
  readonly requests = new Map<string, number>();
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const target = request.headers["x-amz-target"] ?? /Action=(\w+)/.exec(body)?.[1] ?? request.method ?? "";
      const action = String(target).replace(/.*\./, "");
      this.requests.set(action, (this.requests.get(action) ?? 0) + 1);
      if (action === "GetCallerIdentity") response.end(IDENTITY);
      else response.writeHead(503).end("Service Unavailable");
    });
  });

  async start(): Promise<void> {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

let outage: Outage;

beforeEach(async () => {
  outage = new Outage();
  await outage.start();
});
afterEach(() => outage.stop());

/** What a plan of the shipped service says. */
async function plan(environment: Partial<EnvironmentConfig> = {}): Promise<string> {
  const project = new Project(outage.endpoint, providerMirror(), demoLocal({}, environment));
  try {
    await project.synth();
    const terraform = project.stack("demo-local");
    const { exitCode, output } = await terraform.terraform("init", "-no-color");
    return exitCode === 0 ? (await terraform.terraform("plan", "-no-color")).output : output;
  } finally {
    project.remove();
  }
}

describe("while AWS is unavailable", () => {
  test("a lookup is tried 10 times, and the plan ends with its error", async () => {
    expect(words(await plan())).toMatch(
      /Error: reading ECS Cluster \(default\):.* exceeded maximum number of attempts, 10, .*503/,
    );
    expect(outage.requests.get("DescribeClusters")).toBe(10);
  });

  test("the state is asked for 5 times, and the plan ends with its error", async () => {
    const state = { backend: "s3", bucket: "states", prefix: "shop", region: "us-east-1" } as const;

    expect(words(await plan({ accountId: ACCOUNT, state }))).toMatch(
      /Unable to list objects in S3 bucket "states" .* exceeded maximum number of attempts, 5, .*503/,
    );
    expect(outage.requests.get("GET")).toBe(5);
  });
});
