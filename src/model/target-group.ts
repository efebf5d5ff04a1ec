import type { z } from "zod";

import { quote } from "../errors";
import { isToken, object, oneOf, pattern, reference, wholeNumber, wholeNumberOr } from "./leaves";
import { problem } from "./problems";

/** Status codes of HTTP or gRPC: one, several, or ranges. */
const matcher = reference(
  pattern(/^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/, 'use status codes: "200", "200,302" or "200-299"'),
);

/** How the load balancer checks whether a task is healthy. ECS replaces a task that is not. */
const healthCheck = object({
  /** Protocol of the checks. A Network Load Balancer can also check `"TCP"`. @default - `"HTTP"`; `"TCP"` with a Network Load Balancer */
  protocol: oneOf("HTTP", "HTTPS", "TCP").optional(),
  /** Port that is checked: 1 to 65535, or `"traffic-port"`, which is the container's. @default "traffic-port" */
  port: wholeNumberOr("traffic-port", 1, 65_535).optional(),
  /**
   * Path that is requested, 1 to 1024 characters beginning with `/`. Of gRPC, the method: `/package.service/method`. Not
   * with `"TCP"`.
   * @default - `"/"`; `"/AWS.ALB/healthcheck"` of gRPC
   */
  path: reference(
    pattern(/^\/(?:(?![$%]\{)[\x21-\x7e]){0,1023}$/, 'use a path of at most 1024 characters that begins with "/"'),
  ).optional(),
  /**
   * Status codes that mean healthy: `"200"`, `"200,302"`, `"200-299"`. Between 200 and 499; 200 to 599 with a Network Load
   * Balancer; 0 to 99 of gRPC. Not with `"TCP"`.
   * @default - `"200"`; `"200-399"` with a Network Load Balancer; `"12"` of gRPC
   */
  matcher: matcher.optional(),
  /** Seconds between checks: 5 to 300. @default 30 */
  interval: wholeNumber(5, 300).default(30),
  /**
   * Seconds after which a check has failed: 2 to 120, less than `interval`.
   * @default - 5; with a Network Load Balancer 6 for HTTP, and 10 for HTTPS and TCP
   */
  timeout: wholeNumber(2, 120).optional(),
  /** Checks in a row that must succeed until a task is healthy: 2 to 10. @default 5 */
  healthyThreshold: wholeNumber(2, 10).default(5),
  /** Checks in a row that must fail until a task is unhealthy: 2 to 10. @default 2 */
  unhealthyThreshold: wholeNumber(2, 10).default(2),
});

/**
 * Whether requests of one client go to one task.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
const stickiness = object({
  /**
   * What identifies a client: a cookie of the load balancer, a cookie of the application, or, with a Network Load
   * Balancer, its address.
   */
  type: oneOf("lb_cookie", "app_cookie", "source_ip"),
  /** Seconds that a cookie lasts: 1 to 604800, which is a week. @default - 86400, a day */
  cookieDuration: wholeNumber(1, 604_800).optional(),
  /** Name of the cookie that the application sets, for `"app_cookie"`; not beginning with `AWSALB`. @default - none */
  cookieName: reference(
    pattern(/^(?!AWSALB)[A-Za-z0-9!#&'*+.^_`|~-]{1,256}$/, 'use the name of a cookie, not beginning with "AWSALB"'),
  ).optional(),
});

/**
 * How a load balancer sends requests to the tasks. Tasks are registered by their IP address, with the port of the
 * container; to change that port is no change of the target group. Another `protocol` or `protocolVersion` replaces the
 * target group: see docs/guides/load-balancing.md.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export const targetGroup = object({
  /**
   * Protocol between load balancer and tasks. `"HTTP"` or `"HTTPS"` with an Application Load Balancer. With a Network Load
   * Balancer it is that of the listener, except that the tasks behind a listener with `"TLS"` may get `"TCP"` or `"TLS"`.
   * @default - `"HTTP"`; with a Network Load Balancer that of the listener, or `"TCP"` instead of `"TLS"`
   */
  protocol: oneOf("HTTP", "HTTPS", "TCP", "UDP", "TCP_UDP", "TLS").optional(),
  /**
   * Version of HTTP between an Application Load Balancer and tasks. `"HTTP2"` and `"GRPC"` need a listener with HTTPS.
   * @default - `"HTTP1"`
   */
  protocolVersion: oneOf("HTTP1", "HTTP2", "GRPC").optional(),
  /** How the load balancer checks whether a task is healthy. @default - as its properties say */
  healthCheck: healthCheck.prefault({}),
  /**
   * Seconds that a task gets to finish its requests when it is taken out, before it is stopped: 0 to 3600. A deployment
   * takes at least that long.
   * @default 300
   */
  deregistrationDelay: wholeNumber(0, 3600).default(300),
  /**
   * Seconds in which a new task gets more and more requests: 30 to 900. Only with an Application Load Balancer, and with the
   * algorithm `"round_robin"`.
   * @default - a new task gets its full share at once
   */
  slowStart: wholeNumber(30, 900).optional(),
  /** Whether requests of one client go to one task. @default - they go to any */
  stickiness: stickiness.optional(),
  /**
   * Which task gets the next request. Only with an Application Load Balancer.
   * @default - `"round_robin"`
   */
  loadBalancingAlgorithm: oneOf("round_robin", "least_outstanding_requests", "weighted_random").optional(),
}).superRefine((group, context) => {
  checkHealthCheck(group, context);
  checkStickiness(group, context);
  const { slowStart, loadBalancingAlgorithm = "round_robin" } = group;
  if (slowStart !== undefined && loadBalancingAlgorithm !== "round_robin") {
    problem(context, [], `slowStart needs loadBalancingAlgorithm "round_robin", not ${quote(loadBalancingAlgorithm)}`);
  }
});
export interface TargetGroupProps extends z.input<typeof targetGroup> {}
export type ParsedTargetGroup = z.output<typeof targetGroup>;

function checkHealthCheck({ healthCheck, protocolVersion }: ParsedTargetGroup, context: z.core.$RefinementCtx): void {
  const { protocol, path, matcher, interval, timeout } = healthCheck;
  if (timeout !== undefined && timeout >= interval) {
    const fault = `timeout ${String(timeout)} must be less than interval ${String(interval)}`;
    problem(context, ["healthCheck"], `${fault}; lower timeout or raise interval`);
  }
  if (protocol === "TCP" && (path !== undefined || matcher !== undefined)) {
    problem(context, ["healthCheck"], 'path and matcher need protocol "HTTP" or "HTTPS"; remove them');
  }
  if (protocolVersion === "GRPC" && path !== undefined && !isToken(path) && !/^\/[^/]+\/[^/]+$/.test(path)) {
    problem(context, ["healthCheck"], `path ${quote(path)} is not a gRPC method; write /package.service/method`);
  }
}

function checkStickiness({ stickiness }: ParsedTargetGroup, context: z.core.$RefinementCtx): void {
  if (stickiness === undefined) return;
  const { type, cookieDuration, cookieName } = stickiness;
  if ((type === "app_cookie") !== (cookieName !== undefined)) {
    const fault = cookieName === undefined ? '"app_cookie" needs cookieName' : 'cookieName is for type "app_cookie"';
    problem(context, ["stickiness"], `${fault}; ${cookieName === undefined ? "name the cookie" : "remove it"}`);
  }
  if (type === "source_ip" && cookieDuration !== undefined) {
    problem(context, ["stickiness"], 'cookieDuration is not for type "source_ip"; remove it');
  }
}
