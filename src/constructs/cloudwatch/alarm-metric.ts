import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";

import type { ParsedMetric, ParsedMetricMath, ParsedWatchedMetric } from "../../model/metric";
import { serviceMetric, type ServiceDimensions } from "./service-metrics";

/** The id of what an expression computes; the model keeps it free. */
export const RESULT = "result";

type AlarmMetric = Pick<
  CloudwatchMetricAlarmConfig,
  "namespace" | "metricName" | "dimensions" | "statistic" | "period" | "unit" | "metricQuery"
>;

/**
 * What an alarm watches.
 * @param period seconds that become one value
 */
export function alarmMetric(watched: ParsedWatchedMetric, period: number, service: ServiceDimensions): AlarmMetric {
  const metric = typeof watched === "string" ? serviceMetric(watched, service) : watched;
  if ("expression" in metric) return { metricQuery: queries(metric, period, service) };
  const { name, namespace, dimensions, statistic, unit } = metric;
  return { namespace, metricName: name, ...filled(dimensions), statistic, period, unit };
}

/** The metrics of an expression, those of the service too. */
export function metricsOf({ metrics }: ParsedMetricMath, service: ServiceDimensions): [id: string, ParsedMetric][] {
  return Object.entries(metrics).map(([id, metric]) => [
    id,
    typeof metric === "string" ? serviceMetric(metric, service) : metric,
  ]);
}

function queries(math: ParsedMetricMath, period: number, service: ServiceDimensions): AlarmMetric["metricQuery"] {
  return [
    { id: RESULT, expression: math.expression, label: RESULT, returnData: true },
    ...metricsOf(math, service).map(([id, { name, namespace, dimensions, statistic, unit }]) => ({
      id,
      metric: { namespace, metricName: name, ...filled(dimensions), stat: statistic, period, unit },
    })),
  ];
}

function filled(dimensions: ParsedMetric["dimensions"]): { dimensions?: ParsedMetric["dimensions"] } {
  return Object.keys(dimensions).length > 0 ? { dimensions } : {};
}
