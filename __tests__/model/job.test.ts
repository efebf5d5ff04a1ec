import { fargateJob, type PinnedFargateJobProps } from "../../src/model/job";
import { REFERENCE, describeProperties, lines } from "../support/problems";
import { FOREIGN_IMAGE } from "../support/task-stack";

const VALID: PinnedFargateJobProps = {
  name: "report",
  cluster: "staging",
  network: { vpc: "default" },
  cpu: 256,
  memory: 512,
  containers: [{ name: "report", image: { repository: "shop", tag: "1.10" } }],
};
const KEPT = { service: "shop-staging", container: "web" };

const linesOf = (changes: object): string[] => lines(fargateJob, { ...VALID, ...changes });
const containers = (...repositories: string[]) =>
  repositories.map((repository) => ({ name: repository, image: { repository } }));

describe("a job", () => {
  test("is a task, with its checks", () => {
    expect(linesOf({})).toEqual([]);
    expect(linesOf({ memory: 256 })).toEqual(["it: memory 256 is not valid; use a whole number from 512 to 249856"]);
    expect(linesOf({ cpu: 1024 })).toEqual([
      "it: memory 512 MiB is not valid with 1024 cpu units; choose 2048, 3072, 4096, 5120, 6144, 7168 or 8192",
    ]);
  });

  test("has nothing that only a service has", () =>
    expect(linesOf({ desiredCount: 2, scaling: {} })).toEqual([
      'it: unknown property "desiredCount", which only a service has; remove it',
      'it: unknown property "scaling", which only a service has; remove it',
    ]));

  describeProperties(fargateJob, VALID, [
    [
      "name",
      ["report", "r".repeat(236)],
      ["", "a b", "sg-report", "r".repeat(237), REFERENCE],
      'use 1 to 236 letters, digits, "_" or "-", not beginning with "sg-", which EC2 reserves for ids',
    ],
  ]);

  test("says what is wrong with its schedule, by path", () =>
    expect(linesOf({ schedule: { expression: "rate(1 hours)" } })).toEqual([
      'it: schedule: expression "rate(1 hours)" is not valid; use a rate like "rate(1 hour)" or "rate(5 minutes)"',
    ]));
});

describe("an image that names no build", () => {
  test("needs a service whose build it is", () => {
    expect(linesOf({ containers: [...containers("shop"), { name: "proxy", image: FOREIGN_IMAGE }] })).toEqual([
      'it: containers[0] "shop": image: names neither tag nor digest; add one of them, or name the service whose build the job runs too',
    ]);
    expect(linesOf({ containers: containers("shop"), keepsBuildOf: KEPT })).toEqual([]);
    expect(linesOf({ containers: containers("shop"), keepsBuildOf: { ...KEPT, service: REFERENCE } })).toEqual([]);
  });

  test("must not be of another repository than a second one", () =>
    expect(linesOf({ containers: containers("shop", "proxy"), keepsBuildOf: KEPT })).toEqual([
      'it: containers "shop" and "proxy" name no build, and are of two repositories, but a job keeps the build of one; give one of them a tag or a digest',
    ]));

  test("can be that of a container with a valid name alone", () =>
    expect(linesOf({ keepsBuildOf: { service: "a b", container: "__proto__" } })).toEqual([
      'it: keepsBuildOf: service "a b" is not valid; use the name of a service: 1 to 255 letters, digits, "_" or "-"',
      'it: keepsBuildOf: container "__proto__" has a special meaning in JavaScript or CDKTF; rename it',
    ]));
});
