import { scaling, scheduledAction, stepScaling, targetTracking, type Scaling } from "../../src/model/scaling";
import { NUMBER_REFERENCE, describeProperties, lines } from "../support/problems";

const DEPTH = { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: "orders" } };
const VALID: Scaling = { minCapacity: 1, maxCapacity: 10, targetTracking: { load: { cpu: 60 } } };

const linesOf = (changes: object): string[] => lines(scaling, { ...VALID, ...changes });

describe("scaling", () => {
  test("has defaults, those of AWS among them, which the provider would send as 0", () =>
    expect(
      scaling.parse({
        ...VALID,
        stepScaling: { depth: { metric: DEPTH, above: [{ from: 1, adjustment: 1 }] } },
        scheduledActions: { night: { schedule: "rate(1 day)", maxCapacity: 2 } },
      }),
    ).toMatchObject({
      targetTracking: { load: { scaleInCooldown: 300, scaleOutCooldown: 300, disableScaleIn: false } },
      stepScaling: {
        depth: { adjustmentType: "ChangeInCapacity", cooldown: 300, period: 60, evaluationPeriods: 1 },
      },
      scheduledActions: { night: { timezone: "UTC" } },
    }));

  test("needs its limits", () =>
    expect(lines(scaling, {})).toEqual([
      "it: minCapacity is missing; use a whole number from 0 to 5000",
      "it: maxCapacity is missing; use a whole number from 0 to 5000",
    ]));

  test.each<[object]>([
    [{ minCapacity: 10 }],
    [{ minCapacity: 0, targetTracking: { depth: { metric: DEPTH, target: 10 } } }],
    [{ minCapacity: 0, stepScaling: { depth: { metric: DEPTH, above: [{ from: 1, adjustment: 1 }] } } }],
    [{ minCapacity: 0, scheduledActions: { day: { schedule: "rate(1 day)", minCapacity: 1 } } }],
    [{ targetTracking: {}, scheduledActions: { day: { schedule: "rate(1 day)", minCapacity: 1 } } }],
  ])("accepts %j", (changes) => expect(linesOf(changes)).toEqual([]));

  test("rejects limits that are the wrong way round", () =>
    expect(linesOf({ minCapacity: 11 })).toEqual(["it: minCapacity 11 is more than maxCapacity 10; lower it"]));

  test("rejects 0 tasks, which only their own load could start again", () => {
    const stepScaling = { high: { metric: "cpu", above: [{ from: 80, adjustment: 1 }] } };
    expect(linesOf({ minCapacity: 0, stepScaling })).toEqual([
      "it: minCapacity 0: with no task there is no metric by which a policy could start the first one; use 1 or more, a policy on a metric of your own, or a scheduled action",
    ]);
  });

  test("rejects a scaler that never does anything", () =>
    expect(linesOf({ targetTracking: {} })).toEqual([
      'it: nothing would ever change the number of tasks; add targetTracking, stepScaling or scheduledActions, or use desiredCount: "keep" if policies of your own do',
    ]));

  test("rejects two policies for one metric", () =>
    expect(linesOf({ targetTracking: { load: { cpu: 60 }, more: { cpu: 70 } } })).toEqual([
      'it: targetTracking: "load" and "more" both track cpu; AWS allows one policy for a metric, so remove one',
    ]));

  test("rejects two policies of one name", () =>
    expect(
      linesOf({
        targetTracking: { "depth-above": { cpu: 60 } },
        stepScaling: { depth: { metric: DEPTH, above: [{ from: 1, adjustment: 1 }] } },
      }),
    ).toEqual(['it: two policies are named "depth-above"; rename one']));

  test("rejects a name that is not one", () =>
    expect(linesOf({ targetTracking: { "my load": { cpu: 60 } } })).toEqual([
      'it: targetTracking: name "my load" is not valid; use 1 to 64 letters, digits, "_" or "-"',
    ]));

  test("does not show what may be a secret in the place of a name", () =>
    expect(linesOf({ scheduledActions: { "PASSWORD=hunter2": { schedule: "rate(1 day)", minCapacity: 2 } } })).toEqual([
      'it: scheduledActions: name "PASSWORD=…" is not valid; use 1 to 64 letters, digits, "_" or "-"',
    ]));

  test("rejects a scheduled action that sets the limits the wrong way round", () =>
    expect(linesOf({ scheduledActions: { day: { schedule: "rate(1 day)", minCapacity: 11 } } })).toEqual([
      "it: scheduledActions: day: minCapacity 11 would be more than maxCapacity 10; give both in the action",
    ]));
});

describeProperties(scaling, VALID, [
  ["minCapacity", [1, 10], [-1, 1.5, "1", NUMBER_REFERENCE], "use a whole number from 0 to 5000"],
  ["maxCapacity", [1, 5000], [-1, 5001], "use a whole number from 0 to 5000"],
]);

describeProperties(targetTracking, { cpu: 60 }, [
  ["cpu", [1, 60.5, 100], [0, 101, "60"], "use a number from 1 to 100, with at most 4 decimal places"],
  ["scaleInCooldown", [0, 86_400], [-1, 86_401, 1.5], "use a whole number from 0 to 86400"],
  ["scaleOutCooldown", [0, 86_400], [-1, 86_401], "use a whole number from 0 to 86400"],
  ["disableScaleIn", [true, false], ["true"], "use true or false"],
]);

