import type { LoadBalancing } from "../../src/model/load-balancing";
import { ALB, CERTIFICATE, GROUP_ARN, NLB, RULE, problemsOf, problemsOfOne, web } from "../support/load-balancers";
import { LIST_REFERENCE, REFERENCE } from "../support/problems";

describe("an Application Load Balancer", () => {
  const alb = (properties: object): string[] =>
    problemsOfOne({ applicationLoadBalancer: { scheme: "internet-facing", ...properties } }).map((line) =>
      line.replace("applicationLoadBalancer: ", ""),
    );

  test("may have everything", () =>
    expect(
      alb({
        scheme: "internal",
        subnetTags: { tier: "private" },
        ingress: [{ cidrIpv4: "10.0.0.0/8" }, { prefixList: "pl-1" }, { securityGroup: REFERENCE }],
        deletionProtection: false,
        accessLogs: { bucket: "logs", prefix: "shop/web" },
        name: "shop",
        certificateArn: CERTIFICATE,
        additionalCertificateArns: [REFERENCE],
        port: 8443,
        redirectHttp: false,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        idleTimeout: 4000,
      }),
    ).toEqual([]));

  test.each<[object, string]>([
    [{ scheme: "public" }, 'scheme "public" is not valid; choose internet-facing or internal'],
    [{ scheme: "internal" }, 'ingress is missing; say who may reach it: ingress: [{ cidrIpv4: "10.0.0.0/8" }]'],
    [{ ingress: [{}] }, "ingress[0]: 0 sources; give exactly one of cidrIpv4, cidrIpv6, securityGroup and prefixList"],
    [
      { subnets: ["subnet-1"] },
      "subnets has 1 entry; an Application Load Balancer needs at least 2, each in another zone",
    ],
    [{ subnets: ["subnet-1", "subnet-2"], subnetTags: {} }, "subnets and subnetTags exclude each other; remove one"],
    [{ redirectHttp: true }, "redirectHttp needs an HTTPS listener; give a certificateArn, or remove it"],
    [
      { additionalCertificateArns: [CERTIFICATE] },
      "additionalCertificateArns needs an HTTPS listener; give a certificateArn, or remove it",
    ],
    [
      { sslPolicy: "ELBSecurityPolicy-2016-08" },
      "sslPolicy needs an HTTPS listener; give a certificateArn, or remove it",
    ],
    [
      { certificateArn: CERTIFICATE, port: 80 },
      "port 80 is where HTTP is redirected from; choose another, or set redirectHttp: false",
    ],
    [{ idleTimeout: 4001 }, "idleTimeout 4001 is not valid; use a whole number from 1 to 4000"],
    [
      { certificateArn: "arn:aws:acm:x" },
      'certificateArn "arn:aws:acm:x" is not valid; use the ARN of a certificate: arn:aws:acm:REGION:ACCOUNT:certificate/ID',
    ],
    [
      { name: "internal-shop" },
      'name "internal-shop" is not valid; use 1 to 32 letters, digits or "-", not beginning with "-" or "internal-", nor ending with "-"',
    ],
    [
      { accessLogs: { bucket: "arn:aws:s3:::logs" } },
      'accessLogs: bucket "arn:aws:s3:::logs" is not valid; use the name of a bucket: 3 to 63 lower-case letters, digits, "-" or single "."',
    ],
    [
      { accessLogs: { bucket: "logs", prefix: "AWSLogs/a" } },
      'accessLogs: prefix "AWSLogs/a" is not valid; use at most 256 letters, digits or "!-_.*\'()/", without "AWSLogs" and without "/" at its ends',
    ],
  ])("cannot have %j", (properties, line) => {
    expect(alb(properties)).toEqual([line]);
  });

  test("may have a list of subnets that only Terraform knows", () =>
    expect(alb({ subnets: LIST_REFERENCE })).toEqual([]));

  test("may have port 80 if nothing is redirected", () => {
    expect(alb({ port: 80 })).toEqual([]);
    expect(alb({ certificateArn: CERTIFICATE, port: 80, redirectHttp: false })).toEqual([]);
  });
});

