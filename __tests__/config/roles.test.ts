import { resolveConfig, type Config } from "../../src/config";
import { config, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

const resolved = (changes: Partial<Config>) => resolveConfig(config(changes), {}).services;

describe("roles and names", () => {
  const LIMIT = "arn:aws:iam::111122223333:policy/limit";

  test("get the boundary of the environment", () =>
    expect(resolved({ environments: [environment({ permissionsBoundary: LIMIT })] })[0]?.service).toMatchObject({
      permissionsBoundary: LIMIT,
    }));

  test("may have a boundary of their own", () => {
    const own = "arn:aws:iam::111122223333:policy/own";
    const shop = service({ permissionsBoundary: own });
    const environments = [environment({ permissionsBoundary: LIMIT })];
    expect(resolved({ environments, services: [shop] })[0]?.service.permissionsBoundary).toBe(own);
  });

  test("are overridden property by property", () => {
    const shop = service({
      names: { service: "orders", logGroup: "/orders" },
      taskRole: { xray: true, managedPolicies: ["arn:aws:iam::aws:policy/A"] },
      environments: {
        staging: {
          names: { service: "orders-staging" },
          existing: { executionRole: "shared" },
          taskRole: { managedPolicies: [] },
        },
      },
    });
    expect(resolved({ services: [shop] })[0]?.service).toMatchObject({
      name: "shop-staging",
      names: { service: "orders-staging", logGroup: "/orders" },
      existing: { executionRole: "shared" },
      taskRole: { xray: true, managedPolicies: [] },
    });
  });

  test("do not change the name of the stack", () =>
    expect(
      resolved({ services: [service({ names: { service: "orders" } })] }).map(({ stackName }) => stackName),
    ).toEqual(["shop-staging"]));

  test("of another account are rejected", () =>
    expect(
      rejection(() =>
        resolveConfig(
          config({
            environments: [environment({ accountId: "444455556666" })],
            services: [service({ existing: { taskRole: "arn:aws:iam::111122223333:role/shared" } })],
          }),
          {},
        ),
      ),
    ).toBe(
      'service "shop" in "staging": existing.taskRole is a role in account 111122223333; use one in 444455556666, where the service is',
    ));
});

describe("a job", () => {
  const LIMIT = "arn:aws:iam::111122223333:policy/limit";
  const container = { name: "web", image: { repository: "team/web" } };
  const job = { name: "migrate", cpu: 256, memory: 512, containers: [container], service: "shop" };

  test("keeps the build of a service that has a name of its own", () => {
    const services = [service({ names: { service: "orders" } })];
    expect(resolveConfig(config({ services, jobs: [job] }), {}).jobs[0]?.job.keepsBuildOf).toEqual({
      service: "orders",
      container: "web",
    });
  });

  test("gets the boundary of the environment", () =>
    expect(
      resolveConfig(config({ environments: [environment({ permissionsBoundary: LIMIT })], jobs: [job] }), {}).jobs[0]
        ?.job,
    ).toMatchObject({ permissionsBoundary: LIMIT }));

  test("cannot have a name of a service", () => {
    const services = [service({ names: { taskRole: "web" } })];
    expect(
      rejection(() => resolveConfig(config({ services, jobs: [{ ...job, names: { taskRole: "web" } }] }), {})),
    ).toBe(
      'job "migrate" in "staging": names.taskRole: "web" is also a name of service "shop" in "staging"; give one of them another name',
    );
  });
});
