import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type Rule,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { clientConfiguration } from "./aws";
import { Ec2, idIn, idsIn } from "./ec2";

/** A load balancer that somebody else made. */
export interface MadeLoadBalancer {
  readonly arn: string;
  readonly securityGroup: string;
  readonly listenerArn: string;
}

/** Elastic Load Balancing of the emulator: what stories need around a service. */
export class LoadBalancers {
  readonly client: ElasticLoadBalancingV2Client;
  private readonly ec2: Ec2;

  constructor(endpoint: string) {
    this.client = new ElasticLoadBalancingV2Client(clientConfiguration(endpoint));
    this.ec2 = new Ec2(endpoint);
  }

  /** Id of the default VPC. */
  async defaultVpc(): Promise<string> {
    const answer = await this.ec2.request("DescribeVpcs", {
      "Filter.1.Name": "is-default",
      "Filter.1.Value.1": "true",
    });
    return idIn(answer, "vpcId");
  }

  /** An Application Load Balancer in the default VPC, with a security group, and a listener on port 80 that finds nothing. */
  async create(name: string): Promise<MadeLoadBalancer> {
    const vpc = await this.defaultVpc();
    const subnets = idsIn(
      await this.ec2.request("DescribeSubnets", { "Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpc }),
      "subnetId",
    );
    const group = await this.ec2.request("CreateSecurityGroup", {
      GroupName: name,
      GroupDescription: name,
      VpcId: vpc,
    });
    const securityGroup = idIn(group, "groupId");
    const made = await this.client.send(
      new CreateLoadBalancerCommand({
        Name: name,
        Subnets: subnets.slice(0, 2),
        SecurityGroups: [securityGroup],
        Tags: [{ Key: "Name", Value: name }],
      }),
    );
    const arn = made.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
    const { Listeners = [] } = await this.client.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn,
        Port: 80,
        Protocol: "HTTP",
        DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
      }),
    );
    return { arn, securityGroup, listenerArn: Listeners[0]?.ListenerArn ?? "" };
  }

  /** A target group with type `ip`, to which one more listener of the load balancer forwards. */
  async createTargetGroup(name: string, loadBalancerArn: string, port: number): Promise<string> {
    const { TargetGroups = [] } = await this.client.send(
      new CreateTargetGroupCommand({
        Name: name,
        Protocol: "HTTP",
        Port: 80,
        TargetType: "ip",
        VpcId: await this.defaultVpc(),
        HealthCheckPort: "9000",
      }),
    );
    const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? "";
    const forward = { Type: "forward", TargetGroupArn } as const;
    await this.client.send(
      new CreateListenerCommand({
        LoadBalancerArn: loadBalancerArn,
        Port: port,
        Protocol: "HTTP",
        DefaultActions: [forward],
      }),
    );
    return TargetGroupArn;
  }

  /** The rules of a listener, without its default one. */
  async rules(listenerArn: string): Promise<Rule[]> {
    const { Rules = [] } = await this.client.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
    return Rules.filter(({ IsDefault }) => IsDefault !== true);
  }

  async targetGroups(): Promise<TargetGroup[]> {
    return (await this.client.send(new DescribeTargetGroupsCommand({}))).TargetGroups ?? [];
  }

  /** Names of all load balancers, and the ports of their listeners. */
  async listeners(): Promise<Record<string, string[]>> {
    const { LoadBalancers = [] } = await this.client.send(new DescribeLoadBalancersCommand({}));
    const entries = LoadBalancers.map(
      async ({ LoadBalancerName = "", LoadBalancerArn }): Promise<[string, string[]]> => {
        const { Listeners = [] } = await this.client.send(new DescribeListenersCommand({ LoadBalancerArn }));
        return [LoadBalancerName, Listeners.map(({ Protocol, Port }) => `${String(Protocol)} ${String(Port)}`).sort()];
      },
    );
    return Object.fromEntries(await Promise.all(entries));
  }
}
