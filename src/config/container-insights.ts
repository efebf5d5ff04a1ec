import type { ParsedService } from "../model/service";

/** The properties of a service that need metrics of Container Insights. */
export function needingContainerInsights({ alarms, scaling }: Pick<ParsedService, "alarms" | "scaling">): string[] {
  const { targetTracking = {}, stepScaling = {} } = scaling ?? {};
  const policies = [
    ...Object.entries(targetTracking).map(([name, { metric }]) => ({ path: `targetTracking: ${name}`, metric })),
    ...Object.entries(stepScaling).map(([name, { metric }]) => ({ path: `stepScaling: ${name}`, metric })),
  ];
  const computed = policies.filter(
    ({ metric }) =>
      typeof metric === "object" && "metrics" in metric && Object.values(metric.metrics).includes("runningTasks"),
  );
  return [
    ...computed.map(({ path }) => `scaling: ${path}: metric: "runningTasks"`),
    ...(alarms?.runningTasks !== undefined && alarms.runningTasks !== false ? ["alarms: runningTasks"] : []),
  ];
}
