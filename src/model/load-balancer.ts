import type { z } from "zod";

import { certificateArn, ec2Id } from "./arn";
import { BUCKET_NAME } from "./bucket";
import { flag, isToken, list, object, oneOf, pattern, reference, wholeNumber } from "./leaves";
import { SOURCE, checkSource } from "./network";
import { problem } from "./problems";
import { tagFilter } from "./tags";

/** The name of a load balancer, unique in account and region. */
export const loadBalancerName = reference(
  pattern(
    /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
    'use 1 to 32 letters, digits or "-", not beginning with "-" or "internal-", nor ending with "-"',
  ),
);

const port = wholeNumber(1, 65_535);

/**
 * A security policy: the versions of TLS and the ciphers that clients may use.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const sslPolicy = reference(
  pattern(/^ELBSecurityPolicy-[\w-]{1,64}$/, 'use a security policy: "ELBSecurityPolicy-TLS13-1-2-2021-06"'),
);
export const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/**
 * Where the load balancer writes a line for each request, or, of a Network Load Balancer, for each TLS connection.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const accessLogs = object({
  /** Name of a bucket in the region, whose policy allows Elastic Load Balancing to write to it. */
  bucket: reference(BUCKET_NAME),
  /** Beginning of the keys, without `AWSLogs`, which follows it, and without `/` at its ends. @default - none */
  prefix: reference(
    pattern(
      /^(?!\/)(?!.*AWSLogs)[\w!.*'()/-]{1,256}(?<!\/)$/,
      'use at most 256 letters, digits or "!-_.*\'()/", without "AWSLogs" and without "/" at its ends',
    ),
  ).optional(),
});

/** Who may reach a load balancer. Exactly one source is given. */
const loadBalancerIngress = object(SOURCE).superRefine(checkSource);

/** What both kinds of load balancer have. */
const OWN = {
  /**
   * Whether it has public addresses, in subnets with a route to an internet gateway, or private ones. Another scheme
   * replaces the load balancer, and with it its DNS name.
   */
  scheme: oneOf("internet-facing", "internal"),
  /**
   * Tags of its subnets in the VPC of the service. Of an Application Load Balancer they must match at least 2 subnets, each
   * in another availability zone.
   * @default - `subnets`
   */
  subnetTags: tagFilter.optional(),
  /**
   * Ids of its subnets, each in another availability zone; at least 2 of an Application Load Balancer.
   * @default - those of the service
   */
  subnets: list(ec2Id("subnet"), { minimum: 1, unique: true, reference: true }).optional(),
  /**
   * Who may reach its listeners: `[{ cidrIpv4: "10.0.0.0/8" }]`. An internal one has no default.
   * @default - everybody, if it is internet-facing
   */
  ingress: list(loadBalancerIngress, { minimum: 1 }).optional(),
  /**
   * Whether it cannot be deleted until this is set to false and deployed. In the environment named `local`, and in those
   * with `fromVariable`, it is false unless the service says otherwise.
   * @default true
   */
  deletionProtection: flag.default(true),
  /** Where it writes its access logs. @default - nowhere */
  accessLogs: accessLogs.optional(),
  /**
   * Its name, 1 to 32 letters, digits or `-`. With a name of its own it cannot be replaced in one deploy, because the new
   * one needs another.
   * @default - a unique name that begins with that of the service
   */
  name: loadBalancerName.optional(),
};

