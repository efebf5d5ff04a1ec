import { extend } from "../../docs/guides/queue";
import { resolveConfig } from "../../src/config";
import { ServiceStack } from "../../src/stacks";
import { config, container, service } from "../support/config";
import { readable } from "../support/shipped-stacks";
import { newApp, synthesizedStack } from "../support/synthesized-stack";

describe("a queue next to a service", () => {
  test("is what the guide promises", () => {
    const services = [service({ containers: [container({ name: "demo" })], extend })];
    const [shop] = resolveConfig(config({ services }), {}).services;
    if (!shop) throw new Error("no stack");

    expect(readable(synthesizedStack(new ServiceStack(newApp(), shop)))).toMatchSnapshot();
  });
});
