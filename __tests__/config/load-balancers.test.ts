import { resolveConfig, type ServiceConfig } from "../../src/config";
import { ALB, BY_NAME, type Balancers } from "../support/load-balancers";
import { config, container, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

const network = { vpc: "default", assignPublicIp: true } as const;

/** The load balancers of a service in an environment. */
function resolved(name: string, loadBalancers: Balancers, changes: Partial<ServiceConfig> = {}): Balancers | undefined {
  const containers = [container({ portMappings: [{ containerPort: 8080 }] })];
  const services = [service({ containers, loadBalancers, ...changes })];
  const environments = [environment({ name, network })];
  return resolveConfig(config({ services, environments }), {}).services[0]?.service.loadBalancers;
}

test("a load balancer is protected from deletion, but not where it is only tried out", () => {
  expect(resolved("staging", { public: ALB })).toEqual({ public: ALB });
  expect(resolved("local", { public: ALB })).toEqual({
    public: { applicationLoadBalancer: { scheme: "internet-facing", deletionProtection: false } },
  });
  const isProtected = { applicationLoadBalancer: { scheme: "internet-facing", deletionProtection: true } } as const;
  expect(resolved("local", { public: isProtected })).toEqual({ public: isProtected });
});

test("a load balancer of a pull request can be deleted with it", () => {
  const containers = [container({ portMappings: [{ containerPort: 8080 }] })];
  const given = config({
    services: [service({ containers, loadBalancers: { public: ALB } })],
    environments: [environment({ name: "pr-*", fromVariable: "PR_NUMBER", network })],
  });
  expect(resolveConfig(given, { PR_NUMBER: "12" }).services[0]?.service.loadBalancers).toEqual({
    public: { applicationLoadBalancer: { scheme: "internet-facing", deletionProtection: false } },
  });
});

describe("an environment", () => {
  test("overrides one property", () =>
    expect(
      resolved(
        "staging",
        { public: BY_NAME },
        { environments: { staging: { loadBalancers: { public: { rule: { priority: 2 } } } } } },
      ),
    ).toEqual({ public: { ...BY_NAME, rule: { priority: 2, hosts: ["shop.example.com"] } } }));

  test("overrides the form", () =>
    expect(
      resolved("staging", { public: BY_NAME }, { environments: { staging: { loadBalancers: { public: ALB } } } }),
    ).toEqual({ public: ALB }));

  test("is named with what is wrong", () => {
    const changes = { environments: { staging: { loadBalancers: { public: { rule: { priority: 0 } } } } } };
    expect(rejection(() => resolved("staging", { public: BY_NAME }, changes))).toBe(
      'service "shop": environments: staging: loadBalancers: public: rule: priority 0 is not valid; use a whole number from 1 to 50000',
    );
  });
});
