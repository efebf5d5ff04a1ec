import { causeOf } from "./cause";
import type { Ended } from "./processes";
import { isPlannedImages } from "./services";

/** A line of `terraform plan -json`. @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Message {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly outputs?: Readonly<Record<string, { readonly action: string }>>;
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
    readonly address?: string;
  };
}

const MOST_NAMED = 5;

/**
 * Why a stack is not as it was planned, or `undefined` if it is.
 * @param plan how `terraform plan -json -detailed-exitcode` ended, which compares the state with the account
 * @param named adds the paths of constructs to addresses @default - they are not added
 */
export function faultOf(plan: Ended, named: (text: string) => string = (text) => text): string | undefined {
  if (plan.exitCode === 0) return undefined;
  const messages = plan.stdout.split("\n").flatMap(parsed);
  if (plan.exitCode !== 2) {
    const errors = messages.flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? diagnostic : []));
    const said = errors.map(({ summary, detail, address }) =>
      [`Error: ${summary}`, ...(address === undefined ? [] : [`  with ${address},`]), detail].join("\n"),
    );
    const cause = causeOf(named([...said, plan.stderr].join("\n")));
    return `it cannot be proven what runs: ${cause ?? `terraform plan ${howItEnded(plan)}`}`;
  }
  const changes = messages.flatMap(({ type, change }) =>
    type === "planned_change" && change && change.action !== "noop" ? `${change.resource.addr} (${change.action})` : [],
  );
  const outputs = messages.flatMap((message) => Object.entries(message.outputs ?? {}));
  const changed = outputs.filter(([, { action }]) => action !== "noop").map(([name]) => name);
  if (changed.some(isPlannedImages)) {
    const difference = changes.length > 0 ? `, and the next plan differs in ${firstOf(changes)}` : "";
    return `an image has moved since the plan, or another deploy came in between${difference}; deploy again`;
  }
  const what = changes.length > 0 ? changes : changed.map((name) => `output ${name}`);
  return `it is not as planned: the next plan still changes ${firstOf(what)}`;
}

/** `exited with 1` or `was ended by SIGKILL` */
export function howItEnded({ exitCode, signal }: Ended): string {
  return signal === null ? `exited with ${String(exitCode)}` : `was ended by ${signal}`;
}

function firstOf(changes: readonly string[]): string {
  const more = changes.length - MOST_NAMED;
  return changes.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function parsed(line: string): Message[] {
  try {
    return [JSON.parse(line) as Message];
  } catch {
    return []; // an empty line, or a log that somebody has turned on
  }
}
