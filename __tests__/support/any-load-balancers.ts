import fc from "fast-check";

import type { ServiceConfig } from "../../src/config";
import { CERTIFICATE, GROUP_ARN, LISTENER_ARN } from "./load-balancers";

type Balancers = NonNullable<ServiceConfig["loadBalancers"]>;
type Balancer = Balancers[string];

/** Any of the properties may be absent. */
function optional<T extends object>(properties: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record(properties, { requiredKeys: [] });
}

const pattern = fc.constantFrom("a", "*", "a?b");
const rule = fc
  .tuple(
    fc.record({ priority: fc.constantFrom(1, 2, 50_000, 0), hosts: fc.constantFrom(["a.example.com"], ["*.b"]) }),
    optional({
      paths: fc.constantFrom(["/a/*"], ["/$%7B"]),
      headers: fc.dictionary(
        fc.constantFrom("X-A", "toString", "host"),
        fc.array(pattern, { minLength: 1, maxLength: 1 }),
        {
          maxKeys: 1,
        },
      ),
      methods: fc.constant(["GET"]),
      queries: fc.array(fc.record({ key: pattern, value: fc.constantFrom("1", "${x}") }), {
        minLength: 1,
        maxLength: 1,
      }),
      sourceIps: fc.constantFrom(["10.0.0.0/8"], ["::/0"]),
    }),
  )
  .map(([required, others]) => ({ ...required, ...others }));

const targetGroup = optional({
  protocol: fc.constantFrom("HTTP" as const, "HTTPS" as const),
  protocolVersion: fc.constantFrom("HTTP1" as const, "GRPC" as const),
  healthCheck: optional({
    path: fc.constantFrom("/", "/a.b/c"),
    interval: fc.constantFrom(5, 30),
    port: fc.constantFrom(80, "traffic-port" as const),
  }),
  deregistrationDelay: fc.constantFrom(0, 3600),
  stickiness: fc.constantFrom({ type: "lb_cookie" } as const, { type: "app_cookie", cookieName: "sid" } as const),
});

const own = optional({
  subnets: fc.constant(["subnet-1", "subnet-2"]),
  ingress: fc.constantFrom([{ cidrIpv4: "10.0.0.0/8" }], [{ prefixList: "pl-1" }]),
  deletionProtection: fc.boolean(),
  accessLogs: fc.constantFrom({ bucket: "logs" }, { bucket: "logs", prefix: "a/b" }),
  name: fc.constantFrom("shop", "a-b"),
});
const scheme = fc.constantFrom("internet-facing" as const, "internal" as const);

const forms: fc.Arbitrary<Balancer> = fc.oneof(
  fc.record({
    listener: fc.constantFrom(
      { arn: LISTENER_ARN },
      { loadBalancer: { name: "shared" }, port: 443 },
      { loadBalancer: { tags: { Name: "a b" } }, port: 80 },
    ),
    rule,
  }),
  fc.record({ targetGroupArn: fc.constant(GROUP_ARN) }),
  fc
    .tuple(
      scheme,
      own,
      optional({
        certificateArn: fc.constant(CERTIFICATE),
        redirectHttp: fc.boolean(),
        idleTimeout: fc.constant(4000),
      }),
    )
    .map((parts) => ({ applicationLoadBalancer: Object.assign({ scheme: parts[0] }, parts[1], parts[2]) })),
  fc.tuple(scheme, own, optional({ port: fc.constant(443), crossZone: fc.boolean() })).map((parts) => ({
    networkLoadBalancer: Object.assign({ scheme: parts[0] }, parts[1], parts[2]),
  })),
);

const balancer: fc.Arbitrary<Balancer> = fc
  .tuple(forms, fc.option(targetGroup, { nil: undefined, freq: 2 }))
  .map(([form, settings]) => ({ ...form, ...(settings && !form.targetGroupArn && { targetGroup: settings }) }));

/** Load balancers of a service with one port. */
export const loadBalancers: fc.Arbitrary<Balancers> = fc.dictionary(
  fc.constantFrom("public", "internal", "a1-b"),
  balancer,
  {
    minKeys: 1,
    maxKeys: 2,
  },
);

/** A service with load balancers, and a port that they can send to. */
export function balanced(service: ServiceConfig, balancers: Balancers | undefined): ServiceConfig {
  if (balancers === undefined) return service;
  const containers = service.containers.map((container, index) => ({
    ...container,
    portMappings: index === 0 ? [{ containerPort: 8080 }] : [],
  }));
  return { ...service, containers, loadBalancers: balancers };
}
