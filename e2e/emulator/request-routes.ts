/** A rule of a listener that got requests, and where they went. */
export interface RequestRoute {
  readonly priority: number;
  /** ARN of the target group. */
  readonly targetGroup: string;
  /** How many tasks of services were registered with it. */
  readonly tasks: number;
}

/** Where requests went since the last call: all rules, each time that anything of it changed, in order of time. */
export async function takeRequestRoutes(endpoint: string): Promise<RequestRoute[][]> {
  const response = await fetch(`${endpoint}/_request_routes`, { method: "DELETE" });
  return (await response.json()) as RequestRoute[][];
}
