import { fullTargetGroup, targetGroupFaults, type Front } from "../../src/model/full-target-group";
import { parse } from "../../src/model/problems";
import { targetGroup, type TargetGroupProps } from "../../src/model/target-group";
import { REFERENCE } from "../support/problems";

const APPLICATION: Front = { kind: "application", https: undefined };
const behind = (protocol: "TCP" | "UDP" | "TCP_UDP" | "TLS"): Front => ({ kind: "network", protocol });
const full = (given: TargetGroupProps, front: Front) => fullTargetGroup(parse(targetGroup, given, "it"), front);

describe("what is not given is", () => {
  test("what an Application Load Balancer has by default", () => {
    expect(full({}, APPLICATION)).toEqual({
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      healthCheck: {
        protocol: "HTTP",
        port: "traffic-port",
        path: "/",
        matcher: "200",
        interval: 30,
        timeout: 5,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
      },
      deregistrationDelay: 300,
      slowStart: undefined,
      stickiness: { enabled: false, type: "lb_cookie", cookieDuration: 86_400 },
      loadBalancingAlgorithm: "round_robin",
    });
  });

  test("the health check of gRPC", () => {
    expect(full({ protocolVersion: "GRPC" }, APPLICATION).healthCheck).toMatchObject({
      path: "/AWS.ALB/healthcheck",
      matcher: "12",
    });
  });

  test("what a Network Load Balancer has by default", () => {
    expect(full({}, behind("UDP"))).toEqual({
      protocol: "UDP",
      healthCheck: {
        protocol: "TCP",
        port: "traffic-port",
        interval: 30,
        timeout: 10,
        healthyThreshold: 5,
        unhealthyThreshold: 2,
      },
      deregistrationDelay: 300,
      stickiness: { enabled: false, type: "source_ip" },
    });
  });

  test("TCP behind a listener for TLS", () => expect(full({}, behind("TLS")).protocol).toBe("TCP"));

  test("no stickiness with TLS, which has none", () =>
    expect(full({ protocol: "TLS" }, behind("TLS"))).not.toHaveProperty("stickiness"));

  test("how a Network Load Balancer checks HTTP", () => {
    expect(full({ healthCheck: { protocol: "HTTP" } }, behind("TCP")).healthCheck).toMatchObject({
      path: "/",
      matcher: "200-399",
      timeout: 6,
    });
  });

  test("a timeout below the interval", () => {
    expect(full({ healthCheck: { interval: 5 } }, APPLICATION).healthCheck.timeout).toBe(4);
    expect(full({ healthCheck: { interval: 5 } }, behind("TCP")).healthCheck.timeout).toBe(4);
  });
});

test("what is given stays", () => {
  const given: TargetGroupProps = {
    protocol: "HTTPS",
    protocolVersion: "HTTP2",
    healthCheck: {
      protocol: "HTTPS",
      port: 9000,
      path: "/ping",
      matcher: "200,204",
      interval: 10,
      timeout: 9,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
    deregistrationDelay: 0,
    slowStart: 30,
    stickiness: { type: "app_cookie", cookieName: "sid", cookieDuration: 60 },
    loadBalancingAlgorithm: "round_robin",
  };
  expect(full(given, APPLICATION)).toEqual({ ...given, stickiness: { enabled: true, ...given.stickiness } });
});

describe("what a kind of load balancer does not have is a fault:", () => {
  const faults = (given: TargetGroupProps, front: Front) =>
    [...targetGroupFaults(parse(targetGroup, given, "it"), front)].map(([path, fault]) => [...path, fault].join(": "));

  test.each<[TargetGroupProps, Front, string]>([
    [{ protocol: "TCP" }, APPLICATION, 'protocol "TCP" is not for an Application Load Balancer; choose HTTP or HTTPS'],
    [
      { protocol: "HTTP" },
      behind("TCP"),
      'protocol "HTTP" is not for a Network Load Balancer with a listener for TCP; choose TCP',
    ],
    [
      { protocol: "UDP" },
      behind("TLS"),
      'protocol "UDP" is not for a Network Load Balancer with a listener for TLS; choose TCP or TLS',
    ],
    [
      { stickiness: { type: "source_ip" } },
      APPLICATION,
      'stickiness: type "source_ip" is not for an Application Load Balancer; choose lb_cookie or app_cookie',
    ],
    [
      { stickiness: { type: "lb_cookie" } },
      behind("TCP"),
      'stickiness: type "lb_cookie" is not for a Network Load Balancer; choose source_ip',
    ],
    [
      { stickiness: { type: "source_ip" } },
      behind("TLS"),
      "stickiness is not for a Network Load Balancer with TLS; remove it",
    ],
    [
      { healthCheck: { protocol: "TCP" } },
      APPLICATION,
      'healthCheck: protocol "TCP" is not for an Application Load Balancer; choose "HTTP" or "HTTPS"',
    ],
    [
      { healthCheck: { matcher: "200-500" } },
      APPLICATION,
      'healthCheck: matcher "200-500" is not valid for an Application Load Balancer; use codes from 200 to 499',
    ],
    [
      { protocolVersion: "GRPC", healthCheck: { matcher: "0,100" } },
      APPLICATION,
      'healthCheck: matcher "0,100" is not valid for an Application Load Balancer; use codes from 0 to 99',
    ],
    [
      { healthCheck: { protocol: "HTTP", matcher: "199" } },
      behind("TCP"),
      'healthCheck: matcher "199" is not valid for a Network Load Balancer; use codes from 200 to 599',
    ],
    [{ protocolVersion: "HTTP2" }, behind("TCP"), "protocolVersion is for an Application Load Balancer; remove it"],
    [{ slowStart: 30 }, behind("TCP"), "slowStart is for an Application Load Balancer; remove it"],
    [
      { loadBalancingAlgorithm: "round_robin" },
      behind("TCP"),
      "loadBalancingAlgorithm is for an Application Load Balancer; remove it",
    ],
    [
      { protocolVersion: "GRPC" },
      { kind: "application", https: false },
      'protocolVersion "GRPC" needs a listener with HTTPS; give a certificateArn',
    ],
  ])("%j", (given, front, line) => {
    expect(faults(given, front)).toEqual([line]);
  });

  test.each<[TargetGroupProps, Front]>([
    [{ protocol: "TLS" }, behind("TLS")],
    [{ protocol: "TCP_UDP" }, behind("TCP_UDP")],
    [{ stickiness: { type: "source_ip" } }, behind("UDP")],
    [{ healthCheck: { protocol: "HTTPS", matcher: "200-599" } }, behind("TCP")],
    [{ healthCheck: { matcher: REFERENCE } }, APPLICATION],
    [{ protocolVersion: "GRPC" }, APPLICATION],
    [{ protocolVersion: "HTTP2" }, { kind: "application", https: true }],
  ])("but not %j", (given, front) => {
    expect(faults(given, front)).toEqual([]);
  });
});
