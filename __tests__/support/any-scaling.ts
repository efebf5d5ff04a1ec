import fc from "fast-check";

import type { ServiceConfig } from "../../src/config";

type Scaling = NonNullable<ServiceConfig["scaling"]>;
type Alarms = NonNullable<ServiceConfig["alarms"]>;

/** Leaves of a random config: what is plausible, and now and then something wild. */
export interface Leaves {
  readonly oneOf: <T extends string>(...texts: T[]) => fc.Arbitrary<T>;
  readonly number: (...numbers: number[]) => fc.Arbitrary<number>;
}

function optional<T extends object>(properties: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record(properties, { requiredKeys: [] });
}

function anyMetric({ oneOf }: Leaves) {
  const metric = fc
    .tuple(
      fc.record({ namespace: oneOf("AWS/SQS", "Shop"), name: oneOf("Depth", "Orders") }),
      optional({
        dimensions: fc.dictionary(oneOf("QueueName", "constructor"), oneOf("orders", "a b"), { maxKeys: 2 }),
        statistic: oneOf("Average", "Sum"),
        unit: oneOf("Count", "Bytes/Second"),
      }),
    )
    .map(([required, others]) => ({ ...required, ...others }));
  const math = fc.record({
    expression: oneOf("a / b", "FILL(a, 0) - b"),
    metrics: fc.record({ a: metric, b: oneOf("runningTasks", "cpu") }),
  });
  return { metric, math };
}

/** Any scaling: mostly in order. */
export function anyScaling({ oneOf, number }: Leaves): fc.Arbitrary<Scaling> {
  const { metric, math } = anyMetric({ oneOf, number });
  const tracked = fc.oneof(
    fc.record({ cpu: number(1, 60.5, 100) }),
    fc.record({ metric: fc.oneof(metric, math), target: number(0.5, 100) }),
  );
  const cooldowns = optional({
    scaleInCooldown: number(0, 300),
    scaleOutCooldown: number(60),
    disableScaleIn: fc.boolean(),
  });
  const steps = fc.tuple(number(1, 5), number(10, 20.25)).map(([first, second]) => [
    { from: first, adjustment: 1 },
    { from: second, adjustment: 3 },
  ]);
  const step = fc
    .tuple(
      fc.record({ metric: fc.oneof(oneOf("cpu", "memory"), metric, math), above: steps }),
      optional({
        below: fc.constant([{ from: 0, adjustment: -1 }]),
        cooldown: number(0, 60),
        period: number(60, 300),
        evaluationPeriods: number(1, 3),
      }),
    )
    .map(([required, others]) => ({ ...required, ...others }));
  const action = fc
    .tuple(
      fc.record({ schedule: oneOf("cron(0 8 ? * MON-FRI *)", "rate(1 day)"), minCapacity: number(0, 2) }),
      optional({ timezone: oneOf("UTC", "Europe/Berlin"), startTime: oneOf("2030-01-31T08:00:00Z") }),
    )
    .map(([required, others]) => ({ ...required, ...others }));
  return fc
    .tuple(
      fc.record({
        minCapacity: number(1, 2),
        maxCapacity: number(2, 5000),
        targetTracking: fc.dictionary(
          oneOf("load", "toString"),
          fc.tuple(tracked, cooldowns).map(([of, others]) => ({ ...of, ...others })),
          { minKeys: 1, maxKeys: 1 },
        ),
      }),
      optional({
        stepScaling: fc.dictionary(oneOf("depth", "valueOf"), step, { maxKeys: 2 }),
        scheduledActions: fc.dictionary(oneOf("morning", "Default"), action, { maxKeys: 2 }),
      }),
    )
    .map(([required, others]) => ({ ...required, ...others }) as Scaling);
}

/** Any alarms: mostly in order. */
export function anyAlarms({ oneOf, number }: Leaves): fc.Arbitrary<Alarms> {
  return fc
    .tuple(
      fc.record({
        topics: fc.uniqueArray(oneOf("arn:aws:sns:us-east-1:111122223333:on-call"), { minLength: 1, maxLength: 2 }),
        cpu: fc.oneof(number(80, 99.5), fc.record({ threshold: number(80), minutes: number(1, 5) })),
      }),
      optional({
        memory: number(80),
        runningTasks: fc.oneof(fc.boolean(), fc.record({ minutes: number(5, 10) })),
        deploymentFailed: fc.boolean(),
      }),
    )
    .map(([required, others]) => ({ ...required, ...others }));
}
