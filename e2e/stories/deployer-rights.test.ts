import { BatchGetImageCommand, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { CreateBucketCommand } from "@aws-sdk/client-s3";

import type { Config, EnvironmentConfig, ServiceConfig } from "../../src/config";
import { ACCOUNT } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { permissions, policies, policyText, refusedActions, statements, unusedActions } from "../support/policies";
import type { Project } from "../support/project";
import type { Plan } from "../support/terraform-directory";
import { useLocalAws } from "./local-aws";

const BY_HAND = "undoes a change that somebody made by hand";
const KMS_KEY = "where logKmsKeyArn is set, or removed";
const LAYERS = "docker push uploads layers; here only a manifest is pushed";
const MANAGED_POLICY = "for task roles with managed policies";
const PROVIDER_6 = "AWS provider 6 waits with it";

/** The roles, by the names of their policies, with the actions that are allowed but not requested here, and why. */
const UNSEEN = {
  "deploy-cluster": {
    "ecs:PutClusterCapacityProviders": "for clusters with capacityProviders",
    "iam:CreateServiceLinkedRole": "AWS checks it when the first cluster of an account is created",
  },
  "deploy-registry": {},
  "deploy-services": {
    "ec2:ModifySecurityGroupRules": BY_HAND,
    "ecs:DescribeServiceDeployments": PROVIDER_6,
    "ecs:ListServiceDeployments": PROVIDER_6,
    "ecs:ListTagsForResource": "the AWS provider reads tags with it if they did not come with the resource",
    "iam:AttachRolePolicy": MANAGED_POLICY,
    "iam:DetachRolePolicy": MANAGED_POLICY,
    "iam:PassRole": "AWS checks it when a task definition is registered",
    "iam:UpdateAssumeRolePolicy": BY_HAND,
    "logs:AssociateKmsKey": KMS_KEY,
    "logs:DisassociateKmsKey": KMS_KEY,
  },
  plan: {},
  "push-images": {
    "ecr:BatchCheckLayerAvailability": LAYERS,
    "ecr:CompleteLayerUpload": LAYERS,
    "ecr:InitiateLayerUpload": LAYERS,
    "ecr:UploadLayerPart": LAYERS,
  },
} as const;
type Role = keyof typeof UNSEEN;
const ROLES = Object.keys(UNSEEN) as Role[];

/** Policies that are attached in addition to deploy-services, such as deploy-secrets. */
const THEME = /^(deploy-(?!cluster$|registry$|services$)|run-|plan-)/;

const STATE = { backend: "s3", bucket: "terraform-state-staging", prefix: "ecs-pin", region: "us-east-1" } as const;

/** All kinds of stacks, with their states in S3. With the default VPC, the story need not make one. */
function staging(
  tags: Record<string, string>,
  registry: Partial<Config["registry"]>,
  environment: Partial<EnvironmentConfig>,
  service: NonNullable<ServiceConfig["environments"]>[string],
): Config {
  const network = { vpc: "default", assignPublicIp: true } as const;
  const own = { name: "staging", accountId: ACCOUNT, network, cluster: undefined, state: STATE, tags };
  const { services, ...config } = demoLocal({}, { ...own, ...environment });
  return {
    ...config,
    registry: { ...config.registry, accountId: ACCOUNT, state: STATE, tags, ...registry },
    services: services.map((shipped) => ({ ...shipped, environments: { staging: service } })),
  };
}

const FIRST = staging(
  { team: "platform", phase: "trial" },
  {},
  {},
  { ingress: [{ port: 80, cidrIpv4: "10.0.0.0/8" }] },
);
/** Another value for everything that can be changed in place, and one tag fewer. */
const CHANGED = staging(
  { team: "payments" },
  { imageTagMutability: "IMMUTABLE", scanOnPush: false },
  { cluster: { containerInsights: "enhanced" } },
  { logRetentionDays: 7, ingress: [{ port: 443, cidrIpv4: "10.0.0.0/8" }] },
);

const aws = useLocalAws();
let first: Project;
let changed: Project;
let plan: Plan;
const seen = new Map<Role, Set<string>>(ROLES.map((role) => [role, new Set()]));

/** Does something as one of the roles. */
async function as(role: Role, something: () => Promise<unknown>): Promise<void> {
  for (const action of await aws.actionsOf(something)) seen.get(role)?.add(action);
}

beforeAll(async () => {
  await aws.s3.send(new CreateBucketCommand({ Bucket: STATE.bucket }));
  first = aws.project(FIRST);
  changed = aws.project(CHANGED);
});

describe("the policies in docs/policies", () => {
  test("are those of the roles in this story, and of what a service may also need, each with a story of its own", () => {
    expect(policies().filter((name) => !THEME.test(name))).toEqual(ROLES);
  });

  test.each(policies())("%s fits into a managed policy, with valid Sids and sorted actions", (policy) => {
    const sids = statements(policy).map(({ Sid }) => Sid);

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(policyText(policy).replace(/\s/g, "").length).toBeLessThanOrEqual(6144);
    expect(policyText(policy)).toContain('"Version": "2012-10-17"');
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
    expect(new Set(sids).size).toBe(sids.length);
    for (const { Effect, Action } of statements(policy)) {
      expect(Effect).toBe("Allow");
      expect(Action.filter((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action))).toEqual([]);
      expect(Action).toEqual([...new Set(Action)].sort());
    }
  });

  test("for a theme repeat nothing of deploy-services", () => {
    const known = permissions("deploy-services");
    const repeated = policies()
      .filter((name) => THEME.test(name) && name.startsWith("deploy-"))
      .map((name) => [name, permissions(name).filter((permission) => known.includes(permission))]);

    expect(repeated.filter(([, found = []]) => found.length > 0)).toEqual([]);
  });

  test("plan only reads, except for the lock of the state", () => {
    const others = statements("plan").filter(({ Sid }) => Sid !== "LockState");

    expect(others.flatMap(({ Action }) => Action).filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
  });
});

describe("everybody does their part", () => {
  test("the registry is made", () => as("deploy-registry", () => first.deploy("registry")));

  test("an image is pushed, and its tag pointed back", () =>
    as("push-images", async () => {
      await aws.ecr.send(new GetAuthorizationTokenCommand({}));
      await push(aws.ecr, "demo", manifest("good"), "1.10");
      const imageIds = [{ imageTag: "1.10" }];
      const { images } = await aws.ecr.send(new BatchGetImageCommand({ repositoryName: "demo", imageIds }));
      await push(aws.ecr, "demo", manifest("bad"), "1.10");
      await push(aws.ecr, "demo", images?.[0]?.imageManifest ?? "", "1.10");
    }));

  test("the cluster is made", () => as("deploy-cluster", () => first.deploy("cluster-staging")));

  test("the service is made", () => as("deploy-services", () => first.deploy("demo-staging")));

  test("another build is pushed under the same tag", () =>
    as("push-images", () => push(aws.ecr, "demo", manifest("better"), "1.10")));

  test.each([
    ["registry", "deploy-registry"],
    ["cluster-staging", "deploy-cluster"],
    ["demo-staging", "deploy-services"],
  ] as const)("a change of %s is planned by a reviewer, and applied with %s", async (stack, deployer) => {
    await as("plan", async () => (plan = await changed.plan(stack)));

    await as(deployer, () => changed.stack(stack).apply(plan));
  });

  test("the service is destroyed", () => as("deploy-services", () => changed.destroy("demo-staging")));

  test("the cluster is destroyed", () => as("deploy-cluster", () => changed.destroy("cluster-staging")));

  test("the registry is destroyed, but for its images", () =>
    as("deploy-registry", () => expect(changed.destroy("registry")).rejects.toThrow("RepositoryNotEmptyException")));
});

describe.each(ROLES)("the policy %s", (role) => {
  test("allows everything that was requested", () => {
    expect(refusedActions(seen.get(role) ?? [], role)).toEqual([]);
  });

  test("allows nothing else without a reason", () => {
    expect(unusedActions(seen.get(role) ?? [], role)).toEqual(Object.keys(UNSEEN[role]));
  });
});
