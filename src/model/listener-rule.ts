import type { z } from "zod";

import { list, object, pattern, propertyName, record, reference, wholeNumber } from "./leaves";
import { anyCidr } from "./network";
import { problem } from "./problems";

/**
 * Elastic Load Balancing allows at most this many values, and this many wildcards, per rule.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MAX_VALUES = 5;
const MAX_WILDCARDS = 5;

/** The highest priority: a rule with it is tried last. */
export const LAST_PRIORITY = 50_000;

/** Printable ASCII without what would begin an expression of Terraform. */
const PRINTABLE = "(?:(?![$%]\\{)[\\x20-\\x7e]){1,128}";

const host = reference(
  pattern(
    /^(?=.{1,128}$)[A-Za-z0-9.*?-]*\.[A-Za-z*?]+$/,
    'use a host name of at most 128 letters, digits, "-", "." or the wildcards "*" and "?", with letters after the last "."',
  ),
);
const path = reference(
  pattern(
    /^(?=[/*?])[A-Za-z0-9_.$/~"'@:+&*?%-]{1,128}$/,
    'use 1 to 128 letters, digits or "_-.$/~"\'@:+&%", or the wildcards "*" and "?", beginning with "/" or a wildcard',
  ),
);
const text = reference(
  pattern(new RegExp(`^${PRINTABLE}$`), 'use 1 to 128 printable ASCII characters without "${" or "%{"'),
);
const method = reference(pattern(/^[A-Z_-]{1,40}$/, 'use 1 to 40 capital letters, "-" or "_": "GET"'));
const headerName = propertyName(
  pattern(
    /^(?!host$)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$/i,
    'use 1 to 40 letters, digits or "-"; for the host, use hosts',
  ),
);

const values = <T extends z.ZodType>(value: T) => list(value, { minimum: 1, maximum: MAX_VALUES, unique: true });

/** Part of the query string of a request. */
const query = object({
  /** Name of the parameter, with wildcards. @default - any */
  key: text.optional(),
  /** Value of the parameter, with wildcards. */
  value: text,
});

/**
 * Which requests a listener forwards to the service. A request must meet every condition, by one of its values. A rule
 * has 1 to 5 values and at most 5 wildcards, `*` or `?`, in all its conditions.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
 */
export const listenerRule = object({
  /**
   * Order in which the listener tries its rules, beginning with the lowest: 1 to 50000. No other rule of the listener
   * may have it.
   */
  priority: wholeNumber(1, LAST_PRIORITY),
  /** Host names, with wildcards: `["shop.example.com", "*.shop.example.com"]`. @default - any */
  hosts: values(host).optional(),
  /** Paths, without the query string, with wildcards; upper and lower case differ: `["/api/*"]`. @default - any */
  paths: values(path).optional(),
  /** Values that a header must have, with wildcards, by name of the header: `{ "X-Tenant": ["a*"] }`. @default - any */
  headers: record(headerName, values(text)).optional(),
  /** Methods: `["GET", "HEAD"]`. @default - any */
  methods: values(method).optional(),
  /** Parameters of the query string, one of which must be there: `[{ key: "version", value: "2*" }]`. @default - any */
  queries: values(query).optional(),
  /** Addresses that requests come from, as CIDR blocks; not those in `X-Forwarded-For`. @default - any */
  sourceIps: values(anyCidr).optional(),
}).superRefine((rule, context) => {
  const all = valuesOf(rule);
  const wildcards = all.join("").match(/(?<!\\)[*?]/g)?.length ?? 0;
  if (all.length === 0) {
    problem(context, [], "no condition; give hosts, paths, headers, methods, queries or sourceIps");
  } else if (all.length > MAX_VALUES) {
    problem(
      context,
      [],
      `${String(all.length)} values in its conditions; Elastic Load Balancing allows at most ${String(MAX_VALUES)} per rule`,
    );
  } else if (wildcards > MAX_WILDCARDS) {
    problem(
      context,
      [],
      `${String(wildcards)} wildcards in its conditions; Elastic Load Balancing allows at most ${String(MAX_WILDCARDS)} per rule`,
    );
  }
});
export interface ListenerRuleProps extends z.input<typeof listenerRule> {}
export type ParsedListenerRule = z.output<typeof listenerRule>;

/** Whatever no other rule of the listener has taken. */
export const EVERYTHING: ParsedListenerRule = { priority: LAST_PRIORITY, paths: ["*"] };

/** Every value of every condition. */
function valuesOf({ hosts = [], paths = [], headers = {}, methods = [], queries = [], sourceIps = [] }: Conditions) {
  const inQueries = queries.map(({ key, value }) => (key === undefined ? value : `${key}=${value}`));
  return [...hosts, ...paths, ...Object.values(headers).flat(), ...methods, ...inQueries, ...sourceIps];
}
type Conditions = Omit<ParsedListenerRule, "priority">;
