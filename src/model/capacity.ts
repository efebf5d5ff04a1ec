import { z } from "zod";

import { quote } from "../errors";
import { literal, object, oneOf, pattern, wholeNumber } from "./leaves";
import { problem } from "./problems";

/**
 * The capacity providers of Fargate: `FARGATE` runs tasks at the full price, `FARGATE_SPOT` at a lower one on spare
 * capacity, which AWS may take back with two minutes' notice.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export const capacityProvider = oneOf("FARGATE", "FARGATE_SPOT");

/** The share of the tasks that runs on one capacity provider. */
const share = object({
  /**
   * Number of tasks that run on this provider before the weights count: 0 to 100000. Only one provider may have one above
   * 0.
   * @default 0
   */
  base: wholeNumber(0, 100_000).optional(),
  /**
   * Share of the tasks above `base`, relative to the weights of all providers: 0 to 1000. One of them must be above 0.
   * @default 0
   */
  weight: wholeNumber(0, 1000).optional(),
});

/**
 * How tasks are divided between the capacity providers of Fargate.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export const capacityProviderStrategy = object({
  /** Tasks at the full price. @default - none */
  FARGATE: share.optional(),
  /** Tasks on spare capacity, which AWS may stop with two minutes' notice. @default - none */
  FARGATE_SPOT: share.optional(),
});
export interface CapacityProviderStrategy extends z.input<typeof capacityProviderStrategy> {}

/** What the tasks of a service run on. */
export const CAPACITY = {
  /**
   * How tasks are divided between Fargate and Fargate Spot: `{ FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 3 } }`.
   * The cluster must have these capacity providers. `"default"` is the default strategy that the cluster has when the
   * service is created. With AWS provider 5, giving one to a service that has none replaces the service: docs/guides/capacity.md
   * shows how to avoid that.
   * @default - the launch type `FARGATE`
   */
  capacityProviderStrategy: z
    .union([oneOf("default"), capacityProviderStrategy], {
      error: ({ input }) => `${quote(input)} is not valid; use "default" or { FARGATE: { … }, FARGATE_SPOT: { … } }`,
    })
    .optional(),
  /**
   * Version of the platform that Fargate runs the tasks on: `"LATEST"`, or a version like `"1.4.0"`. If it is removed later,
   * the service keeps the version it has.
   * @default - the latest one
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html
   */
  platformVersion: literal(pattern(/^(LATEST|\d+\.\d+\.\d+)$/, 'use "LATEST" or a version like "1.4.0"')).optional(),
};
export type ServiceCapacity = z.output<z.ZodObject<typeof CAPACITY>>;

/** One entry of a strategy, as AWS writes it. */
export interface CapacityProviderShare extends z.output<typeof share> {
  readonly capacityProvider: string;
}

/** The entries of a strategy, in a fixed order. */
export function sharesOf(strategy: CapacityProviderStrategy): CapacityProviderShare[] {
  return capacityProviders(strategy).map((name) => ({ capacityProvider: name, ...strategy[name] }));
}

/** The capacity providers that a strategy names. */
export function capacityProviders(strategy: CapacityProviderStrategy): (keyof CapacityProviderStrategy)[] {
  return (["FARGATE", "FARGATE_SPOT"] as const).filter((name) => strategy[name] !== undefined);
}

/** Checks what only the strategy as a whole can show. */
export function checkStrategy(
  strategy: ServiceCapacity["capacityProviderStrategy"],
  path: readonly string[],
  context: z.core.$RefinementCtx,
): void {
  if (strategy === undefined || strategy === "default") return;
  const shares = sharesOf(strategy);
  const based = shares.filter(({ base = 0 }) => base > 0).map(({ capacityProvider: name }) => name);
  if (!shares.some(({ weight = 0 }) => weight > 0)) {
    problem(context, path, "no provider has a weight above 0; set one, like FARGATE: { weight: 1 }");
  }
  if (based.length > 1) {
    problem(context, path, `${based.join(" and ")} both have a base, but only one may; remove the other one`);
  }
}
