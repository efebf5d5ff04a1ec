/** The rules that a security group had at some time while a task of the service ran in it. */
export interface TaskRules {
  readonly service: string;
  readonly securityGroup: string;
  /** Sorted: `egress -1 0.0.0.0/0`, `ingress tcp 80-80 10.0.0.0/8`. */
  readonly rules: readonly string[];
}

/** What the tasks of services had since the last call, an entry for each different set of rules, in order of time. */
export async function takeTaskRules(endpoint: string): Promise<TaskRules[]> {
  const response = await fetch(`${endpoint}/_task_rules`, { method: "DELETE" });
  return (await response.json()) as TaskRules[];
}
