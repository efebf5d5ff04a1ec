import type { ServiceConfig } from "../../src/config";

const queue = {
  namespace: "AWS/SQS",
  name: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: "orders" },
  statistic: "Maximum",
  unit: "Count",
} as const;
const backlog = {
  expression: "FILL(depth, 0) / running + cpu - memory",
  metrics: { depth: queue, running: "runningTasks", cpu: "cpu", memory: "memory" },
} as const;

/** Every kind of policy. */
export const scaling: ServiceConfig["scaling"] = {
  minCapacity: 2,
  maxCapacity: 20,
  targetTracking: {
    load: { cpu: 60, scaleInCooldown: 0, scaleOutCooldown: 60, disableScaleIn: true },
    memory: { memory: 70.5 },
    depth: { metric: queue, target: 0.5 },
    "1st_backlog": { metric: backlog, target: 100 },
  },
  stepScaling: {
    cpu: {
      metric: "cpu",
      above: [
        { from: 80, adjustment: 10 },
        { from: 90.5, adjustment: 50 },
      ],
      below: [{ from: 10, adjustment: -10 }],
      adjustmentType: "PercentChangeInCapacity",
      minAdjustmentMagnitude: 2,
      cooldown: 0,
      period: 300,
      evaluationPeriods: 3,
    },
    _backlog: { metric: backlog, above: [{ from: 1000, adjustment: 20 }], adjustmentType: "ExactCapacity" },
    orders: { metric: { namespace: "Shop", name: "Orders" }, below: [{ from: 1, adjustment: -1 }] },
  },
  scheduledActions: {
    morning: { schedule: "cron(0 8 ? * MON-FRI *)", timezone: "Europe/Berlin", minCapacity: 4 },
    sale: {
      schedule: "rate(1 day)",
      minCapacity: 10,
      maxCapacity: 50,
      startTime: "2030-01-31T08:00:00+01:00",
      endTime: "2030-02-01T00:00:00Z",
    },
    Default: { schedule: "at(2030-01-31T08:00:00)", maxCapacity: 5 },
  },
};

/** Every alarm. */
export const alarms: ServiceConfig["alarms"] = {
  topics: ["arn:aws:sns:eu-west-1:444455556666:on-call", "arn:aws:sns:eu-west-1:444455556666:team"],
  cpu: 80,
  memory: { threshold: 90.5, minutes: 10 },
  runningTasks: { minutes: 15 },
  deploymentFailed: true,
};
