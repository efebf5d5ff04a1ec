import type { z } from "zod";

import { alternatives } from "../errors";
import { ec2Id, listenerArn, targetGroupArn } from "./arn";
import { list, literal, object, pattern, record, wholeNumber } from "./leaves";
import { listenerRule } from "./listener-rule";
import { NETWORK_LISTENER, applicationLoadBalancer, loadBalancerName, networkLoadBalancer } from "./load-balancer";
import { merge, withoutOtherForms, type Forms, type Override } from "./override";
import { problem } from "./problems";
import { tagFilter } from "./tags";
import { targetGroup } from "./target-group";

/** Amazon ECS allows at most this many per service. */
const MAX_TARGET_GROUPS = 5;

/** A load balancer to look up. Exactly one of `name` and `tags` is given. */
const balancerLookup = object({
  /** Its name. @default - found by `tags` */
  name: loadBalancerName.optional(),
  /** Tags that it has, at least one. No other load balancer in the region may have all of them. @default - found by `name` */
  tags: tagFilter.optional(),
}).superRefine(({ name, tags }, context) => {
  if ((name === undefined) === (tags === undefined)) problem(context, [], "give either the name or the tags");
  else if (tags && Object.keys(tags).length === 0) problem(context, [], "tags is empty; name a tag");
});

/**
 * Where requests come from: an existing listener, by its ARN or by its load balancer and port, or the load balancer that
 * another entry of `loadBalancers` makes.
 */
const listener = object({
  /** ARN of a listener of an Application Load Balancer, in the region of the service. @default - none */
  arn: listenerArn.optional(),
  /** Application Load Balancer to look up: `{ name: "shared" }` or `{ tags: { … } }`, with a `port`. @default - none */
  loadBalancer: balancerLookup.optional(),
  /**
   * Name of another entry of `loadBalancers` that makes a load balancer. The service gets a rule of its listener, or, of a
   * Network Load Balancer, one more listener.
   * @default - none
   */
  loadBalancerOf: literal(pattern(/./, "name another entry of loadBalancers")).optional(),
  ...NETWORK_LISTENER,
}).superRefine((given, context) => {
  const { arn, loadBalancer, loadBalancerOf, port, protocol, certificateArn, sslPolicy } = given;
  const forms = [arn, loadBalancer, loadBalancerOf].filter((form) => form !== undefined).length;
  if (forms !== 1) {
    problem(context, [], `${String(forms)} of arn, loadBalancer and loadBalancerOf are given; give exactly one`);
  } else if (loadBalancerOf === undefined) {
    if (loadBalancer !== undefined && port === undefined)
      problem(context, [], "port is missing; name that of the listener");
    const foreign = { protocol, certificateArn, sslPolicy, ...(arn !== undefined && { port }) };
    for (const [name] of Object.entries(foreign).filter(([, value]) => value !== undefined)) {
      problem(context, [], `${name} is not for an existing listener; remove it`);
    }
  }
});

/** What an entry may be, of which it is one. */
const FORMS = ["listener", "targetGroupArn", "applicationLoadBalancer", "networkLoadBalancer"] as const;

/**
 * Where requests to the service come from. Exactly one of `listener`, `targetGroupArn`, `applicationLoadBalancer` and
 * `networkLoadBalancer` is given.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html
 */
