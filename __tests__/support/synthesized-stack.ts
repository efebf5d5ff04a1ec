import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformStack, TerraformVariable, Testing, type App } from "cdktf";

import { asTerraformReads } from "./terraform-template";

/** Arguments of a resource, a data source or a container, as they stand in the JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** Resources or data sources, by type and logical id. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** What Terraform would get. */
export class SynthesizedStack {
  private readonly json: {
    readonly resource?: Blocks;
    readonly data?: Blocks;
    readonly output?: Blocks[string];
    readonly locals?: Readonly<Record<string, unknown>>;
    readonly provider: { readonly aws: readonly Block[] };
    readonly terraform: {
      readonly backend: Block;
      readonly cloud?: Block;
      readonly required_providers: Blocks[string];
    };
  };

  constructor(readonly text: string) {
    this.json = JSON.parse(text) as typeof this.json;
  }

  /** Resources of a type, by logical id. */
  resources(type: string): Readonly<Record<string, Block>> {
    return this.json.resource?.[type] ?? {};
  }

  /** Data sources of a type, by logical id. */
  data(type: string): Readonly<Record<string, Block>> {
    return this.json.data?.[type] ?? {};
  }

  /** The one resource of a type. */
  resource(type: string): Block {
    return theOnly(type, this.resources(type));
  }

  /** The one data source of a type. */
  lookup(type: string): Block {
    return theOnly(type, this.data(type));
  }

  /** Address of every resource and every data source, sorted. */
  addresses(): string[] {
    const { resource = {}, data = {} } = this.json;
    return [...addressesIn(resource, ""), ...addressesIn(data, "data.")].sort();
  }

  /** The statements of the one inline policy. */
  statements(): Block[] {
    const policy = JSON.parse(String(this.resource("aws_iam_role_policy")["policy"])) as { Statement: Block[] };
    return policy.Statement;
  }

  /** The value of a local. */
  local(name: string): unknown {
    return this.json.locals?.[name];
  }

  /** The value of an output. */
  output(name: string): unknown {
    return this.json.output?.[name]?.["value"];
  }

  /** The names of the outputs, sorted. */
  outputs(): string[] {
    return Object.keys(this.json.output ?? {}).sort();
  }

  /** The configuration of the AWS provider. */
  provider(): Block {
    return theOnly("provider", this.json.provider.aws);
  }

  /** Versions of the AWS provider that Terraform may take. */
  providerVersion(): unknown {
    return this.json.terraform.required_providers["aws"]?.["version"];
  }

  /** Where the state is kept, by kind of backend. */
  backend(): Block {
    return this.json.terraform.backend;
  }

  /** Where the state is kept in HCP Terraform. */
  cloud(): Block | undefined {
    return this.json.terraform.cloud;
  }

  /** `container_definitions` of the one task definition, taken apart as Terraform and ECS do it. */
  containers(): Block[] {
    return JSON.parse(asTerraformReads(this.containersText())) as Block[];
  }

  /** The one container of the one task definition. */
  container(): Block {
    return theOnly("container", this.containers());
  }

  /** `container_definitions` as it stands in the JSON. */
  containersText(): string {
    return String(this.resource("aws_ecs_task_definition")["container_definitions"]);
  }
}

const outdir = mkdtempSync(join(tmpdir(), "synthesized-stack-"));
afterAll(() => rmSync(outdir, { recursive: true }));

/** An app that leaves nothing behind. */
export function newApp(): App {
  return Testing.stubVersion(Testing.app({ outdir }));
}

/** A stack as it is written, validated. */
export function synthesizedStack(stack: TerraformStack): SynthesizedStack {
  return new SynthesizedStack(Testing.synth(stack, true));
}

/** Synthesizes a stack that holds what `build` adds to it. */
export function synthesized(build: (stack: TerraformStack) => void): SynthesizedStack {
  const stack = emptyStack();
  build(stack);
  return synthesizedStack(stack);
}

/** A stack with provider and backend. */
export function emptyStack(): TerraformStack {
  const stack = stackWithoutProvider();
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  return stack;
}

/** A stack with backend and nothing else. */
export function stackWithoutProvider(): TerraformStack {
  const stack = new TerraformStack(newApp(), "stack");
  new LocalBackend(stack, { path: "stack.tfstate" });
  return stack;
}

/** A variable, whose value only Terraform knows. */
export function variable(stack: TerraformStack, name: string): TerraformVariable {
  return new TerraformVariable(stack, name, {});
}

function addressesIn(blocks: Blocks, prefix: string): string[] {
  return Object.entries(blocks).flatMap(([type, found]) => Object.keys(found).map((id) => `${prefix}${type}.${id}`));
}

function theOnly<T>(what: string, found: Readonly<Record<string, T>> | readonly T[]): T {
  const [first, ...more] = Object.values(found);
  if (first === undefined || more.length > 0) throw new Error(`${first === undefined ? "no" : "several"} ${what}`);
  return first;
}
