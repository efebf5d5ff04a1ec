import type { OwnMetric, ParsedMetric } from "../../model/metric";

/** What CloudWatch knows a service by. */
export interface ServiceDimensions {
  /** Name of the cluster, not its ARN. */
  readonly clusterName: string;
  readonly serviceName: string;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html */
const NAMES: Readonly<Record<OwnMetric | "desiredTasks", readonly [namespace: string, name: string]>> = {
  cpu: ["AWS/ECS", "CPUUtilization"],
  memory: ["AWS/ECS", "MemoryUtilization"],
  runningTasks: ["ECS/ContainerInsights", "RunningTaskCount"],
  desiredTasks: ["ECS/ContainerInsights", "DesiredTaskCount"],
};

/** A metric that Amazon ECS or Container Insights publishes for a service each minute. */
export function serviceMetric(
  metric: keyof typeof NAMES,
  { clusterName, serviceName }: ServiceDimensions,
): ParsedMetric {
  const [namespace, name] = NAMES[metric];
  const dimensions = { ClusterName: clusterName, ServiceName: serviceName };
  return { namespace, name, dimensions, statistic: "Average" };
}
