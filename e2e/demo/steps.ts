import { StepFailed } from "./failure";
import { MissingPrerequisite } from "./prerequisites";
import type { Screen } from "./screen";

/** Runs the steps of the demo one after the other, and numbers them. */
export class Steps {
  private begun = 0;

  /** @param signal after it, no further step begins */
  constructor(
    private readonly count: number,
    private readonly screen: Screen,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws MissingPrerequisite as it is, and any other error as StepFailed */
  async step<T>(title: string, action: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.begun += 1;
    const name = `[${this.begun}/${this.count}] ${title}`;
    this.screen.lines("");
    this.screen.heading(name);
    try {
      return await action();
    } catch (error) {
      throw error instanceof MissingPrerequisite ? error : new StepFailed(name, error);
    }
  }
}
