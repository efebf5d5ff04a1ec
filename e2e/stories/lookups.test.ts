import type { Config } from "../../src/config";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
const STACK = "demo-local";

/** The shipped service with two containers of one repository, and one of another. */
function threeContainers(): Config {
  const { services, ...rest } = demoLocal();
  const [service] = services;
  const [web] = service?.containers ?? [];
  if (!service || !web) throw new Error("no container ships");
  const worker = { name: "worker", image: web.image, essential: false };
  const agent = { name: "agent", image: { repository: "agent", tag: "1" }, essential: false };
  return { ...rest, services: [{ ...service, containers: [web, worker, agent] }] };
}

let project: Project;

beforeAll(async () => {
  await Promise.all([aws.createRepository("demo"), aws.createRepository("agent")]);
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  await push(aws.ecr, "agent", manifest("agent"), "1");
  project = aws.project(threeContainers());
  await project.deploy(STACK);
});

/** The calls to Amazon ECR that a plan makes. */
async function callsOfPlan(): Promise<Record<string, number>> {
  const calls = await aws.callsOf(() => project.plan(STACK));
  return Object.fromEntries(Object.entries(calls).filter(([action]) => action.startsWith("ecr:")));
}

test("a plan makes two calls to Amazon ECR for each image, not for each container", async () => {
  expect(await callsOfPlan()).toEqual({ "ecr:DescribeImages": 2, "ecr:DescribeRepositories": 2 });
});

test("it makes no more of them when the repository holds several pages of images", async () => {
  for (let build = 0; build < 250; build += 1) await push(aws.ecr, "demo", manifest(`old ${build}`), `old-${build}`);

  expect(await callsOfPlan()).toEqual({ "ecr:DescribeImages": 2, "ecr:DescribeRepositories": 2 });
});
