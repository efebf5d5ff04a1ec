import { quote } from "../errors";
import type { ContainerProps } from "../model/container";
import { inEcr, isSameRepository, namesBuild } from "../model/image";
import { fargateJob, type PinnedFargateJobProps } from "../model/job";
import { problemsOf } from "../model/problems";
import type { PinnedFargateServiceProps } from "../model/service";
import { withNamedBuild, type BuildOwner } from "./builds";
import { inEnvironment } from "./in-environment";
import { withRegistry } from "./repositories";
import { completed, placeFaults } from "./task-in-environment";
import type { JobConfig, ServiceConfig, Surroundings } from "./types";

/** The service that a job belongs to: as it is written, and in the environment, if it is deployed there. */
export interface JobOwner {
  readonly service: ServiceConfig;
  readonly deployed: PinnedFargateServiceProps | undefined;
}

/** A job in an environment: with the environment's overrides, the build of its service, and the registry's account. */
export function jobInEnvironment(
  job: JobConfig,
  owner: JobOwner | undefined,
  surroundings: Surroundings,
): PinnedFargateJobProps {
  const { environment } = surroundings;
  const { name, network, containers, environments = {}, only, extend, service, ...settings } = job;
  const reject = (line: string): void => surroundings.reject(`: ${line}`);
  const warn = (line: string): void => surroundings.warn(`: ${line}`);
  const placed = inEnvironment({ name, network, containers }, settings, environments, environment);
  const located = completed(placed, surroundings);
  const named = withNamedBuild(buildOwner(job, located, owner, surroundings), located, {
    ...surroundings,
    reject,
    warn,
  });
  const props = withKeptBuild(named, owner, reject);
  problemsOf(fargateJob, props, "").forEach(surroundings.reject);
  placeFaults(props, environment).forEach(reject);
  return props;
}

/** The variables are those of the service, even in an environment that it is not deployed to. */
function buildOwner(
  job: JobConfig,
  { containers }: Pick<PinnedFargateJobProps, "containers">,
  owner: JobOwner | undefined,
  { environment, registry }: Surroundings,
): BuildOwner {
  const { name, containers: written } = owner?.service ?? job;
  const deployed = owner && withRegistry(owner.deployed ?? owner.service, registry, environment);
  const [container] = deployed?.containers.map(withoutBuild) ?? containers;
  return { name, container, isPinned: typeof written[0]?.image === "string" };
}

/** What a job's image of that repository looks like, since it names no build of its own. */
function withoutBuild(container: ContainerProps): ContainerProps {
  if (typeof container.image === "string") return container;
  const { tag, digest, ...image } = container.image;
  return { ...container, image };
}

/** The job with the container whose build it keeps, where an image names none. */
function withKeptBuild(
  props: PinnedFargateJobProps,
  owner: JobOwner | undefined,
  reject: (line: string) => void,
): PinnedFargateJobProps {
  const unnamed = inEcr(props.containers).find(({ image }) => !namesBuild(image))?.image;
  if (!unnamed || !owner) return props;
  const { deployed, service } = owner;
  const container = deployed?.containers.find(({ image }) => isSameRepository(image, unnamed));
  if (deployed && container)
    return { ...props, keepsBuildOf: { service: deployed.names?.service ?? deployed.name, container: container.name } };
  const why = deployed ? `takes no image from repository ${quote(unnamed.repository)}` : "is not deployed there";
  reject(`service ${quote(service.name)}, whose build it would keep, ${why}; give the image a tag or a digest`);
  return props;
}
