import { hostname, userInfo } from "node:os";

import { DeleteTargetGroupCommand } from "@aws-sdk/client-elastic-load-balancing-v2";

import { describeService, tasksOf } from "../support/aws";
import { descendants } from "../support/descendants";
import { added, everythingThere, type Inventory } from "../support/everything-there";
import { Ec2 } from "../support/ec2";
import { HeldResponses } from "../support/held-responses";
import { manifest, push } from "../support/images";
import { LoadBalancers } from "../support/load-balancers";
import { makeSurroundings, shop, type Surroundings } from "../support/production";
import type { Project } from "../support/project";
import { succeeded, type Run } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let held: HeldResponses;
let endpoint: string;
let surroundings: Surroundings;
let php: string;
let nginx: string;

/** A checkout of the repository: whoever deploys has one. */
const checkout = (environment: string, priority: number): Project =>
  aws.project(shop(surroundings, environment, priority), undefined, endpoint);

/** Begins to deploy, until the response to an action is held back for the first time. */
async function deployUntil(
  action: string,
  project: Project,
  stack: string,
): Promise<{ pid: number; end: Promise<Run> }> {
  let pid = 0;
  const isHeld = held.hold(action);
  const end = project.npmDeploy([stack], (id) => (pid = id));
  await Promise.race([isHeld, end]);
  return { pid, end };
}

/** The line that says how a stack ended. */
const ending = ({ output }: Run, stack: string): string =>
  output.split("\n").findLast((line) => line.startsWith(`${stack}: `)) ?? output;

/** The digest that each container of the service's tasks runs. */
async function runningBuilds(service: string): Promise<Record<string, string | undefined>> {
  const containers = (await tasksOf(aws.ecs, service)).flatMap((task) => task.containers ?? []);
  return Object.fromEntries(containers.map(({ name = "", imageDigest }) => [name, imageDigest]));
}

const LOCKED = /FAILED: Error acquiring the state lock: (\S+) has held lock (\S+) since .* UTC/;

beforeAll(async () => {
  held = new HeldResponses(aws.endpoint);
  endpoint = await held.start();
  surroundings = await makeSurroundings(aws.endpoint);
  php = await push(aws.ecr, "shop", manifest("first"), "1.10");
  nginx = await push(aws.ecr, "nginx", manifest("nginx"), "1.27");
});
afterEach(() => held.release());
afterAll(() => held.stop());

test("a second deploy at once is refused and told who deploys, and the first finishes", async () => {
  const stack = "shop-twice";
  const { end } = await deployUntil("CreateService", checkout("twice", 10), stack);

  const second = await checkout("twice", 10).npmDeploy([stack]);

  expect(second.exitCode).toBe(1);
  const [, owner] = LOCKED.exec(ending(second, stack)) ?? [];
  expect(owner).toBe(`${userInfo().username}@${hostname()}`);
  held.release();
  const first = await end;
  expect(ending(first, stack)).toContain(`${stack}: deployed: `);
  expect(first.exitCode).toBe(0);
});

describe("a first deploy that is killed when the service was created", () => {
  const STACK = "shop-killed";
  const ROLES = [`${STACK}-execution`, `${STACK}-task`];
  let before: Inventory;
  let left: Inventory;
  let project: Project;
  let refused: Run;

  beforeAll(async () => {
    before = await everythingThere(aws.endpoint);
    const { pid, end } = await deployUntil("CreateService", checkout("killed", 20), STACK);
    const found = descendants(pid, "terraform");
    expect(found).toHaveLength(1);
    found.forEach((each) => process.kill(each, "SIGKILL")); // as the out-of-memory killer does
    expect(ending(await end, STACK)).toContain("FAILED: terraform apply was ended by SIGKILL");
    held.release();
    left = added(before, await everythingThere(aws.endpoint));
    project = checkout("killed", 20);
  });

  test("leaves its lock, and a service that no state knows of", async () => {
    refused = await project.npmDeploy([STACK]);

    expect(ending(refused, STACK)).toMatch(LOCKED);
    expect(left["services"]).toHaveLength(1);
    expect(left["objects"]).toEqual([expect.stringMatching(/\.tflock$/)]);
  });

  test("can be unlocked from another checkout; then a deploy names what exists, and changes none of it", async () => {
    const [, , id = ""] = LOCKED.exec(ending(refused, STACK)) ?? [];
    await project.synth();
    const terraform = project.stack(STACK);
    await terraform.init();
    succeeded(await terraform.terraform("force-unlock", "-force", id));

    const { exitCode, output } = await project.npmDeploy([STACK]);

    expect(exitCode).toBe(1);
    for (const role of ROLES) expect(output).toContain(`EntityAlreadyExists: Role with name ${role} already exists`);
    expect(output).toContain("ResourceAlreadyExistsException: The specified log group already exists");
    expect(output).toContain("PriorityInUse: The specified priority is in use");
    expect(await describeService(aws.ecs, STACK)).toMatchObject({ taskDefinition: left["revisions"]?.[0] });
  });

  test("can be imported, and is deployed in place", async () => {
    const terraform = project.stack(STACK);
    const imports = {
      "aws_cloudwatch_log_group.log-group": `/ecs/${STACK}`,
      "aws_iam_role.execution-role": `${STACK}-execution`,
      "aws_iam_role.task-role": `${STACK}-task`,
      "aws_lb_listener_rule.load-balancers_public_listener_rule_B32F9EFD": left["rules"]?.[0] ?? "",
      "aws_ecs_service.service": `default/${STACK}`,
    };
    for (const [address, id] of Object.entries(imports)) {
      succeeded(await terraform.terraform("import", "-input=false", "-no-color", address, id));
    }
    const { actions } = await terraform.plan();
    expect(actions["aws_ecs_service.service"]).toBe("will be updated in-place");
    expect(Object.values(actions).filter((action) => /replaced|destroyed/.test(action))).toEqual([]);

    const run = await project.npmDeploy([STACK]);

    expect(ending(run, STACK)).toContain(`${STACK}: deployed: `);
    expect(run.exitCode).toBe(0);
    expect(await runningBuilds(STACK)).toEqual({ php, nginx });
  });

  test("leaves a target group and a security group over, which can be deleted", async () => {
    const [TargetGroupArn] = left["targetGroups"] ?? [];
    const [GroupName = ""] = left["securityGroups"] ?? [];

    await new LoadBalancers(aws.endpoint).client.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
    await new Ec2(aws.endpoint).request("DeleteSecurityGroup", { GroupName });

    expect((await project.plan(STACK)).actions).toEqual({});
    const now = added(before, await everythingThere(aws.endpoint));
    expect([now["targetGroups"]?.length, now["securityGroups"]?.length]).toEqual([1, 1]);
  });
});
