import { targetTracking } from "../../src/model/target-tracking";
import { describeProperties, lines } from "../support/problems";

const DEPTH = { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: "orders" } };

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
