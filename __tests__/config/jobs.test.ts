import { resolveConfig, type Config, type JobConfig } from "../../src/config";
import type { ProcessEnvironment } from "../../src/model/build-variables";
import { config, container, environment, service } from "../support/config";
import { rejections } from "../support/rejection";
import { synthesized } from "../support/synthesis";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** A job that belongs to the service `shop`, whose first container runs `team/web`. */
function job(changes: Partial<JobConfig> = {}): JobConfig {
  return {
    name: "report",
    service: "shop",
    cpu: 256,
    memory: 512,
    containers: [{ name: "report", image: { repository: "team/web" } }],
    ...changes,
  };
}

const withJobs = (jobs: readonly JobConfig[], changes: Partial<Config> = {}): Config => config({ jobs, ...changes });
const resolved = (jobs: readonly JobConfig[], variables: ProcessEnvironment = {}, changes: Partial<Config> = {}) =>
  resolveConfig(withJobs(jobs, changes), variables).jobs;
const imagesOf = (variables: ProcessEnvironment, changes: Partial<JobConfig> = {}): unknown[] =>
  resolved([job(changes)], variables).flatMap((each) => each.job.containers.map(({ image }) => image));
const rejected = (jobs: readonly JobConfig[], variables: ProcessEnvironment = {}, changes: Partial<Config> = {}) =>
  rejections(() => resolveConfig(withJobs(jobs, changes), variables));

test("what only a job or only a service has is told from what nobody has", () => {
  const misplaced = { schedule: { expression: "rate(1 day)" } };
  expect(rejected([job({ desiredCount: 1 } as object)], {}, { services: [service(misplaced as object)] })).toEqual([
    'service "shop": unknown property "schedule", which only a job has; write it into jobs',
    'job "report": unknown property "desiredCount", which only a service has; remove it',
  ]);
});

describe("a job", () => {
  test("is deployed to every environment, in its cluster and network, under its own name and tags", () => {
    const environments = [
      environment({ tags: { team: "shop" } }),
      environment({ name: "production", cluster: { existing: "shared" }, network: { vpc: { id: "vpc-1" } } }),
    ];
    expect(resolved([job()], {}, { environments })).toMatchObject([
      {
        stackName: "report-staging",
        tags: { team: "shop", service: "report", environment: "staging" },
        job: { name: "report-staging", cluster: "staging", network: { vpc: "default" } },
      },
      { stackName: "report-production", job: { cluster: "shared", network: { vpc: { id: "vpc-1" } } } },
    ]);
  });

  test("can be in some environments only, and differ in them", () => {
    const environments = [environment(), environment({ name: "production" }), environment({ name: "qa" })];
    const changes = {
      only: ["staging", "production"],
      schedule: { expression: "rate(1 hour)" },
      environments: {
        staging: { schedule: { enabled: false } },
        production: { memory: 1024, containers: { report: { command: ["all"] } } },
      },
    };
    expect(resolved([job(changes)], {}, { environments }).map((each) => each.job)).toMatchObject([
      { memory: 512, schedule: { expression: "rate(1 hour)", enabled: false } },
      { memory: 1024, schedule: { expression: "rate(1 hour)" }, containers: [{ command: ["all"] }] },
    ]);
  });

  test("is extended with the name of the environment", () => {
    const told: string[] = [];
    synthesized(withJobs([job({ extend: (given, name) => told.push(`${name} ${given.taskDefinition.node.path}`) })]));
    expect(told).toEqual(["staging report-staging/Default/Default/task-definition"]);
  });

  test("has a repository in the registry", () =>
    expect(
      resolveConfig(
        withJobs([
          job({ service: undefined, containers: [container({ image: { repository: "jobs/report", tag: "1" } })] }),
        ]),
        {},
      ).registry.repositories,
    ).toEqual(["jobs/report", "team/web"]));
});

