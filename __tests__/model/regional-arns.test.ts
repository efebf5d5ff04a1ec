import { regionOf } from "../../src/model/arn";
import type { PinnedFargateJobProps } from "../../src/model/job";
import { addressOf } from "../../src/model/problems";
import { regionFaults } from "../../src/model/regional-arns";
import type { PinnedFargateServiceProps } from "../../src/model/service";
import { everything } from "../support/everything";
import { REFERENCE } from "../support/problems";

type Props = Partial<PinnedFargateServiceProps & PinnedFargateJobProps>;

const arn = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:111122223333:${name}`;
const KEY = arn("kms", "key/1");
const CERTIFICATE = arn("acm", "certificate/1");
const SCHEME = { scheme: "internet-facing" } as const;
const STRATEGY = { type: "BLUE_GREEN", bakeTimeInMinutes: 5 } as const;

const behind = (entry: NonNullable<Props["loadBalancers"]>[string]): Props => ({ loadBalancers: { public: entry } });
const withContainer = (changes: Partial<NonNullable<Props["containers"]>[number]>): Props => ({
  containers: [{ name: "web", image: "nginx", ...changes }],
});
const encrypted = (tls: { awsPcaAuthorityArn: string; kmsKey?: string }): Props => ({
  serviceConnect: { namespace: "shop", services: { http: { tls } } },
});

test.each<[string, Props]>([
  ["logKmsKeyArn", { logKmsKeyArn: KEY }],
  ["executeCommand: kmsKeyArn", { executeCommand: { kmsKeyArn: KEY } }],
  ['volumes: "my-data": ebs: kmsKeyArn', { volumes: { "my-data": { ebs: { sizeInGiB: 1, kmsKeyArn: KEY } } } }],
  [
    "schedule: deadLetterQueueArn",
    { schedule: { expression: "rate(1 hour)", deadLetterQueueArn: arn("sqs", "failed") } },
  ],
  ["alarms: topics[1]", { alarms: { topics: [REFERENCE, arn("sns", "on-call")], cpu: 80 } }],
  [
    "deploymentStrategy: lifecycleHooks: smoke: functionArn",
    {
      deploymentStrategy: {
        ...STRATEGY,
        lifecycleHooks: { smoke: { functionArn: arn("lambda", "function:smoke"), stages: ["POST_SCALE_UP"] } },
      },
    },
  ],
  [
    "loadBalancers: public: listener: arn",
    behind({ listener: { arn: arn("elasticloadbalancing", "listener/app/shared/1/1") }, rule: { priority: 1 } }),
  ],
  [
    "loadBalancers: public: listener: certificateArn",
    behind({ listener: { loadBalancerOf: "other", protocol: "TLS", certificateArn: CERTIFICATE } }),
  ],
  [
    "loadBalancers: public: targetGroupArn",
    behind({ targetGroupArn: arn("elasticloadbalancing", "targetgroup/shop/1") }),
  ],
  [
    "loadBalancers: public: applicationLoadBalancer: certificateArn",
    behind({ applicationLoadBalancer: { ...SCHEME, certificateArn: CERTIFICATE } }),
  ],
  [
    "loadBalancers: public: applicationLoadBalancer: additionalCertificateArns[0]",
    behind({
      applicationLoadBalancer: { ...SCHEME, certificateArn: REFERENCE, additionalCertificateArns: [CERTIFICATE] },
    }),
  ],
  [
    "loadBalancers: public: networkLoadBalancer: certificateArn",
    behind({ networkLoadBalancer: { ...SCHEME, protocol: "TLS", certificateArn: CERTIFICATE } }),
  ],
  ["serviceConnect: namespace", { serviceConnect: { namespace: arn("servicediscovery", "namespace/ns-1") } }],
  [
    "serviceConnect: services: http: tls: awsPcaAuthorityArn",
    encrypted({ awsPcaAuthorityArn: arn("acm-pca", "certificate-authority/1") }),
  ],
  ["serviceConnect: services: http: tls: kmsKey", encrypted({ awsPcaAuthorityArn: REFERENCE, kmsKey: KEY })],
  ["serviceDiscovery: registryArn", { serviceDiscovery: { registryArn: arn("servicediscovery", "service/srv-1") } }],
  [
    'containers[0] "web": secrets: A: kmsKeyArn',
    withContainer({ secrets: { A: { secretsManager: "a", kmsKeyArn: KEY } } }),
  ],
  [
    'containers[0] "web": secrets: B: kmsKeyArn',
    withContainer({ secrets: { B: { ssmParameter: "/b", kmsKeyArn: KEY } } }),
  ],
  [
    'containers[0] "web": repositoryCredentials: kmsKeyArn',
    withContainer({ repositoryCredentials: { secretsManager: "a", kmsKeyArn: KEY } }),
  ],
  [
    'containers[0] "web": logging: secretOptions: token: kmsKeyArn',
    withContainer({
      logging: { driver: "splunk", secretOptions: { token: { ssmParameter: "/a", kmsKeyArn: KEY } } },
    }),
  ],
])("%s is of the region", (address, props) => {
  expect(regionFaults(props, "eu-west-1")).toEqual([]);
  expect(regionFaults(props, "us-east-1")).toEqual([
    `${address} is in eu-west-1; use one in us-east-1, where it is needed`,
  ]);
});

test.each<[string, Props]>([
  ["a reference", { logKmsKeyArn: REFERENCE, ...encrypted({ awsPcaAuthorityArn: REFERENCE, kmsKey: REFERENCE }) }],
  ["a name", { serviceConnect: { namespace: "shop" } }],
  [
    "a certificate of IAM, which has no region",
    behind({
      applicationLoadBalancer: { ...SCHEME, certificateArn: "arn:aws:iam::111122223333:server-certificate/shop" },
    }),
  ],
  [
    "a secret or a parameter by its ARN, with its key",
    withContainer({
      secrets: {
        A: { secretsManager: arn("secretsmanager", "secret:a-AbCd12"), kmsKeyArn: KEY },
        B: { ssmParameter: arn("ssm", "parameter/b"), kmsKeyArn: KEY },
        C: { secretsManager: REFERENCE, kmsKeyArn: KEY },
      },
    }),
  ],
  ["an image", withContainer({ image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/a" })],
  ["nothing", { executeCommand: true, alarms: undefined, volumes: { data: {} } }],
])("%s may be of any region", (_, props) => expect(regionFaults(props, "us-east-1")).toEqual([]));

/** The address of every ARN with a region in a value. */
function addresses(root: object, value: unknown = root, path: readonly PropertyKey[] = []): string[] {
  if (typeof value === "string") return regionOf(value) === undefined ? [] : [addressOf(path, root).join(": ")];
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => addresses(root, inner, [...path, key]));
}

test("of the ARNs in the complete config, only those of secrets and in permissions may be of any region", () => {
  const found = [...everything.services, ...(everything.jobs ?? [])].flatMap(({ environments, ...task }) => {
    const checked = regionFaults(task, "mars-1").map((line) => line.split(" is in ")[0]);
    return addresses(task).filter((address) => !checked.includes(address));
  });
  expect(found).toEqual([
    "taskRole: statements[0]: resources[0]",
    "executionRole: statements[0]: resources[0]",
    'containers[0] "web": secrets: DB: secretsManager',
  ]);
});
