import type { Config } from "../../src/config";
import { alarms, scaling } from "./every-policy";
import { otherEnvironments, otherJobs, otherRegistry, otherServices } from "./everything-else";

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

const SECRETS = "arn:aws:secretsmanager:eu-west-1:444455556666:secret:";
const SECRETS_KEY = "arn:aws:kms:eu-west-1:444455556666:key/secrets";
const ELB = "arn:aws:elasticloadbalancing:eu-west-1:444455556666";
const certificateArn = "arn:aws:acm:eu-west-1:444455556666:certificate/1";
const additionalCertificateArns = ["arn:aws:acm:eu-west-1:444455556666:certificate/2"];

/** Everything that a config can have; no address must ever change. What excludes each other is in `everything-else.ts`. */
export const everything: Config = {
  registry: {
    region: "eu-west-1",
    accountId: "111122223333",
    tags: { team: "platform" },
    ...otherRegistry,
    imageTagMutability: "IMMUTABLE",
    scanOnPush: false,
    kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/registry",
  },
  environments: [
    {
      name: "staging",
      region: "eu-west-1",
      accountId: "444455556666",
      network: { vpc: { tags: { Name: "staging" } }, subnetTags: { tier: "private" }, assignPublicIp: true },
      cluster: {
        containerInsights: "enhanced",
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategy: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 2 } },
        executeCommand: {
          logging: "OVERRIDE",
          logGroup: "/exec/staging",
          cloudWatchEncryptionEnabled: true,
          s3Bucket: "exec-sessions",
          s3KeyPrefix: "staging",
          s3EncryptionEnabled: true,
          kmsKeyArn: "arn:aws:kms:eu-west-1:444455556666:key/exec",
        },
      },
      state: { backend: "s3", bucket: "terraform-state", prefix: "team/shop", region: "eu-west-1" },
      providerVersion: "5.100.0",
      tags: { team: "platform" },
      assumeRole: {
        roleArn: "arn:aws:iam::444455556666:role/deploy",
        externalId: "team-shop",
        sessionName: "ci",
        duration: "1h",
      },
      permissionsBoundary: "arn:aws:iam::444455556666:policy/limit",
    },
    {
      name: "shared",
      region: "eu-west-1",
      network: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1", "sg-2"] },
      cluster: { existing: "shared", executeCommand: { logging: "NONE" } },
      state: { backend: "local" },
    },
    ...otherEnvironments,
  ],
  services: [
    {
      name: "shop-api",
      only: ["staging", "shared"],
      cpu: 1024,
      memory: 2048,
      cpuArchitecture: "ARM64",
      desiredCount: 2,
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      availabilityZoneRebalancing: "DISABLED",
      capacityProviderStrategy: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 3 } },
      platformVersion: "1.4.0",
      deploymentCircuitBreaker: { enable: true, rollback: false },
      deploymentAlarms: { alarmNames: ["shop 5xx"], rollback: false },
      serviceConnect: {
        namespace: "shop",
        services: {
          http: {
            discoveryName: "shop",
            clientAlias: { port: 80, dnsName: "shop" },
            ingressPortOverride: 8443,
            timeout: { idleTimeoutSeconds: 60, perRequestTimeoutSeconds: 30 },
            tls: { awsPcaAuthorityArn: "arn:aws:acm-pca:eu-west-1:444455556666:certificate-authority/1" },
          },
        },
      },
      serviceDiscovery: {
        namespaceId: "ns-abc123",
        name: "shop",
        recordType: "SRV",
        ttl: 60,
        container: "web",
        containerPort: 8080,
      },
      waitForSteadyState: false,
      timeouts: { create: "1h", update: "30m", delete: "90s" },
      executeCommand: true,
      logRetentionDays: 7,
      tags: { team: "shop", "cost-center": "42" },
      volumes: {
        static: {},
        uploads: { efs: { fileSystemId: "fs-1", accessPointId: "fsap-1", iam: "ENABLED", rootAccess: true } },
        archive: { efs: { fileSystemId: "fs-1", rootDirectory: "/archive", transitEncryptionPort: 2999 } },
        scratch: {
          ebs: {
            sizeInGiB: 20,
            snapshotId: "snap-1",
            volumeType: "gp3",
            iops: 4000,
            throughput: 200,
            encrypted: true,
            kmsKeyArn: "arn:aws:kms:eu-west-1:444455556666:key/volumes",
            fileSystemType: "ext4",
            volumeInitializationRate: 200,
          },
        },
      },
      ephemeralStorage: 30,
      pidMode: "task",
      logKmsKeyArn: "arn:aws:kms:eu-west-1:444455556666:key/logs",
      taskRole: {
        statements: [
          {
            actions: ["sqs:SendMessage"],
            resources: ["arn:aws:sqs:eu-west-1:444455556666:orders"],
            conditions: { StringEquals: { "aws:ResourceTag/team": ["platform"] } },
          },
        ],
        managedPolicies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
        permissionsBoundary: "arn:aws:iam::444455556666:policy/limit",
        xray: true,
      },
      executionRole: {
        statements: [{ actions: ["kms:Decrypt"], resources: ["arn:aws:kms:eu-west-1:444455556666:key/images"] }],
        managedPolicies: ["arn:aws:iam::444455556666:policy/team/start-tasks"],
        permissionsBoundary: "arn:aws:iam::444455556666:policy/limit",
      },
      names: {
        service: "shop",
        family: "shop-api",
        logGroup: "/services/shop",
        executionRole: "ShopExecution",
        taskRole: "ShopTask",
      },
      containers: [
        {
          name: "web",
          image: { repository: "team/shop", tag: "1.10" },
          command: ["serve", "--port", "8080"],
          entryPoint: ["/bin/shop"],
          workingDirectory: "/srv",
          user: "1000:1000",
          environment: { Z: "last", A: "first", "M.middle": "${middle}" },
          secrets: {
            DB_PASSWORD: { secretsManager: "shop/db", key: "password", kmsKeyArn: SECRETS_KEY },
            DB: { secretsManager: `${SECRETS}shop/db-AbCd12`, versionStage: "AWSPREVIOUS" },
            OLD: { secretsManager: "shop/db", key: "password", versionId: "0".repeat(32) },
            TOKEN: { ssmParameter: "/shop/token", kmsKeyArn: SECRETS_KEY },
          },
          environmentFiles: ["arn:aws:s3:::shop-settings/web.env"],
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
          cpu: 512,
          memory: 1024,
          memoryReservation: 512,
          ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
          dependsOn: { "1st_worker": "START", _sidecar: "SUCCESS" },
          startTimeout: 60,
          stopTimeout: 60,
          mountPoints: {
            static: { containerPath: "/srv/static", readOnly: true },
            uploads: ["/srv/uploads", { containerPath: "/srv/seen", readOnly: true }],
            archive: "/srv/archive",
            scratch: "/scratch",
          },
          volumesFrom: { proxy: { readOnly: true } },
          readonlyRootFilesystem: false, // ECS Exec excludes it
          writablePaths: ["/tmp", "/var/run"],
          linuxParameters: {
            initProcessEnabled: true,
            capabilities: { add: ["SYS_PTRACE"], drop: ["NET_RAW"] },
            tmpfs: [{ containerPath: "/run/secrets", size: 16, mountOptions: ["noexec", "uid=1000"] }],
          },
          systemControls: { "net.core.somaxconn": "1024" },
          interactive: true,
          pseudoTerminal: true,
          restartPolicy: { enabled: true, ignoredExitCodes: [0, 143], restartAttemptPeriod: 120 },
          dockerLabels: { "com.example.team": "platform" },
          logging: {
            mode: "blocking",
            logGroup: "/shared/web",
            streamPrefix: "shop",
            multilinePattern: "^\\d{4}-",
          },
        },
        {
          name: "1st_worker",
          image: { repository: "team/shop", tag: "1.10", pinning: "label", registryId: "777788889999" },
          essential: false,
          logging: { mode: "non-blocking", maxBufferSize: "4m" },
        },
        { name: "_sidecar", image: { repository: "sidecar", tag: "latest" }, essential: false },
        {
          name: "proxy",
          image: `public.ecr.aws/nginx/nginx:1.27@${digest("a")}`,
          essential: false,
          repositoryCredentials: { secretsManager: "shop/registry" },
          logging: { datetimeFormat: "%d/%b/%Y" },
        },
        {
          name: "log-router",
          image: `public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.0@${digest("c")}`,
          user: "0",
          firelensConfiguration: { type: "fluentbit", configFile: "/extra.conf", enableEcsLogMetadata: false },
        },
        {
          name: "routed",
          image: `quay.io/team/routed@${digest("d")}`,
          essential: false,
          logging: {
            driver: "awsfirelens",
            options: { Name: "datadog", "log-driver-buffer-limit": "2097152" },
            secretOptions: { apikey: { ssmParameter: "/datadog/api-key" } },
          },
        },
        {
          name: "splunked",
          image: `quay.io/team/routed@${digest("d")}`,
          essential: false,
          logging: {
            driver: "splunk",
            options: { "splunk-url": "https://splunk.example.com:8088" },
            secretOptions: { "splunk-token": { secretsManager: "splunk", key: "token" } },
          },
        },
        { name: "pinned", image: `quay.io/team/pinned@${digest("b")}`, essential: false },
      ],
      loadBalancers: {
        listener: {
          containerPort: 8080,
          listener: { loadBalancer: { name: "shared" }, port: 443 },
          rule: { priority: 10, hosts: ["shop.example.com"] },
        },
        group: { containerPort: 8080, targetGroupArn: `${ELB}:targetgroup/shop/0123456789abcdef` },
      },
      healthCheckGracePeriod: 60,
      environments: {
        staging: {
          names: { securityGroup: "Tasks of the shop" },
          ingress: [
            { port: 8080, cidrIpv4: "10.0.0.0/8" },
            { port: 5353, protocol: "udp", cidrIpv6: "2001:db8::/32" },
            { port: 8080, securityGroup: "sg-0123" },
            { port: 8080, prefixList: "pl-0123" },
            { port: 9000, toPort: 9100, cidrIpv4: "10.0.0.0/8" },
          ],
          loadBalancers: {
            own: { applicationLoadBalancer: { scheme: "internet-facing", certificateArn, additionalCertificateArns } },
            shared: { listener: { loadBalancerOf: "own" }, rule: { priority: 1, paths: ["/a/*"] } },
            udp: {
              containerPort: 5353,
              networkLoadBalancer: { scheme: "internet-facing", subnetTags: { tier: "public" } },
            },
          },
          desiredCount: "keep",
          scaling,
          alarms,
        },
        shared: { desiredCount: 0, serviceDiscovery: { name: "shop-shared" } },
      },
    },
    {
      name: "worker",
      stack: "backend",
      only: ["shared"],
      cpu: 256,
      memory: 512,
      containers: [{ name: "worker", image: { repository: "team/shop", tag: "1.10" } }],
    },
    ...otherServices,
  ],
  jobs: otherJobs,
};
