import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeRepositoriesCommand, ECRClient, ListImagesCommand } from "@aws-sdk/client-ecr";
import {
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
} from "@aws-sdk/client-ecs";
import { DescribeAccessPointsCommand, DescribeFileSystemsCommand, EFSClient } from "@aws-sdk/client-efs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, ListPoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";

import { clientConfiguration } from "./aws";
import { Ec2, idsIn } from "./ec2";

/** What there is of each kind, by name or id, sorted. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

type Client = ReturnType<typeof clientConfiguration>;
type Names = readonly (string | undefined)[] | undefined;

async function ofEcs(to: Client): Promise<Record<string, Names>> {
  const ecs = new ECSClient(to);
  return {
    clusters: (await ecs.send(new ListClustersCommand({}))).clusterArns,
    services: (await ecs.send(new ListServicesCommand({}))).serviceArns,
    tasks: (await ecs.send(new ListTasksCommand({}))).taskArns,
    revisions: (await ecs.send(new ListTaskDefinitionsCommand({}))).taskDefinitionArns,
  };
}

async function ofImages(to: Client): Promise<Record<string, Names>> {
  const ecr = new ECRClient(to);
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({}));
  const images = repositories.map(async ({ repositoryName = "" }) => {
    const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }));
    return imageIds.map(({ imageDigest }) => `${repositoryName}@${String(imageDigest)}`);
  });
  return { images: (await Promise.all(images)).flat() };
}

async function ofLoadBalancing(to: Client): Promise<Record<string, Names>> {
  const elb = new ElasticLoadBalancingV2Client(to);
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const listeners = LoadBalancers.map(
    async ({ LoadBalancerArn }) => (await elb.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners ?? [],
  );
  const listenerArns = (await Promise.all(listeners)).flat().map(({ ListenerArn }) => ListenerArn);
  const rules = listenerArns.map(
    async (ListenerArn) => (await elb.send(new DescribeRulesCommand({ ListenerArn }))).Rules ?? [],
  );
  const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({}));
  return {
    loadBalancers: LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn),
    listeners: listenerArns,
    rules: (await Promise.all(rules)).flat().map(({ RuleArn }) => RuleArn),
    targetGroups: TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn),
  };
}

async function ofScaling(to: Client): Promise<Record<string, Names>> {
  const scaling = new ApplicationAutoScalingClient(to);
  const ecs = { ServiceNamespace: "ecs" } as const;
  const { ScalableTargets } = await scaling.send(new DescribeScalableTargetsCommand(ecs));
  const { ScalingPolicies } = await scaling.send(new DescribeScalingPoliciesCommand(ecs));
  const { ScheduledActions } = await scaling.send(new DescribeScheduledActionsCommand(ecs));
  return {
    scalableTargets: ScalableTargets?.map(({ ResourceId }) => ResourceId),
    scalingPolicies: ScalingPolicies?.map(({ PolicyARN }) => PolicyARN),
    scheduledActions: ScheduledActions?.map(({ ScheduledActionARN }) => ScheduledActionARN),
  };
}

async function ofWatching(to: Client): Promise<Record<string, Names>> {
  const { MetricAlarms } = await new CloudWatchClient(to).send(new DescribeAlarmsCommand({}));
  const { Rules } = await new EventBridgeClient(to).send(new ListRulesCommand({}));
  const { logGroups } = await new CloudWatchLogsClient(to).send(new DescribeLogGroupsCommand({}));
  const { Topics } = await new SNSClient(to).send(new ListTopicsCommand({}));
  return {
    alarms: MetricAlarms?.map(({ AlarmArn }) => AlarmArn),
    eventRules: Rules?.map(({ Arn }) => Arn),
    logGroups: logGroups?.map(({ logGroupName }) => logGroupName),
    topics: Topics?.map(({ TopicArn }) => TopicArn),
  };
}

async function ofRights(to: Client): Promise<Record<string, Names>> {
  const iam = new IAMClient(to);
  const { Roles } = await iam.send(new ListRolesCommand({}));
  const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
  const { SecretList } = await new SecretsManagerClient(to).send(new ListSecretsCommand({}));
  const { Parameters } = await new SSMClient(to).send(new DescribeParametersCommand({}));
  return {
    roles: Roles?.map(({ RoleName }) => RoleName),
    policies: Policies?.map(({ Arn }) => Arn),
    secrets: SecretList?.map(({ ARN }) => ARN),
    parameters: Parameters?.map(({ Name }) => Name),
  };
}

async function ofStorage(to: Client): Promise<Record<string, Names>> {
  const efs = new EFSClient(to);
  const s3 = new S3Client({ ...to, forcePathStyle: true });
  const { FileSystems } = await efs.send(new DescribeFileSystemsCommand({}));
  const { AccessPoints } = await efs.send(new DescribeAccessPointsCommand({}));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const objects = Buckets.map(async ({ Name: Bucket = "" }) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key }) => `${Bucket}/${String(Key)}`);
  });
  return {
    fileSystems: FileSystems?.map(({ FileSystemId }) => FileSystemId),
    accessPoints: AccessPoints?.map(({ AccessPointId }) => AccessPointId),
    objects: (await Promise.all(objects)).flat(),
  };
}

async function ofNetwork(endpoint: string): Promise<Record<string, Names>> {
  const ec2 = new Ec2(endpoint);
  return {
    securityGroups: idsIn(await ec2.request("DescribeSecurityGroups", {}), "groupName"),
    securityGroupRules: idsIn(await ec2.request("DescribeSecurityGroupRules", {}), "securityGroupRuleId"),
  };
}

/** All that is in the account of the local AWS and that a service, or what is around it, can have made. */
export async function everythingThere(endpoint: string): Promise<Inventory> {
  const to = clientConfiguration(endpoint);
  const kinds = await Promise.all([
    ...[ofEcs, ofImages, ofLoadBalancing, ofScaling, ofWatching, ofRights, ofStorage].map((list) => list(to)),
    ofNetwork(endpoint),
  ]);
  const all = Object.entries(Object.assign({}, ...kinds) as Record<string, Names>);
  return Object.fromEntries(all.map(([kind, names = []]) => [kind, names.map(String).sort()]));
}

/** What is there now and was not before, by kind; kinds with nothing new are left out. */
export function added(before: Inventory, now: Inventory): Inventory {
  const more = Object.entries(now).map(([kind, names]): [string, string[]] => [
    kind,
    names.filter((name) => !(before[kind] ?? []).includes(name)),
  ]);
  return Object.fromEntries(more.filter(([, names]) => names.length > 0));
}
