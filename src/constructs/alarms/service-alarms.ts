import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

import { errors, latency, missingTasks, utilization, type ParsedAlarms } from "../../model/alarms";
import { alarmName } from "../../model/names";
import { alarmMetric } from "../cloudwatch/alarm-metric";
import { serviceMetric, type ServiceDimensions } from "../cloudwatch/service-metrics";
import { DeploymentFailed } from "./deployment-failed";

/** A target group behind an Application Load Balancer, as CloudWatch knows it. */
export interface WatchedTargetGroup {
  /** `targetgroup/…/…` */
  readonly arnSuffix: string;
  /** `app/…/…` */
  readonly loadBalancerArnSuffix: string;
}

/** What is watched, and who is notified. */
export interface ServiceAlarmsProps {
  /** Name of the service, known at synth. */
  readonly name: string;
  readonly alarms: ParsedAlarms;
  readonly service: ServiceDimensions;
  /** ARN of the service. */
  readonly serviceArn: string;
  /** By name of the load balancer. */
  readonly targetGroups: ReadonlyMap<string, WatchedTargetGroup>;
}

type Watched = Pick<
  CloudwatchMetricAlarmConfig,
  "metricName" | "namespace" | "dimensions" | "statistic" | "extendedStatistic" | "period" | "unit" | "metricQuery"
>;
type When = Pick<CloudwatchMetricAlarmConfig, "threshold" | "treatMissingData"> & { readonly minutes: number };

const MINUTE = 60;

/**
 * The alarms of a service. Each notifies the topics when it goes off, and when it is over.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export class ServiceAlarms extends Construct {
  /** By what they watch: `cpu`, `memory`, `running-tasks`, `target-5xx-<load balancer>`, `latency-<load balancer>`. */
  readonly resources: ReadonlyMap<string, CloudwatchMetricAlarm>;
  /** The rule for deployments that fail. */
  readonly deploymentFailed: DeploymentFailed | undefined;

  private readonly made = new Map<string, CloudwatchMetricAlarm>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceAlarmsProps,
  ) {
    super(scope, id);
    const { name, alarms, targetGroups } = props;
    this.watchUtilization("cpu", alarms.cpu);
    this.watchUtilization("memory", alarms.memory);
    this.watchRunningTasks(alarms.runningTasks);
    for (const [loadBalancer, targetGroup] of targetGroups) {
      this.watchErrors(loadBalancer, targetGroup, alarms.target5xx);
      this.watchLatency(loadBalancer, targetGroup, alarms.latency);
    }
    this.resources = this.made;
    this.deploymentFailed = alarms.deploymentFailed
      ? new DeploymentFailed(this, "deployment-failed", {
          name,
          serviceArn: props.serviceArn,
          topics: alarms.topics,
        })
      : undefined;
  }

  /** A service without tasks has no utilization, which is no alarm, and nothing to be reassured by: INSUFFICIENT_DATA. */
  private watchUtilization(metric: "cpu" | "memory", alarm: ParsedAlarms["cpu"]): void {
    if (alarm === undefined) return;
    const { threshold, minutes } = utilization.parse(typeof alarm === "number" ? { threshold: alarm } : alarm);
    const watched = alarmMetric(metric, MINUTE, this.props.service);
    this.add(metric, watched, { threshold, minutes, treatMissingData: "missing" });
  }

  /** While nothing is known about the tasks, because Container Insights is off, neither on nor off. */
  private watchRunningTasks(alarm: ParsedAlarms["runningTasks"]): void {
    if (alarm === undefined || alarm === false) return;
    const { minutes } = missingTasks.parse(alarm === true ? {} : alarm);
    const { service } = this.props;
    const [desired, running] = [serviceMetric("desiredTasks", service), serviceMetric("runningTasks", service)];
    const watched = alarmMetric({ expression: "desired - running", metrics: { desired, running } }, MINUTE, service);
    this.add("running-tasks", watched, { threshold: 0, minutes, treatMissingData: "missing" });
  }

  /**
   * The load balancer reports errors only when there are some.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
   */
  private watchErrors(name: string, targetGroup: WatchedTargetGroup, alarm: ParsedAlarms["target5xx"]): void {
    if (alarm === undefined) return;
    const { threshold, unit, minutes } = errors.parse(typeof alarm === "number" ? { threshold: alarm } : alarm);
    const failed = requests("HTTPCode_Target_5XX_Count", targetGroup);
    const metrics = { failed, all: requests("RequestCount", targetGroup) };
    const watched = unit === "Count" ? failed : { expression: "100 * failed / all", metrics };
    this.add(`target-5xx-${name}`, alarmMetric(watched, MINUTE, this.props.service), {
      threshold,
      minutes,
      treatMissingData: "notBreaching",
    });
  }

  /** Without requests there are no response times. */
  private watchLatency(name: string, targetGroup: WatchedTargetGroup, alarm: ParsedAlarms["latency"]): void {
    if (alarm === undefined) return;
    const { threshold, percentile, minutes } = latency.parse(typeof alarm === "number" ? { threshold: alarm } : alarm);
    const { namespace, dimensions } = requests("TargetResponseTime", targetGroup);
    this.add(
      `latency-${name}`,
      {
        namespace,
        metricName: "TargetResponseTime",
        dimensions,
        extendedStatistic: `p${String(percentile)}`,
        period: MINUTE,
      },
      { threshold, minutes, treatMissingData: "notBreaching" },
    );
  }

  private add(what: string, watched: Watched, { threshold, minutes, treatMissingData }: When): void {
    const { name, alarms } = this.props;
    const alarm = new CloudwatchMetricAlarm(this, what, {
      alarmName: alarmName(name, what),
      ...watched,
      comparisonOperator: "GreaterThanThreshold",
      threshold,
      evaluationPeriods: minutes,
      treatMissingData,
      alarmActions: [...alarms.topics],
      okActions: [...alarms.topics],
    });
    this.made.set(what, alarm);
  }
}

/** A count that an Application Load Balancer publishes for a target group. */
function requests(name: string, { arnSuffix, loadBalancerArnSuffix }: WatchedTargetGroup) {
  const dimensions = { LoadBalancer: loadBalancerArnSuffix, TargetGroup: arnSuffix };
  return { namespace: "AWS/ApplicationELB", name, dimensions, statistic: "Sum" as const };
}
