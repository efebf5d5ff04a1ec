import { isIPv4, isIPv6 } from "node:net";

import { IPv4, IPv6 } from "ipaddr.js";
import { z } from "zod";

import { quote } from "../errors";
import { ec2Id } from "./arn";
import { flag, isToken, leaf, list, object, oneOf, wholeNumber } from "./leaves";
import { merge, type Override } from "./override";
import { problem } from "./problems";
import { tagFilter } from "./tags";

const FORMS = "give a vpc, or subnets and securityGroups";

/** Amazon ECS allows at most this many per service. */
export const MAX_SUBNETS = 16;
const MAX_SECURITY_GROUPS = 5;

/** A VPC by id, by tags, or the default VPC of the region. */
export const vpc = z.union(
  [
    oneOf("default"),
    object({
      /** Id of the VPC: `vpc-0123…`. */
      id: ec2Id("vpc"),
    }),
    object({
      /** Tags that the VPC has, at least one. No other VPC in the region may have all of them. */
      tags: tagFilter.refine((tags) => Object.keys(tags).length > 0, 'is empty; name a tag, an id or "default"'),
    }),
  ],
  {
    error: ({ input }) => `${quote(input)} is not valid; use "default", { id: … } or { tags: { … } }`,
  },
);

/**
 * Where tasks get their network interfaces: in a VPC that is looked up, in which the service gets a security group of
 * its own, or in existing subnets and security groups.
 */
export const network = object({
  /**
   * VPC that the tasks run in: `"default"` is the default VPC of the region. Cannot be combined with `subnets`.
   * @default - none; `subnets` and `securityGroups` are given
   */
  vpc: vpc.optional(),
  /**
   * Tags of the subnets of `vpc` that the tasks run in. They must match 1 to 16 subnets.
   * @default - all subnets of `vpc`
   */
  subnetTags: tagFilter.optional(),
  /** Ids of 1 to 16 existing subnets: `subnet-0123…`. @default - those of `vpc` */
  subnets: list(ec2Id("subnet"), { minimum: 1, maximum: MAX_SUBNETS, unique: true, reference: true }).optional(),
  /**
   * Ids of existing security groups: `sg-0123…`. With `vpc`, at most 4, besides the service's own; with `subnets`, 1 to
   * 5, and the service has no others.
   * @default - none
   */
  securityGroups: list(ec2Id("sg"), {
    minimum: 1,
    maximum: MAX_SECURITY_GROUPS,
    unique: true,
    reference: true,
  }).optional(),
  /**
   * Whether tasks get a public IP address. If false, pulling an image needs a NAT gateway or VPC endpoints.
   * @default false
   */
  assignPublicIp: flag.default(false),
}).superRefine(({ vpc, subnetTags, subnets, securityGroups = [] }, context) => {
  if (vpc !== undefined && subnets !== undefined) {
    problem(context, [], `vpc and subnets exclude each other; ${FORMS}`);
  } else if (vpc === undefined && (subnets === undefined || securityGroups.length === 0)) {
    const missing = subnets === undefined ? "neither vpc nor subnets" : "securityGroups is missing";
    problem(context, [], `${missing}; ${FORMS}`);
  } else if (vpc === undefined && subnetTags !== undefined) {
    problem(context, [], "subnetTags needs a vpc; remove it, or give a vpc instead of subnets");
  } else if (vpc !== undefined && securityGroups.length === MAX_SECURITY_GROUPS) {
    problem(context, ["securityGroups"], "5 and the service's own are 6, but Amazon ECS allows at most 5; remove one");
  }
});
export type ParsedVpc = z.output<typeof vpc>;
export interface NetworkProps extends z.input<typeof network> {}
export type ParsedNetwork = z.output<typeof network>;

/**
 * A network with a service's changes. If these switch from `vpc` to `subnets` or back, only `assignPublicIp` of the
 * network is kept. A `vpc` is replaced as a whole, since an id and tags exclude each other.
 */
export function mergeNetwork(base: NetworkProps, changes: Override<NetworkProps> | undefined): NetworkProps {
  const isOtherForm = changes?.vpc === undefined ? changes?.subnets && base.vpc : base.subnets;
  const { vpc, ...kept } = isOtherForm ? { assignPublicIp: base.assignPublicIp, vpc: undefined } : base;
  return merge<NetworkProps>({ ...kept, ...(changes?.vpc === undefined && { vpc }) }, changes);
}

