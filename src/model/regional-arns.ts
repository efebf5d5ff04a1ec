import { regionFault } from "./arn";
import { isToken } from "./leaves";
import { addressOf } from "./problems";

/**
 * Where ARNs stand that must be of the region of a service or a job. `*` is any name or entry. ECS also reads secrets and
 * parameters of other regions, so they are not here.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html
 * @see https://docs.aws.amazon.com/privateca/latest/userguide/PcaRegions.html
 * @see https://docs.aws.amazon.com/cloud-map/latest/dg/working-with-namespaces.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html
 */
const REGIONAL = [
  "logKmsKeyArn",
  "executeCommand.kmsKeyArn",
  "volumes.*.ebs.kmsKeyArn",
  "schedule.deadLetterQueueArn",
  "alarms.topics.*",
  "deploymentStrategy.lifecycleHooks.*.functionArn",
  "loadBalancers.*.listener.arn",
  "loadBalancers.*.listener.certificateArn",
  "loadBalancers.*.targetGroupArn",
  "loadBalancers.*.applicationLoadBalancer.certificateArn",
  "loadBalancers.*.applicationLoadBalancer.additionalCertificateArns.*",
  "loadBalancers.*.networkLoadBalancer.certificateArn",
  "serviceConnect.namespace",
  "serviceConnect.services.*.tls.awsPcaAuthorityArn",
  "serviceConnect.services.*.tls.kmsKey",
  "serviceDiscovery.registryArn",
];

/** Where secrets stand. One by name is of the region, and so is its key; of one by its ARN, the schema checks the key. */
const SECRETS = ["secrets.*", "repositoryCredentials", "logging.secretOptions.*"].map((path) => `containers.*.${path}`);

/** What is wrong with the regions of the ARNs in the properties of a service or a job. A reference cannot be checked. */
export function regionFaults(task: object, region: string): string[] {
  const arns = [...REGIONAL.flatMap((path) => found(task, path.split("."))), ...keysOfNamedSecrets(task)];
  return arns.flatMap(([path, arn]) => {
    const fault = typeof arn === "string" ? regionFault(addressOf(path, task).join(": "), arn, region) : undefined;
    return fault === undefined ? [] : [fault];
  });
}

type Found = readonly [path: readonly PropertyKey[], value: unknown];

/** What stands at a path. */
function found(value: unknown, [step, ...steps]: readonly string[], path: readonly PropertyKey[] = []): Found[] {
  if (step === undefined) return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return [...(Array.isArray(value) ? value.entries() : Object.entries(value))]
    .filter(([key]) => step === "*" || step === key)
    .flatMap(([key, inner]) => found(inner, steps, [...path, key]));
}

function keysOfNamedSecrets(task: object): Found[] {
  return SECRETS.flatMap((path) => found(task, path.split("."))).flatMap(([path, secret]) => {
    const { secretsManager, ssmParameter = secretsManager, kmsKeyArn } = (secret ?? {}) as Record<string, unknown>;
    const isByName = typeof ssmParameter === "string" && !isToken(ssmParameter) && !ssmParameter.startsWith("arn:");
    return isByName ? [[[...path, "kmsKeyArn"], kmsKeyArn]] : [];
  });
}
