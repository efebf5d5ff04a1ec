import { stepScaling } from "../../src/model/step-scaling";
import { describeProperties, lines } from "../support/problems";

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
