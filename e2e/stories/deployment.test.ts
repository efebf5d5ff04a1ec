import { ListServiceDeploymentsCommand } from "@aws-sdk/client-ecs";

import type { Config, ServiceConfig } from "../../src/config";
import { describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { alarmingManifest, failingManifest, manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const ALARMS = { alarmNames: ["demo 5xx", "demo latency"] };

function demo(changes: Partial<ServiceConfig>): Config {
  const config = demoLocal();
  return { ...config, services: config.services.map((each) => ({ ...each, ...changes })) };
}

const aws = useLocalAws();
let project: Project;
let good: string;

beforeAll(async () => {
  await aws.createRepository("demo");
  good = await push(aws.ecr, "demo", manifest("good"), "1.10");
  project = aws.project(demo({ deploymentAlarms: ALARMS }));
  await project.deploy("demo-local");
});

describe("a service with alarms", () => {
  test("is no change in a second plan", async () => {
    expect((await describeService(aws.ecs, "demo-local")).deploymentConfiguration).toMatchObject({
      alarms: { ...ALARMS, enable: true, rollback: true },
    });
    expect((await project.plan("demo-local")).actions).toEqual({});
  });

  test("is rolled back by ECS when a build makes one of them go off, and the deploy fails", async () => {
    await push(aws.ecr, "demo", alarmingManifest("slow", "demo latency"), "1.10");

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(
      /demo-local ended on \S+demo-local:1, not on the planned \S+demo-local:2\. Either ECS rolled the deployment back, because its tasks did not start or did not stay up or an alarm went off, or another deploy came in between\./,
    );
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([good]);
  });
});

describe("a service without circuit breaker, whose alarms are off", () => {
  const off = { deploymentAlarms: { ...ALARMS, enable: false }, deploymentCircuitBreaker: { enable: false } };

  test("runs a build that an alarm would have rolled back", async () => {
    project.edit(demo(off));
    await project.deploy("demo-local");

    expect((await describeService(aws.ecs, "demo-local")).deploymentConfiguration).toMatchObject({
      alarms: { ...ALARMS, enable: false, rollback: false },
      deploymentCircuitBreaker: { enable: false, rollback: false },
    });
    expect(await runningDigests(aws.ecs, "demo-local")).not.toEqual([good]);
  });

  test("goes on with a build that does not start, while the old one runs, and the deploy fails when its time is up", async () => {
    await push(aws.ecr, "demo", failingManifest("bad", "cannot open /config"), "1.10");
    project.edit(demo({ ...off, timeouts: { update: "10s" } }));

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(
      /waiting for ECS Service \(\S+\) update: timeout while waiting for state to become 'tfSTABLE'/,
    );
    expect(await runningDigests(aws.ecs, "demo-local")).toHaveLength(1);
    const { serviceDeployments } = await aws.ecs.send(new ListServiceDeploymentsCommand({ service: "demo-local" }));
    expect(serviceDeployments?.[0]?.status).toBe("IN_PROGRESS");
  });
});
