/**
 * The actions requested from the emulator since the last call, by their names in IAM policies: `ecs:CreateService`.
 * Sorted, each once, including those that failed.
 */
export async function takeSeenActions(endpoint: string): Promise<string[]> {
  const response = await fetch(`${endpoint}/_actions`, { method: "DELETE" });
  return (await response.json()) as string[];
}
