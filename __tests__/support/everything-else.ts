import type { Config, EnvironmentConfig, JobConfig, ServiceConfig } from "../../src/config";

const ARN = (service: string, name: string): string => `arn:aws:${service}:eu-central-1:444455556666:${name}`;
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Everything that excludes what is in `everything.ts`: the other form of each either-or, in services of its own. */
export const otherEnvironments: EnvironmentConfig[] = [
  {
    name: "next",
    region: "eu-central-1",
    accountId: "444455556666",
    network: { vpc: { id: "vpc-0123" } },
    cluster: { existing: "next" },
    state: {
      backend: "cloud",
      organization: "team",
      prefix: "shop",
      project: "Shop",
      hostname: "terraform.example.com",
    },
    providerVersion: "6.25.0",
  },
  {
    name: "pr-*",
    fromVariable: "PR_NUMBER",
    region: "eu-west-1",
    network: { vpc: "default" },
    state: { backend: "local" },
  },
];

const entrance: ServiceConfig = {
  name: "entrance",
  only: ["staging"],
  cpu: 256,
  memory: 512,
  network: { vpc: { id: "vpc-0123" }, subnetTags: { tier: "tasks" }, securityGroups: ["sg-9"], assignPublicIp: false },
  containers: [
    {
      name: "web",
      image: { repository: "cache/nginx", tag: "1.27", digest: `sha256:${"e".repeat(64)}` },
      environment: { DD_VERSION: { image: "tag" }, DIGEST: { image: "digest" } },
      mountPoints: { plain: "/plain" },
      portMappings: [{ containerPort: 8443, hostPort: 8443, name: "https", appProtocol: "http" }],
    },
  ],
  volumes: { plain: { efs: { fileSystemId: "fs-1", transitEncryption: "DISABLED" } } },
  deploymentAlarms: { alarmNames: ["entrance 5xx"], enable: false },
  executeCommand: {
    logging: "OVERRIDE",
    logGroup: "/exec/entrance",
    cloudWatchEncryptionEnabled: true,
    s3Bucket: "exec-sessions",
    s3KeyPrefix: "entrance",
    s3EncryptionEnabled: true,
    kmsKeyArn: "arn:aws:kms:eu-west-1:444455556666:key/exec",
  },
  serviceConnect: {
    namespace: "shop",
    logging: false,
    services: {
      https: {
        tls: {
          awsPcaAuthorityArn: "arn:aws:acm-pca:eu-west-1:444455556666:certificate-authority/1",
          kmsKey: "arn:aws:kms:eu-west-1:444455556666:key/tls",
          roleArn: "arn:aws:iam::444455556666:role/tls",
        },
      },
    },
  },
  serviceDiscovery: { registryArn: "arn:aws:servicediscovery:eu-west-1:444455556666:service/srv-1" },
  loadBalancers: {
    own: {
      container: "web",
      applicationLoadBalancer: {
        scheme: "internal",
        subnets: ["subnet-7", "subnet-8"],
        ingress: [
          { cidrIpv4: "10.0.0.0/8" },
          { cidrIpv6: "2001:db8::/32" },
          { securityGroup: "sg-0123" },
          { prefixList: "pl-0123" },
        ],
        deletionProtection: false,
        accessLogs: { bucket: "access-logs", prefix: "entrance" },
        name: "entrance",
        certificateArn: "arn:aws:acm:eu-west-1:444455556666:certificate/1",
        port: 8443,
        redirectHttp: false,
        sslPolicy,
        idleTimeout: 30,
      },
      targetGroup: {
        protocol: "HTTPS",
        protocolVersion: "HTTP2",
        healthCheck: {
          protocol: "HTTPS",
          port: 8443,
          path: "/health",
          matcher: "200-299",
          interval: 10,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 4,
        },
        deregistrationDelay: 30,
        slowStart: 60,
        stickiness: { type: "app_cookie", cookieName: "session", cookieDuration: 3600 },
        loadBalancingAlgorithm: "round_robin",
      },
    },
    "by-arn": {
      listener: { arn: "arn:aws:elasticloadbalancing:eu-west-1:444455556666:listener/app/shared/1/2" },
      rule: {
        priority: 7,
        headers: { "X-Tenant": ["a*"] },
        methods: ["GET"],
        queries: [{ key: "version", value: "2*" }],
        sourceIps: ["192.0.2.0/24"],
      },
      securityGroups: ["sg-10"],
    },
    "by-tags": {
      listener: { loadBalancer: { tags: { Name: "shared" } }, port: 443 },
      rule: { priority: 8, paths: ["/b/*"] },
    },
    network: { networkLoadBalancer: { scheme: "internet-facing", crossZone: true, subnetTags: { tier: "public" } } },
    tls: {
      listener: {
        loadBalancerOf: "network",
        port: 443,
        protocol: "TLS",
        certificateArn: "arn:aws:acm:eu-west-1:444455556666:certificate/1",
        sslPolicy,
      },
    },
  },
  scaling: {
    minCapacity: 1,
    maxCapacity: 4,
    targetTracking: { requests: { requestsPerTarget: { loadBalancer: "own", target: 1000 } } },
  },
  alarms: {
    topics: ["arn:aws:sns:eu-west-1:444455556666:on-call"],
    target5xx: { threshold: 5, unit: "Percent", minutes: 3 },
    latency: { threshold: 0.5, percentile: 99, minutes: 10 },
  },
};