describe("the build of a job that belongs to a service", () => {
  test("is the one that the service runs", () =>
    expect(resolved([job()])[0]?.job.keepsBuildOf).toEqual({ service: "shop-staging", container: "web" }));

  test("is the one that CI names for the service", () => {
    expect(imagesOf({ SHOP_IMAGE_TAG: `1.11@${DIGEST}` })).toEqual([
      { repository: "team/web", tag: "1.11", digest: DIGEST },
    ]);
    expect(resolved([job()], { SHOP_IMAGE_TAG: "1.11" })[0]?.job.keepsBuildOf).toBeUndefined();
  });

  test("is named for its images of the service's repository alone", () => {
    const proxy = { name: "proxy", image: { repository: "proxy", tag: "3" }, essential: false };
    const containers = [...job().containers, proxy];
    expect(imagesOf({ SHOP_IMAGE_TAG: "1.11" }, { containers })).toEqual([
      { repository: "team/web", tag: "1.11" },
      { repository: "proxy", tag: "3" },
    ]);
  });

  test("is what the job says, while CI names none", () => {
    const containers = [{ name: "report", image: { repository: "team/web", tag: "1.9" } }];
    expect(imagesOf({}, { containers })).toEqual([{ repository: "team/web", tag: "1.9" }]);
  });

  test.each<[string, Partial<JobConfig>, Partial<Config>, string]>([
    [
      "the service takes no image from its repository",
      { containers: [{ name: "report", image: { repository: "other" } }] },
      {},
      'job "report" in "staging": service "shop", whose build it would keep, takes no image from repository "other"; give the image a tag or a digest',
    ],
    [
      "the service is not deployed there",
      {},
      { services: [service({ only: ["qa"] })], environments: [environment(), environment({ name: "qa" })] },
      'job "report" in "staging": service "shop", whose build it would keep, is not deployed there; give the image a tag or a digest',
    ],
  ])("is not known if %s", (_, changes, others, line) => expect(rejected([job(changes)], {}, others)).toContain(line));

  test("is named even where the service is not deployed", () => {
    const others = {
      services: [service({ only: ["qa"] })],
      environments: [environment(), environment({ name: "qa" })],
    };
    const [staging] = resolved([job()], { SHOP_IMAGE_TAG: "1.11" }, others);
    expect(staging?.job.containers[0]?.image).toEqual({ repository: "team/web", tag: "1.11" });
  });
});

describe("the build of a job of its own", () => {
  const own = job({ service: undefined, containers: [container({ image: { repository: "jobs", tag: "1" } })] });

  test("is named by its own variables", () => {
    const [staging] = resolved([own], { REPORT_IMAGE_TAG: "2" });
    expect(staging?.job.containers[0]?.image).toEqual({ repository: "jobs", tag: "2" });
  });

  test("must be named", () =>
    expect(rejected([{ ...own, containers: [container({ image: { repository: "jobs" } })] }])).toEqual([
      'job "report" in "staging": containers[0] "web": image: names neither tag nor digest; add one of them, or name the service whose build the job runs too',
    ]));

  test("has a variable that is known, unlike that of a job of a service", () => {
    const warnings = (jobs: readonly JobConfig[]): readonly string[] =>
      resolveConfig(withJobs(jobs), { REPORT_IMAGE_TAG: "2" }).warnings;
    expect(warnings([own])).toEqual([]);
    expect(warnings([job()])).toEqual([
      "warning: REPORT_IMAGE_TAG is set, but no service or job has that name; choose SHOP_IMAGE_TAG",
    ]);
  });
});

describe("what only the environment can show", () => {
  test("is checked as for a service", () =>
    expect(
      rejected([
        job({
          logKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/logs",
          capacityProviderStrategy: { FARGATE_SPOT: { weight: 1 } },
        }),
      ]),
    ).toEqual([
      expect.stringContaining('job "report" in "staging": logKmsKeyArn is in eu-west-1') as unknown,
      expect.stringContaining('job "report" in "staging": capacityProviderStrategy uses FARGATE_SPOT') as unknown,
    ]));

  test("says how sessions are logged", () => {
    const environments = [environment({ cluster: { executeCommand: { s3Bucket: "sessions" } } })];
    expect(resolved([job({ executeCommand: true })], {}, { environments })[0]?.job.executeCommand).toEqual({
      s3Bucket: "sessions",
    });
  });
});

describe("what is rejected", () => {
  test.each<[string, readonly JobConfig[], string]>([
    [
      "an unknown service",
      [job({ service: "shup" })],
      'job "report": service: there is no service "shup"; choose "shop"',
    ],
    [
      "an unknown environment",
      [job({ only: ["qa"] })],
      'job "report": only: there is no environment "qa"; choose "staging"',
    ],
    [
      "an override of an unknown container",
      [job({ environments: { staging: { containers: { web: {} } } } })],
      'job "report": environments: staging: containers: there is no container "web"; choose "report"',
    ],
    ["two jobs of one name", [job(), job()], 'two jobs are named "report"; give each a name of its own'],
    [
      "a job with the name of a service",
      [job({ name: "shop" })],
      'two stacks would be named "shop-staging"; rename a service, its stack, a job or an environment',
    ],
    [
      "a property that only a service has",
      [{ ...job(), desiredCount: 1 } as JobConfig],
      'job "report": unknown property "desiredCount"',
    ],
  ])("%s", (_, jobs, line) => expect(rejected(jobs).join()).toContain(line));

  test("a value that is no plain data, by path", () =>
    expect(rejected([job({ cpu: new Date() as never })])).toEqual([
      'job "report": cpu is an object of a class; write plain values: { … }, [ … ], text, numbers, true or false',
    ]));

  test("an extend that throws, by job and environment", () =>
    expect(() =>
      synthesized(
        withJobs([
          job({
            extend: () => {
              throw new Error("no queue");
            },
          }),
        ]),
      ),
    ).toThrow('job "report" in "staging": extend failed: no queue'));
});