export const loadBalancing = object({
  /** Name of the container that gets the requests. @default - the only one that has a fitting port mapping */
  container: literal(pattern(/./, "name a container")).optional(),
  /** Port of the container, from its port mappings. @default - the only fitting one */
  containerPort: wholeNumber(1, 65_535).optional(),
  /** An existing listener, with a `rule`, or a load balancer that another entry makes. @default - none */
  listener: listener.optional(),
  /**
   * Which requests of the listener go to the service. A `listener` of an Application Load Balancer needs it, and nothing
   * else may have it.
   * @default - none
   */
  rule: listenerRule.optional(),
  /**
   * Which requests go to the new tasks alone while they are tested: `{ priority: 9, headers: { "X-Test": ["yes"] } }`, another
   * rule of the same listener. Only with a `deploymentStrategy` that moves traffic, and of an Application Load Balancer.
   * @default - nobody reaches the new tasks before the traffic moves
   */
  testRule: listenerRule.optional(),
  /**
   * Port of one more listener, by which the new tasks alone are reached while they are tested: 1 to 65535. Only with a
   * `deploymentStrategy` that moves traffic, and of a Network Load Balancer.
   * @default - nobody reaches the new tasks before the traffic moves
   */
  testPort: wholeNumber(1, 65_535).optional(),
  /**
   * ARN of an existing target group with target type `ip`, in the region of the service, which a load balancer uses already.
   * @default - none
   */
  targetGroupArn: targetGroupArn.optional(),
  /** An Application Load Balancer of the service's own. @default - none */
  applicationLoadBalancer: applicationLoadBalancer.optional(),
  /** A Network Load Balancer of the service's own. @default - none */
  networkLoadBalancer: networkLoadBalancer.optional(),
  /** How requests reach the tasks. Not with `targetGroupArn`. @default - as its properties say */
  targetGroup: targetGroup.optional(),
  /**
   * Ids of the security groups of an existing load balancer, at most 5, which the service's own lets in. Needed only if the
   * same stack makes that load balancer, so that its groups are not known yet.
   * @default - they are looked up
   */
  securityGroups: list(ec2Id("sg"), { maximum: 5, unique: true }).optional(),
}).superRefine((given, context) => {
  const forms = FORMS.filter((form) => given[form] !== undefined);
  const { listener, rule, targetGroup, securityGroups } = given;
  if (forms.length !== 1) {
    const found = forms.length === 0 ? "none" : forms.join(" and ");
    problem(context, [], `${found} given; give exactly one of ${alternatives(FORMS)}`);
    return;
  }
  const isExisting = listener?.arn !== undefined || listener?.loadBalancer !== undefined;
  if (rule === undefined && isExisting) problem(context, [], "rule is missing; say which requests go to the service");
  if (rule !== undefined && listener === undefined) problem(context, [], "rule needs a listener; remove it");
  if (targetGroup !== undefined && given.targetGroupArn !== undefined) {
    problem(context, [], "targetGroup cannot change the existing targetGroupArn; remove one of them");
  }
  if (securityGroups !== undefined && !isExisting && given.targetGroupArn === undefined) {
    problem(context, [], "securityGroups is for an existing load balancer; remove it");
  }
});
export interface LoadBalancing extends z.input<typeof loadBalancing> {}
export type ParsedLoadBalancing = z.output<typeof loadBalancing>;

/** Where requests come from, by a name of the user's choice. */
export const loadBalancers = record(
  literal(
    pattern(
      /^(?!constructor$)[a-z](-?[a-z0-9]){0,31}$/,
      'use at most 32 lower-case letters, digits and single "-", beginning with a letter, but not "constructor"',
    ),
  ),
  loadBalancing,
).superRefine((entries, context) => {
  const count = Object.keys(entries).length;
  if (count <= MAX_TARGET_GROUPS) return;
  context.addIssue(`has ${String(count)} entries; Amazon ECS allows at most ${String(MAX_TARGET_GROUPS)} per service`);
});
export type ParsedLoadBalancers = z.output<typeof loadBalancers>;

type Given = Readonly<Record<string, LoadBalancing>>;

const OWN_SUBNETS: Forms = { forms: ["subnets", "subnetTags"] };
/** What excludes each other in an entry. */
const EXCLUDING: Forms = {
  forms: FORMS,
  also: ["rule", "testRule", "testPort", "securityGroups"],
  within: {
    listener: {
      forms: ["arn", "loadBalancer", "loadBalancerOf"],
      also: Object.keys(NETWORK_LISTENER),
      within: { loadBalancer: { forms: ["name", "tags"] } },
    },
    applicationLoadBalancer: OWN_SUBNETS,
    networkLoadBalancer: OWN_SUBNETS,
  },
};

/**
 * The load balancers of a service with an environment's changes. If these switch from one form to another, what belongs
 * to the old one is dropped.
 */
export function mergeLoadBalancers(base: Given | undefined, changes: Override<Given> | undefined): Given | undefined {
  if (base === undefined || changes === undefined) return merge<Given | undefined>(base, changes);
  const kept = Object.entries(base).map(([name, entry]): [string, LoadBalancing] => {
    const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
    return [name, withoutOtherForms(entry, change, EXCLUDING)];
  });
  return merge<Given>(Object.fromEntries(kept), changes);
}

/** The load balancers without deletion protection where nothing is said about it. */
export function unprotected(given: Given): Given {
  const unlessSaid = { deletionProtection: false };
  const entries = Object.entries(given).map(([name, entry]): [string, LoadBalancing] => {
    const { applicationLoadBalancer, networkLoadBalancer } = entry;
    return [
      name,
      {
        ...entry,
        ...(applicationLoadBalancer && { applicationLoadBalancer: { ...unlessSaid, ...applicationLoadBalancer } }),
        ...(networkLoadBalancer && { networkLoadBalancer: { ...unlessSaid, ...networkLoadBalancer } }),
      },
    ];
  });
  return Object.fromEntries(entries);
}
