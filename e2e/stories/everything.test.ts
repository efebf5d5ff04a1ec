import type { ServiceConfig } from "../../src/config";
import { describeService, REGISTRY, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

/** An image from another registry, with its digest, which it must have. */
const PROXY = `public.ecr.aws/nginx/nginx:1.27@sha256:${"a".repeat(64)}`;

/** Every property that a service and a container have. */
const SERVICE: Partial<ServiceConfig> = {
  cpu: 1024,
  memory: 2048,
  cpuArchitecture: "ARM64",
  desiredCount: 2,
  minimumHealthyPercent: 50,
  maximumPercent: 150,
  availabilityZoneRebalancing: "DISABLED",
  waitForSteadyState: true,
  timeouts: { create: "1h", update: "30m", delete: "999999h999999m999999s" },
  logRetentionDays: 7,
  ingress: [
    { port: 8080, cidrIpv4: "10.0.0.0/8" },
    { port: 5353, protocol: "udp", cidrIpv6: "2001:db8::/32" },
  ],
  containers: [
    {
      name: "demo",
      image: { repository: "team/demo", tag: "1.10", pinning: "label" },
      command: ["serve", "--port", "8080"],
      entryPoint: ["/bin/demo"],
      workingDirectory: "/srv",
      user: "1000:1000",
      environment: { Z: "last", A: "first", "M.middle": "middle" },
      portMappings: [
        { containerPort: 8080, name: "http", appProtocol: "http2" },
        { containerPort: 5353, protocol: "udp", name: "dns" },
      ],
      healthCheck: {
        command: ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"],
        interval: 10,
        timeout: 3,
        retries: 5,
        startPeriod: 60,
      },
      essential: true,
      cpu: 512,
      memory: 1024,
      memoryReservation: 512,
      ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
      stopTimeout: 60,
      readonlyRootFilesystem: true,
      restartPolicy: { enabled: true, ignoredExitCodes: [0, 143], restartAttemptPeriod: 120 },
      dockerLabels: { "com.example.team": "platform" },
      logging: { mode: "blocking" },
    },
    { name: "proxy", image: PROXY, essential: false, logging: { mode: "non-blocking", maxBufferSize: "4m" } },
  ],
};

const aws = useLocalAws();
let project: Project;
let digest: string;

beforeAll(async () => {
  await aws.createRepository("team/demo");
  digest = await push(aws.ecr, "team/demo", manifest("first"), "1.10");
  const config = demoLocal();
  project = aws.project({ ...config, services: config.services.map((service) => ({ ...service, ...SERVICE })) });
  await project.deploy("demo-local");
});

describe("a service with every property set", () => {
  test("reaches ECS as it was written", async () => {
    const [demo, proxy] = await aws.containers("demo-local:1");

    expect(demo).toMatchObject({
      image: `${REGISTRY}/team/demo:1.10`,
      command: ["serve", "--port", "8080"],
      entryPoint: ["/bin/demo"],
      workingDirectory: "/srv",
      user: "1000:1000",
      environment: [
        { name: "A", value: "first" },
        { name: "M.middle", value: "middle" },
        { name: "Z", value: "last" },
      ],
      portMappings: [
        { containerPort: 8080, hostPort: 8080, protocol: "tcp", name: "http", appProtocol: "http2" },
        { containerPort: 5353, hostPort: 5353, protocol: "udp", name: "dns" },
      ],
      healthCheck: { interval: 10, timeout: 3, retries: 5, startPeriod: 60 },
      cpu: 512,
      memory: 1024,
      memoryReservation: 512,
      ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
      stopTimeout: 60,
      readonlyRootFilesystem: true,
      restartPolicy: { enabled: true, ignoredExitCodes: [0, 143], restartAttemptPeriod: 120 },
      dockerLabels: { "com.example.team": "platform", image_digest: digest },
      logConfiguration: { options: { mode: "blocking", "awslogs-stream-prefix": "demo" } },
    });
    expect(proxy).toMatchObject({
      image: `public.ecr.aws/nginx/nginx@sha256:${"a".repeat(64)}`,
      essential: false,
      dockerLabels: { image_tag: "1.27" },
      logConfiguration: { options: { mode: "non-blocking", "max-buffer-size": "4m" } },
    });
  });

  test("runs as many tasks as it says", async () => {
    expect(await describeService(aws.ecs, "demo-local")).toMatchObject({ desiredCount: 2, runningCount: 2 });
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest, digest]);
  });

  test("is no change in a second plan", async () => {
    const plan = await project.plan("demo-local");

    expect(plan.actions).toEqual({});
    expect(plan.exitCode).toBe(0);
  });
});