/** A service that needs version 6 of the AWS provider. */
function shifting(
  name: string,
  priority: number,
  deploymentStrategy: ServiceConfig["deploymentStrategy"],
): ServiceConfig {
  return {
    name,
    only: ["next"],
    cpu: 256,
    memory: 512,
    network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
    containers: [
      {
        name: "web",
        image: { repository: "team/shop", tag: "1.10" },
        portMappings: [{ containerPort: 8080, name: "http", appProtocol: "http" }],
      },
    ],
    existing: { executionRole: "ecsTaskExecutionRole", taskRole: "Shop", logGroup: "/services/shop" },
    permissionsBoundary: "arn:aws:iam::444455556666:policy/limit",
    serviceConnect: {
      namespace: "shop",
      services: { http: { discoveryName: name, clientAlias: { testHeader: { name: "X-Test", value: "yes" } } } },
    },
    loadBalancers: {
      public: {
        listener: { loadBalancer: { name: "shared" }, port: 443 },
        rule: { priority, hosts: [`${name}.example.com`] },
        testRule: { priority: priority + 1, hosts: [`${name}.example.com`], headers: { "X-Test": ["yes"] } },
      },
      network: {
        networkLoadBalancer: {
          scheme: "internal",
          ingress: [{ cidrIpv4: "10.0.0.0/8" }],
          protocol: "TCP",
          port: 80,
          subnets: ["subnet-1", "subnet-2"],
        },
        testPort: 8081,
      },
    },
    timeouts: { update: "2h" },
    deploymentStrategy,
  };
}

export const otherServices: ServiceConfig[] = [
  entrance,
  shifting("linear", 30, { type: "LINEAR", stepPercent: 20, stepBakeTimeInMinutes: 1, bakeTimeInMinutes: 5 }),
  shifting("canary", 40, {
    type: "CANARY",
    canaryPercent: 10,
    canaryBakeTimeInMinutes: 2,
    bakeTimeInMinutes: 5,
    lifecycleHooks: {
      smoke: {
        functionArn: ARN("lambda", "function:smoke"),
        stages: ["POST_SCALE_UP"],
        roleArn: "arn:aws:iam::444455556666:role/hooks",
        details: { suite: "smoke" },
      },
    },
  }),
];

export const otherJobs: JobConfig[] = [
  {
    name: "nightly-report",
    service: "shop-api",
    only: ["staging", "shared"],
    cpu: 256,
    memory: 512,
    containers: [{ name: "report", image: { repository: "team/shop" }, command: ["report"] }],
    network: { assignPublicIp: false },
    capacityProviderStrategy: { FARGATE_SPOT: { weight: 1 } },
    platformVersion: "1.4.0",
    executeCommand: true,
    permissionsBoundary: "arn:aws:iam::444455556666:policy/limit",
    names: { family: "Report", logGroup: "/jobs/report", executionRole: "ReportExecution", taskRole: "Report" },
    schedule: {
      expression: "cron(0 3 * * ? *)",
      timezone: "Europe/Berlin",
      maximumWindowInMinutes: 15,
      maximumRetryAttempts: 3,
      maximumEventAgeInSeconds: 3600,
      deadLetterQueueArn: "arn:aws:sqs:eu-west-1:444455556666:missed",
      startDate: "2030-01-31T08:00:00Z",
      endDate: "2030-12-31T08:00:00Z",
    },
    environments: { shared: { schedule: { enabled: false } } },
  },
];

/** Where the repositories' state is, and what they can have besides. */
export const otherRegistry: Omit<Config["registry"], "region"> = {
  state: {
    backend: "s3",
    bucket: "terraform-state",
    prefix: "team/shop",
    region: "eu-west-1",
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-44cd-96ef-1234567890ab",
    assumeRole: { roleArn: "arn:aws:iam::111122223333:role/state" },
  },
  assumeRole: { roleArn: "arn:aws:iam::111122223333:role/registry" },
  providerVersion: "5.100.0",
  existing: ["cache/nginx"],
  replicatedTo: ["eu-central-1"],
};
