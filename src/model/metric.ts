import { z } from "zod";

import { alternatives, quote } from "../errors";
import { isToken, object, oneOf, pattern, propertyName, record } from "./leaves";
import { problem } from "./problems";
import { filledText } from "./text";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const UNITS = [
  "Seconds",
  "Microseconds",
  "Milliseconds",
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Terabytes",
  "Bits",
  "Kilobits",
  "Megabits",
  "Gigabits",
  "Terabits",
  "Percent",
  "Count",
  "Bytes/Second",
  "Kilobytes/Second",
  "Megabytes/Second",
  "Gigabytes/Second",
  "Terabytes/Second",
  "Bits/Second",
  "Kilobits/Second",
  "Megabits/Second",
  "Gigabits/Second",
  "Terabits/Second",
  "Count/Second",
  "None",
] as const;

/** Terraform would evaluate what is between the braces. */
const plainText = filledText.refine((value) => isToken(value) || !/[$%]\{/.test(value), {
  error: 'has "${" or "%{", which Terraform would evaluate; remove it',
  abort: true,
});

function short(maximum: number) {
  return plainText.refine((value) => isToken(value) || value.length <= maximum, {
    error: ({ input }) =>
      `has ${String((input as string).length)} characters; CloudWatch allows at most ${String(maximum)}`,
  });
}

/** A metric in CloudWatch. It must be named exactly as it is published, with all of its dimensions. */
export const metric = object({
  /** Namespace of the metric: `AWS/SQS`. */
  namespace: short(255),
  /** Name of the metric: `ApproximateNumberOfMessagesVisible`. */
  name: short(255),
  /** Values of the metric's dimensions, by name, at most 30: `{ QueueName: "orders" }`. @default {} */
  dimensions: record(
    propertyName(pattern(/^(?!.*[$%]\{).{1,255}$/, 'use 1 to 255 characters, without "${" and "%{"')),
    short(1024),
  )
    .refine(
      (dimensions) => Object.keys(dimensions).length <= 30,
      "has more than 30 entries; CloudWatch allows at most 30",
    )
    .default({}),
  /** How the values of a minute become one. @default "Average" */
  statistic: oneOf("Average", "Minimum", "Maximum", "SampleCount", "Sum").default("Average"),
  /** Unit that the metric is published with, as CloudWatch writes it: `Count`. Any other finds no data. @default - any */
  unit: oneOf(...UNITS).optional(),
});
export interface Metric extends z.input<typeof metric> {}
export type ParsedMetric = z.output<typeof metric>;

/** Metrics of the service itself. */
const OWN = ["cpu", "memory", "runningTasks"] as const;
export type OwnMetric = (typeof OWN)[number];

const wrong = ({ input }: { readonly input?: unknown }): string =>
  `${input === undefined ? "is missing" : `${quote(input)} is not valid`}; choose ${alternatives(OWN)}, or write { namespace, name, dimensions }`;

/**
 * What CloudWatch computes from several metrics of the same minute.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const metricMath = object({
  /** Arithmetic with the names of `metrics`, and functions of CloudWatch: `depth / running`. */
  expression: plainText.refine((text) => text.length <= 2048, "is too long; CloudWatch allows at most 2048 characters"),
  /**
   * Metrics by the name that `expression` gives them: letters, digits or `_`, beginning with a lower-case letter. `"cpu"`
   * and `"memory"` are the average utilization of the service in percent. `"runningTasks"` is the number of its running
   * tasks, which only a cluster with Container Insights publishes.
   */
  metrics: record(
    propertyName(
      pattern(/^[a-z][A-Za-z0-9_]{0,254}$/, 'use letters, digits or "_", beginning with a lower-case letter'),
    ),
    z.union([oneOf(...OWN), metric], { error: wrong }),
  ),
}).superRefine(({ expression, metrics }, context) => {
  if (isToken(expression)) return;
  const used = new Set(expression.replace(/'[^']*'|"[^"]*"/g, "").match(/\b[a-z][A-Za-z0-9_]*\b(?!\s*\()/g) ?? []);
  const names = Object.keys(metrics);
  const unknown = [...used].find((name) => !names.includes(name));
  const unused = names.find((name) => !used.has(name));
  if (names.length === 0) problem(context, [], "metrics is empty; name at least one");
  else if (unknown !== undefined) {
    problem(context, ["expression"], `${quote(unknown)} is not one of the metrics; choose ${alternatives(names)}`);
  } else if (names.includes("result")) {
    problem(context, ["metrics"], 'the name "result" is taken by the expression itself; choose another');
  } else if (unused !== undefined)
    problem(context, ["metrics"], `${quote(unused)} is not used in the expression; remove it`);
});
export interface MetricMath extends z.input<typeof metricMath> {}
export type ParsedMetricMath = z.output<typeof metricMath>;

/** A metric, or what is computed from several. */
export const anyMetric = z.union([metric, metricMath], {
  error: ({ input }) =>
    `${input === undefined ? "is missing" : `${quote(input)} is not valid`}; write { namespace, name, dimensions }, or { expression, metrics }`,
});

/** The same, or a metric of the service. */
export const watchedMetric = z.union([oneOf("cpu", "memory"), metric, metricMath], {
  error: ({ input }) =>
    `${input === undefined ? "is missing" : `${quote(input)} is not valid`}; choose cpu or memory, or write { namespace, name, dimensions } or { expression, metrics }`,
});
export type ParsedWatchedMetric = z.output<typeof watchedMetric>;
