import type { z } from "zod";

import { quote } from "../errors";
import type { ParsedContainer } from "./container";
import { isToken } from "./leaves";
import { problem } from "./problems";

/** The port that the router listens on for the other containers. */
export const ROUTER_PORT = 24_224;

/** A task has one log router if containers log to one, and none otherwise: Amazon ECS registers nothing else. */
export function checkLogRouter(containers: readonly ParsedContainer[], context: z.core.$RefinementCtx): void {
  const [router, ...others] = containers.filter(({ firelensConfiguration }) => firelensConfiguration !== undefined);
  const at = (container: ParsedContainer): PropertyKey[] => ["containers", containers.indexOf(container)];
  const senders = containers.filter(({ logging }) => logging.driver === "awsfirelens");
  if (!router) {
    for (const sender of senders) {
      const fault =
        'driver "awsfirelens" needs a container with a firelensConfiguration, and the task has none; add one';
      problem(context, [...at(sender), "logging"], fault);
    }
    return;
  }
  for (const other of others) {
    problem(context, at(other), `container ${quote(router.name)} is the log router already, and a task has only one`);
  }
  if (router.logging.driver === "awsfirelens") {
    problem(context, [...at(router), "logging"], 'the log router cannot log to itself; use driver "awslogs"');
  } else if (senders.length === 0) {
    const wayOut = 'give one logging: { driver: "awsfirelens", options: { … } }, or remove firelensConfiguration';
    problem(context, at(router), `no container logs to this log router; ${wayOut}`);
  }
  checkUser(router, at(router), context);
  checkPort(containers, context);
}

/** @see https://github.com/cloudposse/terraform-aws-ecs-container-definition/pull/97 */
function checkUser({ user }: ParsedContainer, path: readonly PropertyKey[], context: z.core.$RefinementCtx): void {
  if (user === undefined || isToken(user) || /^[0-9]+(:.+)?$/.test(user)) return;
  problem(
    context,
    path,
    `user ${quote(user)} is not valid for a log router; begin it with the number of the user: "0"`,
  );
}

function checkPort(containers: readonly ParsedContainer[], context: z.core.$RefinementCtx): void {
  for (const [index, { portMappings }] of containers.entries()) {
    const mapping = portMappings.findIndex(({ containerPort }) => containerPort === ROUTER_PORT);
    if (mapping < 0) continue;
    const fault = `port ${String(ROUTER_PORT)} is that of the log router, which only the task may reach; remove it`;
    problem(context, ["containers", index, "portMappings", mapping], fault);
  }
}
