import type { ContainerProps } from "../../src/model/container";
import type { LoadBalancing } from "../../src/model/load-balancing";
import { fargateService, type PinnedFargateServiceProps } from "../../src/model/service";
import { lines } from "./problems";
import { containerProps, serviceProps } from "./task-stack";

export type Balancers = NonNullable<PinnedFargateServiceProps["loadBalancers"]>;
type Port = NonNullable<ContainerProps["portMappings"]>[number];

export const ELB = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
export const LISTENER_ARN = `${ELB}:listener/app/shared/0123456789abcdef/fedcba9876543210`;
export const GROUP_ARN = `${ELB}:targetgroup/shop/0123456789abcdef`;
export const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0123-4567";
export const RULE = { priority: 10, hosts: ["shop.example.com"] };

/** An entry of each form. */
export const BY_NAME: LoadBalancing = { listener: { loadBalancer: { name: "shared" }, port: 443 }, rule: RULE };
export const ALB: LoadBalancing = { applicationLoadBalancer: { scheme: "internet-facing" } };
export const NLB: LoadBalancing = { networkLoadBalancer: { scheme: "internet-facing" } };

/** A container with these ports. */
export const web = (...portMappings: Port[]): ContainerProps => containerProps({ portMappings });
export const WEB = web({ containerPort: 8080 });

/** A service in public subnets, with one port, behind load balancers. */
export function balancedProps(
  loadBalancers: Balancers,
  changes: Partial<PinnedFargateServiceProps> = {},
): PinnedFargateServiceProps {
  const network = { vpc: "default", assignPublicIp: true } as const;
  return serviceProps({ network, containers: [WEB], loadBalancers, ...changes });
}

/** The problems of load balancers, a line each. */
export function problemsOf(loadBalancers: object, changes: Partial<PinnedFargateServiceProps> = {}): string[] {
  const found = lines(fargateService, balancedProps(loadBalancers as Balancers, changes));
  return found.map((line) => line.replace("it: loadBalancers: ", ""));
}

/** The problems of one entry. */
export function problemsOfOne(entry: object, changes: Partial<PinnedFargateServiceProps> = {}): string[] {
  return problemsOf({ public: entry }, changes).map((line) => line.replace("public: ", ""));
}
