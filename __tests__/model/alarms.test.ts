import { alarms, errors, latency, utilization, type Alarms } from "../../src/model/alarms";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:on-call";
const VALID: Alarms = { topics: [TOPIC], cpu: 80 };

const linesOf = (changes: object): string[] => lines(alarms, { ...VALID, ...changes });

describe("alarms", () => {
  test.each<[object]>([
    [{ topics: [REFERENCE, TOPIC] }],
    [{ cpu: { threshold: 80, minutes: 10 }, memory: 99.5 }],
    [{ runningTasks: true }],
    [{ runningTasks: { minutes: 15 } }],
    [{ target5xx: 0 }],
    [{ target5xx: { threshold: 1, unit: "Percent" } }],
    [{ latency: 0.5 }],
    [{ latency: { threshold: 2, percentile: 99.9, minutes: 3 } }],
    [{ cpu: undefined, deploymentFailed: true }],
  ])("may be %j", (changes) => expect(linesOf(changes)).toEqual([]));

  test.each<[object, string]>([
    [{ topics: [] }, "topics has 0 entries; give 1 to 5"],
    [{ topics: [TOPIC, TOPIC] }, `topics has "${TOPIC}" twice; remove one`],
    [
      { topics: [`${TOPIC}.fifo`] },
      `topics[0] "${TOPIC}.fifo" is not valid; use the ARN of a standard topic: arn:aws:sns:REGION:ACCOUNT:NAME`,
    ],
    [{ cpu: 0 }, "cpu 0 is not valid; use a number from 1 to 100, or { threshold: … }"],
    [{ cpu: "80" }, 'cpu "80" is not valid; use a number from 1 to 100, or { threshold: … }'],
    [{ cpu: {} }, "cpu: threshold is missing; use a number from 1 to 100, with at most 4 decimal places"],
    [{ cpu: { threshold: 80, periods: 3 } }, 'cpu: unknown property "periods"; choose threshold or minutes'],
    [{ runningTasks: 5 }, "runningTasks 5 is not valid; use true or false, or { minutes: … }"],
    [{ latency: 5000 }, "latency 5000 is not valid; use a number from 0.0001 to 4000, or { threshold: … }"],
    [
      { cpu: undefined, runningTasks: false },
      "no alarm; add cpu, memory, runningTasks, target5xx, latency or deploymentFailed",
    ],
  ])("may not be %j", (changes, message) => expect(linesOf(changes)).toEqual([`it: ${message}`]));

  test("have defaults", () => {
    expect(utilization.parse({ threshold: 80 })).toEqual({ threshold: 80, minutes: 5 });
    expect(errors.parse({ threshold: 10 })).toEqual({ threshold: 10, unit: "Count", minutes: 5 });
    expect(latency.parse({ threshold: 2 })).toEqual({ threshold: 2, percentile: 90, minutes: 5 });
  });
});

describeProperties(errors, { threshold: 1 }, [
  ["unit", ["Count", "Percent"], ["percent"], "choose Count or Percent"],
  ["minutes", [1, 1440], [0, 1441], "use a whole number from 1 to 1440"],
]);
describeProperties(latency, { threshold: 1 }, [
  ["percentile", [1, 50, 99.99], [0, 100], "use a number from 1 to 99.99, with at most 4 decimal places"],
]);
