import { scaling, type Scaling } from "../../src/model/scaling";
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
