import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../src";
import type { ServiceConfig } from "../../src/config";

const demo = {
  cpu: 256,
  memory: 512,
  containers: [{ name: "demo", image: { repository: "demo", tag: "1.10" } }],
} as const;

const web: ServiceConfig = {
  ...demo,
  name: "web",
  scaling: { minCapacity: 2, maxCapacity: 10, targetTracking: { load: { cpu: 60 } } },
};

/** The messages that wait in the queue `orders`. */
const DEPTH = {
  namespace: "AWS/SQS",
  name: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: "orders" },
};

/** Those that a task works on. */
const IN_FLIGHT = { ...DEPTH, name: "ApproximateNumberOfMessagesNotVisible" };

const backlog: ServiceConfig = {
  ...demo,
  name: "backlog",
  scaling: {
    minCapacity: 1,
    maxCapacity: 20,
    targetTracking: {
      backlog: {
        metric: { expression: "depth / running", metrics: { depth: DEPTH, running: "runningTasks" } },
        target: 100, // messages per task
      },
    },
  },
};

const busy: ServiceConfig = {
  ...demo,
  name: "busy",
  scaling: {
    minCapacity: 2,
    maxCapacity: 20,
    stepScaling: {
      cpu: {
        metric: "cpu",
        above: [
          { from: 75, adjustment: 1 },
          { from: 90, adjustment: 4 },
        ],
        below: [{ from: 25, adjustment: -1 }],
        cooldown: 60,
      },
    },
  },
};

const worker: ServiceConfig = {
  ...demo,
  name: "worker",
  scaling: {
    minCapacity: 0,
    maxCapacity: 20,
    stepScaling: {
      depth: {
        metric: { expression: "waiting + inFlight", metrics: { waiting: DEPTH, inFlight: IN_FLIGHT } },
        above: [
          { from: 1, adjustment: 1 },
          { from: 100, adjustment: 5 },
          { from: 1000, adjustment: 20 },
        ],
        below: [{ from: 0, adjustment: 0 }],
        adjustmentType: "ExactCapacity",
      },
    },
  },
};

const office: ServiceConfig = {
  ...demo,
  name: "office",
  scaling: {
    minCapacity: 1,
    maxCapacity: 10,
    targetTracking: { load: { cpu: 60 } },
    scheduledActions: {
      morning: { schedule: "cron(0 7 ? * MON-FRI *)", timezone: "Europe/Berlin", minCapacity: 4 },
      evening: { schedule: "cron(0 19 ? * MON-FRI *)", timezone: "Europe/Berlin", minCapacity: 1 },
    },
  },
};

const elsewhere: ServiceConfig = {
  ...demo,
  name: "elsewhere",
  scaling: { minCapacity: 2, maxCapacity: 10, targetTracking: { load: { cpu: 60 } } },
  environments: {
    staging: { scaling: { minCapacity: 1, maxCapacity: 1 } }, // always one task
  },
};

export const services: ServiceConfig[] = [web, backlog, busy, worker, office, elsewhere];

/** In code: a queue that is made beside the service, by its reference. */
export function addWorker(stack: TerraformStack, cluster: string): PinnedFargateService {
  const orders = new SqsQueue(stack, "orders", { name: "orders" });
  const worker = new PinnedFargateService(stack, "worker", {
    ...demo,
    name: "worker",
    cluster,
    network: { vpc: "default" },
    scaling: {
      minCapacity: 1,
      maxCapacity: 20,
      targetTracking: {
        depth: { metric: { ...DEPTH, dimensions: { QueueName: orders.name } }, target: 100 },
      },
    },
  });
  worker.scalingTarget?.resource.addOverride("suspended_state.dynamic_scaling_in_suspended", true);
  return worker;
}
