import { NO_TAG } from "../../image";
import type { ParsedContainer } from "../../model/container";
import { parse } from "../../model/problems";
import { containerVariables, type Value } from "../../model/text";
import { containerDefinition, type LogDestination } from "./container-definition";
import type { ContainerImage } from "./container-image";
import { withReferences } from "../terraform-json";

/** A container of a task, to which code may add what data cannot express. */
export class Container {
  readonly name: string;
  private readonly environment: Record<string, Value>;

  /** @param context what problems of it begin with: `service "shop": containers[0] "web"` */
  constructor(
    private readonly props: ParsedContainer,
    readonly image: ContainerImage,
    private readonly context: string,
  ) {
    this.name = props.name;
    this.environment = { ...props.environment };
  }

  /**
   * Sets an environment variable, even if it already has a value.
   * @param value text, a reference (the URL of a queue, the host of a database), `{ image: "tag" }` or
   * `{ image: "digest" }`
   * @throws InvalidInputError for a name with "=", or a value that Terraform would change
   */
  addEnvironment(name: string, value: Value): void {
    const context = `${this.context}: environment`;
    Object.assign(this.environment, parse(containerVariables, { [name]: value }, context));
  }

  /** The container definition; to be called when the stack is written, since variables may be added until then. */
  definition(destination: LogDestination): Readonly<Record<string, unknown>> {
    const props = withReferences({ ...this.props, environment: this.environment });
    const { environment, dockerLabels } = props;
    return containerDefinition(
      { ...props, environment: this.texts(environment), dockerLabels: this.texts(dockerLabels) },
      this.image,
      destination,
    );
  }

  /** The values, with the parts of the image filled in. */
  private texts(values: Readonly<Record<string, Value>>): Record<string, string> {
    const { tag = NO_TAG, digest } = this.image;
    const entries = Object.entries(values).map(([name, value]): [string, string] => {
      if (typeof value === "string") return [name, value];
      return [name, value.image === "tag" ? tag : digest];
    });
    return Object.fromEntries(entries);
  }
}
