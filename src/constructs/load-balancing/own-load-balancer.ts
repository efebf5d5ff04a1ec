import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { NetworkProtocol } from "../../model/full-target-group";
import { isToken } from "../../model/leaves";
import {
  SSL_POLICY,
  type ParsedApplicationLoadBalancer,
  type ParsedNetworkLoadBalancer,
} from "../../model/load-balancer";
import { elbNamePrefix, loadBalancerName, shortened } from "../../model/names";
import type { ParsedSource } from "../../model/network";
import { SecurityGroup } from "../network/security-group";
import type { ServiceNetwork } from "../network/service-network";
import { lookUpSubnets } from "../network/subnets";
import type { TargetGroup } from "./target-group";
import { replacedWith } from "./traffic-shift";

/** A load balancer is attached to at most one subnet of an availability zone, and no region has that many. */
const MAX_SUBNETS = 16;

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const MAX_DESCRIPTION = 255;

/** A load balancer that belongs to a service. */
interface OwnLoadBalancerProps<T> {
  /** Name of the service. */
  readonly service: string;
  /** Name of the entry in its load balancers. */
  readonly entry: string;
  readonly network: ServiceNetwork;
  readonly given: T;
}

/** What both kinds have. */
abstract class OwnLoadBalancer extends Construct {
  readonly resource: Lb;
  readonly securityGroup: SecurityGroup;
  /** What must exist before a task starts. */
  readonly needed: ITerraformDependable[] = [];

  private readonly sources: readonly ParsedSource[];

  protected constructor(
    scope: Construct,
    id: string,
    props: OwnLoadBalancerProps<ParsedApplicationLoadBalancer | ParsedNetworkLoadBalancer>,
    settings: Partial<ConstructorParameters<typeof Lb>[2]>,
  ) {
    super(scope, id);
    const { service, entry, network, given } = props;
    const { scheme, ingress = [{ cidrIpv4: "0.0.0.0/0" }], accessLogs, name } = given;
    this.sources = ingress;
    this.securityGroup = new SecurityGroup(this, "security-group", {
      name: loadBalancerName(service, entry),
      description: shortened(`Load balancer ${entry} of ${service}`, "", MAX_DESCRIPTION),
      vpcId: network.vpcId,
      ingress: [],
    });
    this.resource = new Lb(this, "Default", {
      ...(name === undefined ? { namePrefix: elbNamePrefix(service) } : { name }),
      internal: scheme === "internal",
      subnets: this.subnetsOf(props),
      securityGroups: [this.securityGroup.id],
      enableDeletionProtection: given.deletionProtection,
      ...(accessLogs && { accessLogs: { ...accessLogs, enabled: true } }),
      ...settings,
      ...(name === undefined && { lifecycle: { createBeforeDestroy: true } }),
    });
  }

  /** Lets everybody who may reach the load balancer reach a port of it. */
  protected open(port: number, protocol: "tcp" | "udp"): void {
    this.sources.forEach((source, index) =>
      this.securityGroup.allow({ ...source, port, protocol }, `ingress-${String(port)}-${protocol}-${String(index)}`),
    );
  }

  private subnetsOf({
    network,
    given,
    entry,
  }: OwnLoadBalancerProps<ParsedApplicationLoadBalancer | ParsedNetworkLoadBalancer>) {
    const { subnets, subnetTags: tags } = given;
    if (subnets !== undefined) return [...subnets];
    if (tags === undefined) return network.subnets;
    return lookUpSubnets(this, "subnets", {
      vpcId: network.vpcId,
      tags,
      minimum: "idleTimeout" in given ? 2 : 1,
      maximum: MAX_SUBNETS,
      correct: `subnetTags of the load balancer ${entry}`,
    });
  }
}

/**
 * An Application Load Balancer whose listener forwards to a service.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb
 */
export class ApplicationLoadBalancer extends OwnLoadBalancer {
  /** The one for HTTPS if there is a certificate. */
  readonly listener: LbListener;

  constructor(
    scope: Construct,
    id: string,
    props: OwnLoadBalancerProps<ParsedApplicationLoadBalancer> & { readonly targetGroupArn: string },
  ) {
    const { certificateArn, idleTimeout, ...given } = props.given;
    super(scope, id, props, { loadBalancerType: "application", idleTimeout });
    const isHttps = certificateArn !== undefined;
    const { port = isHttps ? 443 : 80, redirectHttp = isHttps, additionalCertificateArns = [] } = given;
    this.listener = new LbListener(this, "listener", {
      loadBalancerArn: this.resource.arn,
      port,
      ...(isHttps
        ? { protocol: "HTTPS", certificateArn, sslPolicy: given.sslPolicy ?? SSL_POLICY }
        : { protocol: "HTTP" }),
      defaultAction: [{ type: "forward", targetGroupArn: props.targetGroupArn }],
    });
    this.open(port, "tcp");
    this.needed.push(this.listener, ...additionalCertificateArns.map((arn, index) => this.addCertificate(arn, index)));
    if (redirectHttp) this.redirectTo(port);
  }

  private addCertificate(certificateArn: string, index: number): LbListenerCertificate {
    const id = isToken(certificateArn) ? String(index) : certificateArn.slice(certificateArn.lastIndexOf("/") + 1);
    return new LbListenerCertificate(this, `certificate-${id}`, { listenerArn: this.listener.arn, certificateArn });
  }

  /** Before there was a certificate, the listener itself had port 80: it must leave it first. */
  private redirectTo(port: number): void {
    new LbListener(this, "redirect", {
      loadBalancerArn: this.resource.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [
        { type: "redirect", redirect: { port: String(port), protocol: "HTTPS", statusCode: "HTTP_301" } },
      ],
      dependsOn: [this.listener],
    });
    this.open(80, "tcp");
  }
}

/** A listener of a Network Load Balancer. */
export interface NetworkListenerProps {
  readonly protocol: NetworkProtocol;
  readonly port: number;
  readonly certificateArn?: string | undefined;
  readonly sslPolicy?: string | undefined;
  readonly targetGroup: TargetGroup;
  /** Whether ECS changes where it forwards to. @default false */
  readonly isShifted?: boolean;
}

/**
 * A Network Load Balancer of a service.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb
 */
export class NetworkLoadBalancer extends OwnLoadBalancer {
  constructor(scope: Construct, id: string, props: OwnLoadBalancerProps<ParsedNetworkLoadBalancer>) {
    super(scope, id, props, {
      loadBalancerType: "network",
      enableCrossZoneLoadBalancing: props.given.crossZone,
    });
  }

  /** Adds a listener for a target group, and lets in who may reach the load balancer. */
  addListener(
    scope: Construct,
    id: string,
    { targetGroup, isShifted = false, sslPolicy, ...listener }: NetworkListenerProps,
  ): LbListener {
    const { protocol, port } = listener;
    if (protocol !== "UDP") this.open(port, "tcp");
    if (protocol.endsWith("UDP")) this.open(port, "udp");
    const made = new LbListener(scope, id, {
      loadBalancerArn: this.resource.arn,
      ...listener,
      ...(protocol === "TLS" && { sslPolicy: sslPolicy ?? SSL_POLICY }),
      defaultAction: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      ...(isShifted && { lifecycle: { ignoreChanges: ["default_action"] } }),
    });
    if (isShifted) replacedWith(made, targetGroup);
    return made;
  }
}