/** A family of addresses: IPv4 or IPv6. */
interface Family {
  readonly bits: 32 | 128;
  readonly example: string;
  isAddress(text: string): boolean;
  /** The address in its canonical form, which is compared and shown. */
  canonical(address: string): string;
  /** The address of the network that a block lies in. */
  networkOf(cidr: string): string;
}

const FAMILY_IPV4: Family = {
  bits: 32,
  example: "10.0.0.0/8",
  isAddress: isIPv4,
  canonical: (address) => IPv4.parse(address).toString(),
  networkOf: (cidr) => IPv4.networkAddressFromCIDR(cidr).toString(),
};

const FAMILY_IPV6: Family = {
  bits: 128,
  example: "2001:db8::/32",
  isAddress: (text) => isIPv6(text) && !text.includes("%") && !IPv6.parse(text).isIPv4MappedAddress(),
  canonical: (address) => IPv6.parse(address).toString(),
  networkOf: (cidr) => IPv6.networkAddressFromCIDR(cidr).toString(),
};

/** A CIDR block: the address of a network and the length of its prefix. */
const cidr = (family: Family) => leaf<string>((value) => cidrFault(value, family));

/** A CIDR block of either family. */
export const anyCidr = leaf<string>((value) =>
  cidrFault(value, typeof value === "string" && value.includes(":") ? FAMILY_IPV6 : FAMILY_IPV4),
);

function cidrFault(value: unknown, family: Family): string | undefined {
  const text = typeof value === "string" ? value : "";
  if (isToken(text)) return undefined;
  const [, address = "", length = ""] = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  if (!family.isAddress(address) || Number(length) > family.bits) {
    return `${quote(value)} is not a CIDR block; use one like ${family.example}`;
  }
  const network = family.networkOf(text);
  if (network === address) return undefined;
  return network === family.canonical(address)
    ? `${quote(value)} is not how Amazon EC2 writes it; use ${network}/${length}`
    : `${quote(value)} is not the address of a network; use ${network}/${length}, or /${String(family.bits)} for a single address`;
}

/** Who may send traffic. Exactly one is given. */
export const SOURCE = {
  /** IPv4 addresses, as a CIDR block: `10.0.0.0/8`. @default - none */
  cidrIpv4: cidr(FAMILY_IPV4).optional(),
  /** IPv6 addresses, as a CIDR block: `2001:db8::/32`. @default - none */
  cidrIpv6: cidr(FAMILY_IPV6).optional(),
  /** Id of a security group whose members may send traffic: `sg-0123…`. @default - none */
  securityGroup: ec2Id("sg").optional(),
  /** Id of a prefix list: `pl-0123…`, such as that of the servers of CloudFront. @default - none */
  prefixList: ec2Id("pl").optional(),
};
export type ParsedSource = z.output<z.ZodObject<typeof SOURCE>>;

/** Adds a problem unless there is exactly one source. */
export function checkSource(given: ParsedSource, context: z.core.$RefinementCtx): void {
  const names = Object.keys(SOURCE) as (keyof ParsedSource)[];
  const count = names.filter((name) => given[name] !== undefined).length;
  if (count !== 1) problem(context, [], `${String(count)} sources; give exactly one of ${listed(names)}`);
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** Who may reach the tasks on a port, or on a range of ports. Exactly one source is given. */
export const ingressRule = object({
  /** Port number: 1 to 65535. With `toPort`, the first of a range. */
  port: wholeNumber(1, 65_535),
  /** Last port of a range: 1 to 65535. @default - `port`, which is the only one */
  toPort: wholeNumber(1, 65_535).optional(),
  /** Transport protocol. @default "tcp" */
  protocol: oneOf("tcp", "udp").default("tcp"),
  ...SOURCE,
}).superRefine((rule, context) => {
  checkSource(rule, context);
  const { port, toPort = port } = rule;
  if (toPort >= port) return;
  const fault = `toPort ${String(toPort)} is less than port ${String(port)}, with which the range begins`;
  problem(context, [], `${fault}; exchange the two`);
});
export interface IngressRule extends z.input<typeof ingressRule> {}
export type ParsedIngressRule = z.output<typeof ingressRule>;

/** The ports of a rule: `80`, or `8000-8100`. */
export function portsOf({ port, toPort = port }: ParsedIngressRule): string {
  return toPort === port ? String(port) : `${String(port)}-${String(toPort)}`;
}

/** Who a rule lets in. */
export function sourceOf({ cidrIpv4, cidrIpv6, securityGroup, prefixList }: ParsedSource): string {
  return cidrIpv4 ?? cidrIpv6 ?? securityGroup ?? prefixList ?? "";
}
