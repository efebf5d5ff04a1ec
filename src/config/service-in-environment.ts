import { mergeStrategy } from "../model/deployment-strategy";
import { providerFault } from "../model/place";
import { mergeLoadBalancers, unprotected } from "../model/load-balancing";
import { problemsOf } from "../model/problems";
import { fargateService, type ParsedService, type PinnedFargateServiceProps } from "../model/service";
import { withNamedBuild } from "./builds";
import { needingContainerInsights } from "./container-insights";
import { inEnvironment, own } from "./in-environment";
import { completed, placeFaults } from "./task-in-environment";
import type { EnvironmentConfig, ServiceConfig, Surroundings } from "./types";

/** Here, as in environments that come and go with a variable, load balancers may be deleted unless they say otherwise. */
const TRIED_OUT_IN = "local";

/** A service in an environment: with the environment's overrides, the build that CI names, and the registry's account. */
export function serviceInEnvironment(service: ServiceConfig, surroundings: Surroundings): PinnedFargateServiceProps {
  const { environment } = surroundings;
  const { name, network, containers, environments = {}, only, extend, ...settings } = service;
  const reject = (line: string): void => surroundings.reject(`: ${line}`);
  const warn = (line: string): void => surroundings.warn(`: ${line}`);
  const { stack, ...placed } = inEnvironment({ name, network, containers }, settings, environments, environment);
  const merged = { ...placed, ...loadBalancersIn(service, environment), ...strategyIn(service, environment) };
  const located = completed(merged, surroundings);
  const owner = {
    name: service.name,
    container: located.containers[0],
    isPinned: typeof service.containers[0]?.image === "string",
  };
  const props = withNamedBuild(owner, located, { ...surroundings, reject, warn });
  problemsOf(fargateService, props, "").forEach(surroundings.reject);
  const parsed = fargateService.safeParse(props);
  const faults = [
    ...(parsed.success ? insightsFaults(parsed.data, environment) : []),
    ...placeFaults(props, environment),
    props.deploymentStrategy && providerFault("deploymentStrategy", environment),
  ];
  faults.filter((fault) => fault !== undefined).forEach(reject);
  return props;
}

function loadBalancersIn(
  { loadBalancers, environments = {} }: ServiceConfig,
  { name, fromVariable }: EnvironmentConfig,
): Pick<PinnedFargateServiceProps, "loadBalancers"> {
  const merged = mergeLoadBalancers(loadBalancers, own(environments, name)?.loadBalancers);
  if (merged === undefined) return {};
  const isShortLived = name === TRIED_OUT_IN || fromVariable !== undefined;
  return { loadBalancers: isShortLived ? unprotected(merged) : merged };
}

function strategyIn(
  { deploymentStrategy, environments = {} }: ServiceConfig,
  { name }: EnvironmentConfig,
): Pick<PinnedFargateServiceProps, "deploymentStrategy"> {
  const merged = mergeStrategy(deploymentStrategy, own(environments, name)?.deploymentStrategy);
  return merged === undefined ? {} : { deploymentStrategy: merged };
}

/** What the alarms and the scaling need that the cluster of the environment lacks. */
function insightsFaults(service: ParsedService, { cluster }: EnvironmentConfig): string[] {
  const blind = cluster?.containerInsights === "disabled" ? needingContainerInsights(service) : [];
  return blind.map(
    (path) => `${path} needs Container Insights, which the cluster of the environment disables; enable it`,
  );
}