describe("target tracking", () => {
  test.each<[object]>([
    [{ memory: 70 }],
    [{ requestsPerTarget: { target: 1000 } }],
    [{ requestsPerTarget: { target: 0.5, loadBalancer: "public" } }],
    [{ metric: DEPTH, target: 0.0001 }],
    [{ metric: { expression: "depth / running", metrics: { depth: DEPTH, running: "runningTasks" } }, target: 10 }],
  ])("may be %j", (policy) => expect(lines(targetTracking, policy)).toEqual([]));

  test.each<[object, string]>([
    [{}, "0 metrics; give exactly one of cpu, memory, requestsPerTarget and metric"],
    [{ cpu: 60, memory: 70 }, "2 metrics; give exactly one of cpu, memory, requestsPerTarget and metric"],
    [{ metric: DEPTH }, "target is missing; metric needs one"],
    [{ cpu: 60, target: 60 }, "target is for a metric; remove it"],
  ])("may not be %j", (policy, message) => expect(lines(targetTracking, policy)).toEqual([`it: ${message}`]));
});

describe("step scaling", () => {
  const stepsOf = (policy: object): string[] => lines(stepScaling, { metric: "cpu", ...policy });

  test.each<[object]>([
    [{ above: [{ from: 80, adjustment: 1 }] }],
    [{ below: [{ from: 20, adjustment: -1 }] }],
    [
      {
        above: [
          { from: 80, adjustment: 1 },
          { from: 80.5, adjustment: 2 },
          { from: 95, adjustment: 5 },
        ],
        below: [
          { from: 20, adjustment: -1 },
          { from: 10, adjustment: -2 },
        ],
      },
    ],
    [{ above: [{ from: 1, adjustment: 50 }], adjustmentType: "PercentChangeInCapacity", minAdjustmentMagnitude: 2 }],
    [{ above: [{ from: -5, adjustment: 0 }], adjustmentType: "ExactCapacity" }],
  ])("may be %j", (policy) => expect(stepsOf(policy)).toEqual([]));

  test.each<[object, string]>([
    [{}, "no steps; give above, below or both"],
    [{ above: [] }, "above has 0 entries; give 1 to 20"],
    [
      {
        above: [
          { from: 80, adjustment: 1 },
          { from: 80, adjustment: 2 },
        ],
      },
      "above[1]: from 80 must be above the 80 of the step before it",
    ],
    [
      {
        below: [
          { from: 20, adjustment: -1 },
          { from: 30, adjustment: -2 },
        ],
      },
      "below[1]: from 30 must be below the 20 of the step before it",
    ],
    [
      { above: [{ from: 20, adjustment: 1 }], below: [{ from: 20, adjustment: -1 }] },
      "below begins at 20 and above at 20, so that both would apply in between; lower the first or raise the second",
    ],
    [
      {
        above: [
          { from: 1, adjustment: 1 },
          { from: 1_000_001, adjustment: 2 },
        ],
      },
      'above[1]: from 1000001 is a million or more away from the first step; divide the metric: { expression: "bytes / 1048576", metrics: { … } }',
    ],
    [
      { below: [{ from: 1, adjustment: -1 }], adjustmentType: "ExactCapacity" },
      "below[0]: adjustment is a number of tasks with ExactCapacity; use 0 or more",
    ],
    [
      { above: [{ from: 1, adjustment: 1 }], minAdjustmentMagnitude: 2 },
      "minAdjustmentMagnitude is for PercentChangeInCapacity; remove it",
    ],
    [
      { above: [{ from: 0.00001, adjustment: 1 }] },
      "above[0]: from 0.00001 is not valid; use a number from -1000000000000000 to 1000000000000000, with at most 4 decimal places",
    ],
  ])("may not be %j", (policy, message) => expect(stepsOf(policy)).toEqual([`it: ${message}`]));
});

describeProperties(stepScaling, { metric: "memory", above: [{ from: 80, adjustment: 1 }] }, [
  ["cooldown", [0, 86_400], [-1], "use a whole number from 0 to 86400"],
  ["period", [60, 300, 3600], [30, 90, 7200], "choose 60, 120, 180, 240, 300, 600, 900, 1800 or 3600"],
  ["evaluationPeriods", [1, 24], [0, 25], "use a whole number from 1 to 24"],
]);

describe("a scheduled action", () => {
  const action = { schedule: "rate(1 day)", minCapacity: 0 };

  test.each<[object, string]>([
    [{ schedule: "rate(1 day)" }, "changes nothing; give minCapacity, maxCapacity or both"],
    [
      { ...action, startTime: "2030-01-31T08:00:00+01:00", endTime: "2030-01-31T07:00:00Z" },
      "endTime 2030-01-31T07:00:00Z is not after startTime 2030-01-31T08:00:00+01:00; make it later",
    ],
  ])("may not be %j", (value, message) => expect(lines(scheduledAction, value)).toEqual([`it: ${message}`]));

  test("may be bounded, in any time zone", () =>
    expect(
      lines(scheduledAction, {
        ...action,
        timezone: "Europe/Berlin",
        startTime: "2030-01-31T08:00:00+01:00",
        endTime: "2030-01-31T07:00:01Z",
      }),
    ).toEqual([]));
});