/**
 * An Application Load Balancer that belongs to the service, whose listener forwards everything to the service.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export const applicationLoadBalancer = object({
  ...OWN,
  /** ARN of the certificate of an HTTPS listener, in the region of the service. @default - the listener is for HTTP */
  certificateArn: certificateArn.optional(),
  /** ARNs of more certificates, for other host names, in the same region. @default - none */
  additionalCertificateArns: list(certificateArn, { minimum: 1, maximum: 25, unique: true }).optional(),
  /** Port of the listener: 1 to 65535. @default - 443 with a certificate, otherwise 80 */
  port: port.optional(),
  /** Whether port 80 redirects to the HTTPS listener. Only with a certificate. @default - true with a certificate */
  redirectHttp: flag.optional(),
  /** Security policy of the HTTPS listener. @default - `"ELBSecurityPolicy-TLS13-1-2-2021-06"`: TLS 1.2 and 1.3 */
  sslPolicy: sslPolicy.optional(),
  /** Seconds after which an idle connection is closed: 1 to 4000. @default 60 */
  idleTimeout: wholeNumber(1, 4000).default(60),
}).superRefine((balancer, context) => {
  checkOwn(balancer, context);
  const { certificateArn, subnets, redirectHttp, additionalCertificateArns, sslPolicy, port = 443 } = balancer;
  if (subnets?.length === 1 && !isToken(subnets[0])) {
    problem(context, [], "subnets has 1 entry; an Application Load Balancer needs at least 2, each in another zone");
  }
  if (certificateArn === undefined) {
    const needing = { redirectHttp: redirectHttp === true || undefined, additionalCertificateArns, sslPolicy };
    for (const [name] of Object.entries(needing).filter(([, value]) => value !== undefined)) {
      problem(context, [], `${name} needs an HTTPS listener; give a certificateArn, or remove it`);
    }
  } else if (port === 80 && redirectHttp !== false) {
    problem(context, [], "port 80 is where HTTP is redirected from; choose another, or set redirectHttp: false");
  }
});
export interface ApplicationLoadBalancerProps extends z.input<typeof applicationLoadBalancer> {}
export type ParsedApplicationLoadBalancer = z.output<typeof applicationLoadBalancer>;

/** A listener of a Network Load Balancer. */
export const NETWORK_LISTENER = {
  /**
   * What the listener speaks. `"TCP_UDP"` needs a container with both on its port; `"TLS"` needs a `certificateArn`.
   * @default - `"TCP"` or `"UDP"`, as the port mapping of the container says
   */
  protocol: oneOf("TCP", "UDP", "TCP_UDP", "TLS").optional(),
  /** Port of the listener: 1 to 65535. @default - the port of the container */
  port: port.optional(),
  /** ARN of the certificate of a listener with `"TLS"`, in the region of the service. @default - none */
  certificateArn: certificateArn.optional(),
  /** Security policy of a listener with `"TLS"`. @default - `"ELBSecurityPolicy-TLS13-1-2-2021-06"`: TLS 1.2 and 1.3 */
  sslPolicy: sslPolicy.optional(),
};

/** What is wrong if a listener has a certificate without TLS, or the other way round. */
export function networkListenerFault(given: NetworkListener): string | undefined {
  const { protocol, certificateArn, sslPolicy } = given;
  if (protocol === "TLS") {
    return certificateArn === undefined ? 'certificateArn is missing; protocol "TLS" needs one' : undefined;
  }
  const property = certificateArn !== undefined ? "certificateArn" : sslPolicy !== undefined ? "sslPolicy" : undefined;
  return property && `${property} needs protocol "TLS"; set that, or remove it`;
}
type NetworkListener = z.output<z.ZodObject<typeof NETWORK_LISTENER>>;

/**
 * A Network Load Balancer that belongs to the service, with one listener, and a security group.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html
 */
export const networkLoadBalancer = object({
  ...OWN,
  ...NETWORK_LISTENER,
  /** Whether each address also sends to tasks in other availability zones. @default false */
  crossZone: flag.default(false),
}).superRefine((balancer, context) => {
  checkOwn(balancer, context);
  const fault = networkListenerFault(balancer);
  if (fault !== undefined) problem(context, [], fault);
});
export interface NetworkLoadBalancerProps extends z.input<typeof networkLoadBalancer> {}
export type ParsedNetworkLoadBalancer = z.output<typeof networkLoadBalancer>;

function checkOwn(own: z.output<z.ZodObject<typeof OWN>>, context: z.core.$RefinementCtx): void {
  const { scheme, subnets, subnetTags, ingress } = own;
  if (subnets !== undefined && subnetTags !== undefined) {
    problem(context, [], "subnets and subnetTags exclude each other; remove one");
  }
  if (scheme === "internal" && ingress === undefined) {
    problem(context, [], 'ingress is missing; say who may reach it: ingress: [{ cidrIpv4: "10.0.0.0/8" }]');
  }
}
