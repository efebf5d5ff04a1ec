/** How often each action was requested, by its name in IAM policies: `{ "ecs:CreateService": 1 }`. */
export type SeenCalls = Readonly<Record<string, number>>;

/** The actions requested from the emulator since the last call, sorted, including those that failed. */
export async function takeSeenCalls(endpoint: string): Promise<SeenCalls> {
  const response = await fetch(`${endpoint}/_actions`, { method: "DELETE" });
  return (await response.json()) as SeenCalls;
}

/** The same, each once. */
export async function takeSeenActions(endpoint: string): Promise<string[]> {
  return Object.keys(await takeSeenCalls(endpoint));
}
