import { targetGroup, type TargetGroupProps } from "../../src/model/target-group";
import { REFERENCE, describeProperties, lines } from "../support/problems";

describeProperties(targetGroup, {}, [
  [
    "protocol",
    ["HTTP", "HTTPS", "TCP", "UDP", "TCP_UDP", "TLS"],
    ["http", "GENEVE"],
    "choose HTTP, HTTPS, TCP, UDP, TCP_UDP or TLS",
  ],
  ["protocolVersion", ["HTTP1", "HTTP2", "GRPC"], ["HTTP/2"], "choose HTTP1, HTTP2 or GRPC"],
  ["deregistrationDelay", [0, 3600], [-1, 3601, "30"], "use a whole number from 0 to 3600"],
  ["slowStart", [30, 900], [0, 29, 901], "use a whole number from 30 to 900"],
  [
    "loadBalancingAlgorithm",
    ["round_robin", "least_outstanding_requests", "weighted_random"],
    ["random"],
    "choose round_robin, least_outstanding_requests or weighted_random",
  ],
]);

const checked = (healthCheck: object): string[] => lines(targetGroup, { healthCheck });
const sticky = (stickiness: object): string[] => lines(targetGroup, { stickiness });

test.each<[TargetGroupProps["healthCheck"], string]>([
  [{ interval: 4 }, "interval 4 is not valid; use a whole number from 5 to 300"],
  [{ interval: 301 }, "interval 301 is not valid; use a whole number from 5 to 300"],
  [{ interval: 300, timeout: 121 }, "timeout 121 is not valid; use a whole number from 2 to 120"],
  [{ healthyThreshold: 1 }, "healthyThreshold 1 is not valid; use a whole number from 2 to 10"],
  [{ unhealthyThreshold: 11 }, "unhealthyThreshold 11 is not valid; use a whole number from 2 to 10"],
  [{ port: 0 }, 'port 0 is not valid; use a whole number from 1 to 65535, or "traffic-port"'],
  [{ path: "ping" }, 'path "ping" is not valid; use a path of at most 1024 characters that begins with "/"'],
  [{ path: "/${x}" }, 'path "/${x}" is not valid; use a path of at most 1024 characters that begins with "/"'],
  [{ matcher: "2xx" }, 'matcher "2xx" is not valid; use status codes: "200", "200,302" or "200-299"'],
])("rejects the health check %j", (healthCheck, line) => {
  expect(checked(healthCheck ?? {})).toEqual([`it: healthCheck: ${line}`]);
});

test.each<[string, object, string]>([
  [
    "timeout below interval",
    { interval: 5, timeout: 5 },
    "timeout 5 must be less than interval 5; lower timeout or raise interval",
  ],
  ["no path with TCP", { protocol: "TCP", path: "/" }, 'path and matcher need protocol "HTTP" or "HTTPS"; remove them'],
  [
    "no matcher with TCP",
    { protocol: "TCP", matcher: "200" },
    'path and matcher need protocol "HTTP" or "HTTPS"; remove them',
  ],
])("a health check has %s", (_what, healthCheck, line) => {
  expect(checked(healthCheck)).toEqual([`it: healthCheck: ${line}`]);
});

test("the health check of gRPC is a method", () => {
  const grpc = (path: string) => lines(targetGroup, { protocolVersion: "GRPC", healthCheck: { path } });
  expect(grpc("/grpc.health.v1.Health/Check")).toEqual([]);
  expect(grpc(REFERENCE)).toEqual([]);
  expect(grpc("/ping")).toEqual(['it: healthCheck: path "/ping" is not a gRPC method; write /package.service/method']);
});

describe("stickiness", () => {
  test.each([
    { type: "lb_cookie", cookieDuration: 604_800 },
    { type: "app_cookie", cookieName: "sid" },
    { type: "source_ip" },
  ])("may be %j", (stickiness) => {
    expect(sticky(stickiness)).toEqual([]);
  });

  test.each<[object, string]>([
    [{ type: "app_cookie" }, ': "app_cookie" needs cookieName; name the cookie'],
    [{ type: "lb_cookie", cookieName: "sid" }, ': cookieName is for type "app_cookie"; remove it'],
    [{ type: "source_ip", cookieDuration: 1 }, ': cookieDuration is not for type "source_ip"; remove it'],
    [{ type: "lb_cookie", cookieDuration: 0 }, ": cookieDuration 0 is not valid; use a whole number from 1 to 604800"],
    [
      { type: "app_cookie", cookieName: "AWSALBx" },
      ': cookieName "AWSALBx" is not valid; use the name of a cookie, not beginning with "AWSALB"',
    ],
  ])("cannot be %j", (stickiness, line) => {
    expect(sticky(stickiness)).toEqual([`it: stickiness${line}`]);
  });
});

test("slow start needs the algorithm round_robin", () => {
  expect(lines(targetGroup, { slowStart: 30, loadBalancingAlgorithm: "round_robin" })).toEqual([]);
  expect(lines(targetGroup, { slowStart: 30, loadBalancingAlgorithm: "weighted_random" })).toEqual([
    'it: slowStart needs loadBalancingAlgorithm "round_robin", not "weighted_random"',
  ]);
});