describe("the subnets of a load balancer of its own", () => {
  const PRIVATE =
    "it needs public subnets, but the tasks have no public addresses and so are in private ones; give subnetTags or subnets";

  test.each<[string, LoadBalancing]>([
    ["applicationLoadBalancer", ALB],
    ["networkLoadBalancer", NLB],
  ])("must be named if the tasks of an internet-facing %s are in private ones", (form, entry) => {
    expect(problemsOfOne(entry, { network: { vpc: "default" } })).toEqual([`${form}: ${PRIVATE}`]);
  });

  test("are those of the service if it is internal, or if the tasks are public", () => {
    const internal = { scheme: "internal", ingress: [{ cidrIpv4: "10.0.0.0/8" }] } as const;
    expect(problemsOfOne({ applicationLoadBalancer: internal }, { network: { vpc: "default" } })).toEqual([]);
    expect(problemsOfOne(ALB)).toEqual([]);
  });

  test("must be two, which the network may not have", () => {
    const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: true };
    expect(problemsOfOne(ALB, { network })).toEqual([
      "applicationLoadBalancer: it needs at least 2 subnets, but the network has 1; give subnetTags or subnets",
    ]);
    expect(problemsOfOne(NLB, { network })).toEqual([]);
  });
});

describe("a Network Load Balancer", () => {
  const nlb = (properties: object): string[] =>
    problemsOfOne({ networkLoadBalancer: { scheme: "internet-facing", ...properties } }).map((line) =>
      line.replace("networkLoadBalancer: ", ""),
    );

  test("may speak TLS", () => expect(nlb({ protocol: "TLS", certificateArn: CERTIFICATE, port: 443 })).toEqual([]));

  test.each<[object, string]>([
    [{ protocol: "TLS" }, 'certificateArn is missing; protocol "TLS" needs one'],
    [{ certificateArn: CERTIFICATE }, 'certificateArn needs protocol "TLS"; set that, or remove it'],
    [
      { protocol: "TCP", sslPolicy: "ELBSecurityPolicy-2016-08" },
      'sslPolicy needs protocol "TLS"; set that, or remove it',
    ],
    [{ protocol: "HTTP" }, 'protocol "HTTP" is not valid; choose TCP, UDP, TCP_UDP or TLS'],
  ])("cannot have %j", (properties, line) => {
    expect(nlb(properties)).toEqual([line]);
  });
});

test("what the kind of load balancer does not have is a problem of the target group", () => {
  expect(problemsOfOne({ ...NLB, targetGroup: { slowStart: 30 } })).toEqual([
    "targetGroup: slowStart is for an Application Load Balancer; remove it",
  ]);
  expect(problemsOfOne({ ...ALB, targetGroup: { protocolVersion: "GRPC" } })).toEqual([
    'targetGroup: protocolVersion "GRPC" needs a listener with HTTPS; give a certificateArn',
  ]);
});

describe("a load balancer can be shared", () => {
  const share = (listener: object, more: object = {}): object => ({
    listener: { loadBalancerOf: "public", ...listener },
    ...more,
  });
  const TWO = [web({ containerPort: 8080 }, { containerPort: 9090 })];
  const both = (owner: LoadBalancing, other: object): string[] =>
    problemsOf(
      { public: { ...owner, containerPort: 8080 }, admin: { ...other, containerPort: 9090 } },
      { containers: TWO },
    );

  test("by a rule, or by a listener", () => {
    expect(both(ALB, share({}, { rule: RULE }))).toEqual([]);
    expect(both(NLB, share({}))).toEqual([]);
    expect(both(NLB, share({ protocol: "TLS", certificateArn: CERTIFICATE, port: 443 }))).toEqual([]);
  });

  test.each<[string, LoadBalancing, object, string]>([
    ["without a rule", ALB, share({}), "admin: rule is missing; say which requests go to this port"],
    [
      "with a listener",
      ALB,
      share({ port: 90 }, { rule: RULE }),
      "admin: listener: port is for a Network Load Balancer; remove it",
    ],
    ["by a rule", NLB, share({}, { rule: RULE }), "admin: rule is not for a Network Load Balancer; remove it"],
    [
      "by TLS without a certificate",
      NLB,
      share({ protocol: "TLS" }),
      'admin: listener: certificateArn is missing; protocol "TLS" needs one',
    ],
    [
      "on the same port",
      NLB,
      share({ port: 8080 }),
      'admin: "public" and "admin" use the same port of the same load balancer; change one',
    ],
    [
      "that does not exist",
      { targetGroupArn: GROUP_ARN },
      share({}),
      'admin: listener: loadBalancerOf "public" makes no load balancer; none does',
    ],
    [
      "that is its own",
      ALB,
      { listener: { loadBalancerOf: "admin" }, rule: RULE },
      'admin: listener: loadBalancerOf "admin" makes no load balancer; choose "public"',
    ],
  ])("but not %s", (_how, owner, other, line) => {
    expect(both(owner, other)).toEqual([line]);
  });
});
