import { quote, visible } from "../errors";
import { REGISTRY_STACK, clusterStack, serviceStack } from "../model/names";
import { pick } from "../model/leaves";
import { PLACE, type Place, type StackProps } from "../model/place";
import { reject } from "../model/problems";
import { REPOSITORY } from "../model/registry";
import type { ProcessEnvironment } from "../model/build-variables";
import { unknownBuilds } from "./builds";
import { inEachEnvironment, type Resolved } from "./each-environment";
import { runExtend } from "./extend";
import { variableProblems, withVariables } from "./from-variables";
import { plainData } from "./plain-data";
import { jobInEnvironment } from "./job-in-environment";
import { inStacks, stackOf, type PlacedService } from "./groups";
import { nameProblems, shapeProblems, stackNameProblems } from "./problems";
import { registryWarnings, repositoriesOf, unusedRepositories, type WithContainers } from "./repositories";
import { serviceInEnvironment } from "./service-in-environment";
import { sharedListenerProblems } from "./shared-listeners";
import { placeOfJob, placeOfService, sharedNameProblems } from "./shared-names";
import { sharedNamespaceProblems } from "./shared-namespaces";
import type {
  Config,
  EnvironmentConfig,
  JobConfig,
  ResolvedConfig,
  ResolvedJob,
  ResolvedService,
  ServiceConfig,
} from "./types";
import { workspaceProblems } from "./workspace";

const MANAGED_BY = { "managed-by": "ecs-pin" };

/**
 * What to deploy, stack by stack: the config with the overrides of each environment and the builds that CI names.
 *
 * @param variables where `<SERVICE>_IMAGE_TAG`, `<SERVICE>_IMAGE_DIGEST` and `<SERVICE>_IMAGE` are looked for, what
 *   `fromVariable` of an environment names, and `TF_WORKSPACE`, which must not name another workspace than `default`
 * @throws InvalidInputError with a line for each problem: service or environment, path, value and the way out
 */
export function resolveConfig(given: Config, variables: ProcessEnvironment): ResolvedConfig {
  check(workspaceProblems(variables));
  const config = checkedConfig(given, variables);
  const services = config.services.map((service) => resolveService(service, config, variables));
  const placed = services.flatMap(({ resolved }) => resolved);
  const deployed = placed.map(({ resolved }) => resolved);
  const jobs = (config.jobs ?? []).map((job) => resolveJob(job, config, deployed, variables));
  const running = [
    ...deployed.map(({ service }) => service),
    ...jobs.flatMap(({ resolved }) => resolved.map(({ job }) => job)),
  ];
  const resolved = {
    registry: resolveRegistry(config, running),
    clusters: config.environments.filter(({ cluster }) => cluster?.existing === undefined).map(resolveCluster),
    ...inStacks(placed),
    jobs: jobs.flatMap((job) => job.resolved),
  };
  check([...services, ...jobs].flatMap(({ problems }) => problems));
  check(sharedListenerProblems(placed));
  check(unusedRepositories(config, running));
  const { registry, clusters, groups } = resolved;
  check(stackNameProblems([registry, ...clusters, ...resolved.services, ...groups, ...resolved.jobs]));
  check(sharedNameProblems([...placed.map(placeOfService), ...resolved.jobs.map(placeOfJob)]));
  check(sharedNamespaceProblems(placed));
  const warnings = [
    ...unknownBuilds(config, variables),
    ...[...services, ...jobs].flatMap(({ warnings }) => warnings),
    ...registryWarnings(config, running),
  ];
  return { ...resolved, warnings: [...new Set(warnings)].map(visible) };
}

/** The config as it is written, and then as the variables complete it. */
function checkedConfig(given: Config, variables: ProcessEnvironment): Config {
  const written = plainData(given);
  check(shapeProblems(written));
  check(nameProblems(written));
  check(variableProblems(written, variables));
  const config = withVariables(written, variables);
  check(nameProblems(config));
  return config;
}

function check(problems: readonly string[]): void {
  if (problems.length > 0) reject(problems);
}

function stackProps(stackName: string, place: Place, tags: Readonly<Record<string, string>>): StackProps {
  return { ...pick(PLACE, place), stackName, tags: { ...tags, ...MANAGED_BY } };
}

function resolveRegistry(config: Config, deployed: readonly WithContainers[]): ResolvedConfig["registry"] {
  const { registry } = config;
  return {
    ...stackProps(REGISTRY_STACK, registry, { ...registry.tags }),
    repositories: repositoriesOf(config, deployed),
    settings: pick(REPOSITORY, registry),
  };
}

function resolveCluster(environment: EnvironmentConfig): ResolvedConfig["clusters"][number] {
  const { name, tags, cluster } = environment;
  const { existing, ...settings } = cluster ?? {};
  return {
    ...stackProps(clusterStack(name), environment, { ...tags, environment: name }),
    cluster: { name, ...settings },
  };
}

function resolveService(
  service: ServiceConfig,
  config: Config,
  variables: ProcessEnvironment,
): Resolved<PlacedService> {
  const { name, only, extend } = service;
  const owner = `service ${quote(name)}`;
  return inEachEnvironment(owner, only, config, (surroundings) => {
    const { environment } = surroundings;
    const props = serviceInEnvironment(service, { ...surroundings, variables });
    const tags = { ...environment.tags, service: name, environment: environment.name };
    const resolved = {
      ...stackProps(props.name, environment, tags),
      service: props,
      ...(extend && { extend: (pinned) => runExtend(extend, pinned, owner, environment.name) }),
    } satisfies ResolvedService;
    return { name, environment: environment.name, stack: stackOf(service, environment), resolved };
  });
}

function resolveJob(
  job: JobConfig,
  config: Config,
  deployed: readonly ResolvedService[],
  variables: ProcessEnvironment,
): Resolved<ResolvedJob> {
  const { name, only, extend } = job;
  const service = config.services.find((each) => each.name === job.service);
  const owner = `job ${quote(name)}`;
  return inEachEnvironment(owner, only, config, (surroundings) => {
    const { environment } = surroundings;
    const stack = service && serviceStack(service.name, environment.name);
    const belongsTo = service && { service, deployed: deployed.find(({ stackName }) => stackName === stack)?.service };
    const props = jobInEnvironment(job, belongsTo, { ...surroundings, variables });
    return {
      ...stackProps(props.name, environment, { ...environment.tags, service: name, environment: environment.name }),
      job: props,
      ...(extend && {
        extend: (pinned) => runExtend(extend, pinned, owner, environment.name),
      }),
    };
  });
}
