import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateBucketCommand } from "@aws-sdk/client-s3";

import type { Config, ServiceConfig } from "../../src/config";
import { describeService } from "../support/aws";
import { requestCertificate } from "../support/certificates";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { LoadBalancers } from "../support/load-balancers";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const STACK = "demo-local";
const LOGS = "placeholder-access-logs";

type Balancers = NonNullable<ServiceConfig["loadBalancers"]>;

const aws = useLocalAws();
const requested: string[] = [];
let elb: LoadBalancers;
let project: Project;
/** Certificates, by what they are for. */
let certificate: Record<"shop" | "other" | "players", string>;

/** The shipped service with load balancers of its own. */
function withOwn(loadBalancers: Balancers): Config {
  const { services, ...others } = demoLocal({
    portMappings: [{ containerPort: 8080 }, { containerPort: 7777, protocol: "udp" }],
  });
  return { ...others, services: services.map((service) => ({ ...service, loadBalancers })) };
}

/** Three load balancers, of which one is shared by two ports: without a certificate, with two, and for TLS and UDP. */
function first(): Balancers {
  return {
    public: { applicationLoadBalancer: { scheme: "internet-facing", name: "public" } },
    admin: { listener: { loadBalancerOf: "public" }, rule: { priority: 1, paths: ["/admin/*"] } },
    secure: {
      applicationLoadBalancer: {
        scheme: "internet-facing",
        name: "secure",
        certificateArn: certificate.shop,
        additionalCertificateArns: [certificate.other],
        accessLogs: { bucket: LOGS, prefix: "shop" },
      },
    },
    players: {
      containerPort: 8080,
      networkLoadBalancer: {
        scheme: "internet-facing",
        name: "players",
        protocol: "TLS",
        port: 443,
        certificateArn: certificate.players,
        accessLogs: { bucket: LOGS },
      },
    },
    game: { containerPort: 7777, listener: { loadBalancerOf: "players" } },
  };
}

/** The first one gets a certificate, and the last one a listener for TCP. */
function second(): Balancers {
  const { admin, public: plain, ...others } = first();
  return {
    ...others,
    public: {
      applicationLoadBalancer: { scheme: "internet-facing", name: "public", certificateArn: certificate.shop },
    },
    status: { containerPort: 8080, listener: { loadBalancerOf: "players", port: 80 } },
  };
}

async function deploy(loadBalancers: Balancers): Promise<void> {
  project.edit(withOwn(loadBalancers));
  requested.push(...(await aws.actionsOf(() => project.deploy(STACK))));
}

async function arnOf(name: string): Promise<string> {
  const { LoadBalancers: found = [] } = await elb.client.send(new DescribeLoadBalancersCommand({ Names: [name] }));
  return found[0]?.LoadBalancerArn ?? "";
}

async function listenerOf(name: string, port: number): Promise<Listener> {
  const command = new DescribeListenersCommand({ LoadBalancerArn: await arnOf(name) });
  const { Listeners = [] } = await elb.client.send(command);
  return Listeners.find(({ Port }) => Port === port) ?? {};
}

async function accessLogsOf(name: string): Promise<Record<string, string | undefined>> {
  const command = new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: await arnOf(name) });
  const { Attributes = [] } = await elb.client.send(command);
  const logs = Attributes.filter(({ Key = "" }) => Key.startsWith("access_logs.s3."));
  return Object.fromEntries(logs.map(({ Key = "", Value }) => [Key.slice("access_logs.s3.".length), Value]));
}

beforeAll(async () => {
  elb = new LoadBalancers(aws.endpoint);
  const [shop, other, players] = await Promise.all(
    ["shop", "other", "players"].map((name) => requestCertificate(aws.endpoint, `${name}.example.com`)),
  );
  certificate = { shop: shop ?? "", other: other ?? "", players: players ?? "" };
  await aws.s3.send(new CreateBucketCommand({ Bucket: LOGS }));
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(withOwn(first()));
  await deploy(first());
});

describe("a service with load balancers of its own", () => {
  test("is registered with a target group for each entry", async () => {
    const { loadBalancers = [] } = await describeService(aws.ecs, STACK);

    expect(loadBalancers.map(({ containerPort }) => containerPort).sort()).toEqual([7777, 8080, 8080, 8080, 8080]);
    expect(await elb.listeners()).toEqual({
      public: ["HTTP 80"],
      secure: ["HTTP 80", "HTTPS 443"],
      players: ["TLS 443", "UDP 7777"],
    });
  });

  test("answers HTTPS with its certificates, and sends HTTP there", async () => {
    const { ListenerArn, SslPolicy } = await listenerOf("secure", 443);
    const command = new DescribeListenerCertificatesCommand({ ListenerArn });
    const { Certificates = [] } = await elb.client.send(command);

    expect(SslPolicy).toBe("ELBSecurityPolicy-TLS13-1-2-2021-06");
    expect(Certificates).toEqual([
      { CertificateArn: certificate.shop, IsDefault: true },
      { CertificateArn: certificate.other, IsDefault: false },
    ]);
    const { DefaultActions } = await listenerOf("secure", 80);
    expect(DefaultActions).toMatchObject([
      { Type: "redirect", RedirectConfig: { Port: "443", Protocol: "HTTPS", StatusCode: "HTTP_301" } },
    ]);
  });

  test("ends TLS at a Network Load Balancer", async () =>
    expect(await listenerOf("players", 443)).toMatchObject({
      SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      Certificates: [{ CertificateArn: certificate.players }],
    }));

  test("has access logs", async () => {
    expect(await accessLogsOf("secure")).toEqual({ enabled: "true", bucket: LOGS, prefix: "shop" });
    expect(await accessLogsOf("players")).toMatchObject({ enabled: "true", bucket: LOGS });
    expect((await accessLogsOf("public"))["enabled"]).not.toBe("true");
  });

  test("says their DNS names", async () => {
    const { load_balancer_dns_names: names } = await project
      .stack(STACK)
      .outputs<{ load_balancer_dns_names: Record<string, string> }>();

    expect(Object.keys(names).sort()).toEqual(["players", "public", "secure"]);
    expect(names["public"]).toMatch(/\.amazonaws\.com$/);
  });

  test("is no change in a second plan", async () => {
    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("gets a certificate and another listener in place", async () => {
    const before = await listenerOf("public", 80);
    await deploy(second());

    expect(await elb.listeners()).toEqual({
      public: ["HTTP 80", "HTTPS 443"],
      secure: ["HTTP 80", "HTTPS 443"],
      players: ["TCP 80", "TLS 443", "UDP 7777"],
    });
    expect((await listenerOf("public", 443)).ListenerArn).toBe(before.ListenerArn);
    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("is destroyed as a whole, since nothing is protected in the environment local", async () => {
    requested.push(...(await aws.actionsOf(() => project.destroy(STACK))));

    expect(await elb.listeners()).toEqual({});
    expect(await elb.targetGroups()).toEqual([]);
  });

  test("needs no more than the documented permissions", () => {
    expect(refusedActions(requested, "deploy-services", "deploy-load-balancing")).toEqual([]);
  });
});
