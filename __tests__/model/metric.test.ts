import { anyMetric, metric, metricMath, watchedMetric } from "../../src/model/metric";
import { object } from "../../src/model/leaves";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const DEPTH = { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: "orders" } };

describe("a metric", () => {
  test("has defaults", () =>
    expect(metric.parse({ namespace: "Shop", name: "Orders" })).toEqual({
      namespace: "Shop",
      name: "Orders",
      dimensions: {},
      statistic: "Average",
    }));

  test("may be a reference in each text", () =>
    expect(lines(metric, { namespace: REFERENCE, name: REFERENCE, dimensions: { QueueName: REFERENCE } })).toEqual([]));

  test.each<[object, string]>([
    [{ namespace: "" }, "namespace is empty; give it a value, or remove it"],
    [{ name: "a".repeat(256) }, "name has 256 characters; CloudWatch allows at most 255"],
    [{ name: "${x}" }, 'name has "${" or "%{", which Terraform would evaluate; remove it'],
    [{ dimensions: { QueueName: "" } }, "dimensions: QueueName is empty; give it a value, or remove it"],
    [
      { dimensions: { "%{if": "a" } },
      'dimensions: name "%{if" is not valid; use 1 to 255 characters, without "${" and "%{"',
    ],
    [
      { dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`d${String(index)}`, "a"])) },
      "dimensions has more than 30 entries; CloudWatch allows at most 30",
    ],
  ])("rejects %j", (changes, message) => expect(lines(metric, { ...DEPTH, ...changes })).toEqual([`it: ${message}`]));
});

describeProperties(metric, DEPTH, [
  [
    "statistic",
    ["Average", "Minimum", "Maximum", "SampleCount", "Sum"],
    ["p90", "average"],
    "choose Average, Minimum, Maximum, SampleCount or Sum",
  ],
  ["unit", ["Count", "Bytes/Second", "None"], [], ""],
]);

describe("what is computed from metrics", () => {
  const linesOf = (expression: string, metrics: object): string[] => lines(metricMath, { expression, metrics });

  test.each<[string, object]>([
    ["depth / running", { depth: DEPTH, running: "runningTasks" }],
    ["FILL(cpu, 0) + memory * 1e3", { cpu: "cpu", memory: "memory" }],
    ["IF(depth > 0, depth, 1) / 2", { depth: DEPTH }],
    [REFERENCE, { depth: DEPTH }],
  ])("may be %s", (expression, metrics) => expect(linesOf(expression, metrics)).toEqual([]));

  test.each<[string, object, string]>([
    [
      "depth / runing",
      { depth: DEPTH, running: "runningTasks" },
      'expression: "runing" is not one of the metrics; choose depth or running',
    ],
    ["depth", { depth: DEPTH, running: "runningTasks" }, 'metrics: "running" is not used in the expression; remove it'],
    ["1", {}, "metrics is empty; name at least one"],
    ["result", { result: DEPTH }, 'metrics: the name "result" is taken by the expression itself; choose another'],
    [
      "Depth",
      { Depth: DEPTH },
      'metrics: name "Depth" is not valid; use letters, digits or "_", beginning with a lower-case letter',
    ],
    ["", { depth: DEPTH }, "expression is empty; give it a value, or remove it"],
    ["depth + ${x}", { depth: DEPTH }, 'expression has "${" or "%{", which Terraform would evaluate; remove it'],
    [
      "depth",
      { depth: "queue" },
      'metrics: depth "queue" is not valid; choose cpu, memory or runningTasks, or write { namespace, name, dimensions }',
    ],
    ["depth", { depth: { namespace: "Shop" } }, "metrics: depth: name is missing; write it in quotes"],
  ])("may not be %s of %j", (expression, metrics, message) =>
    expect(linesOf(expression, metrics)).toEqual([`it: ${message}`]),
  );
});

describe("a metric of any form", () => {
  const either = object({ any: anyMetric.optional(), watched: watchedMetric.optional() });

  test.each<[object, string]>([
    [{ any: "cpu" }, 'any "cpu" is not valid; write { namespace, name, dimensions }, or { expression, metrics }'],
    [{ any: { namespace: "Shop" } }, "any: name is missing; write it in quotes"],
    [
      { watched: "requests" },
      'watched "requests" is not valid; choose cpu or memory, or write { namespace, name, dimensions } or { expression, metrics }',
    ],
    [
      { watched: { expression: "a", metrics: { b: "cpu" } } },
      'watched: expression: "a" is not one of the metrics; choose b',
    ],
  ])("rejects %j", (value, message) => expect(lines(either, value)).toEqual([`it: ${message}`]));
});
