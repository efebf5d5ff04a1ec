import { withOverrides, withoutEmptyVariables } from "../../src/config/containers";
import { container } from "../support/config";
import { rejection, uncompiled } from "../support/rejection";

describe("an override", () => {
  test("adds and replaces environment variables one by one", () => {
    const web = container({ environment: { GREETING: "hello", LEVEL: "info" } });
    expect(withOverrides([web], { web: { environment: { LEVEL: "debug", COLOR: "red" } } })).toStrictEqual([
      { ...web, environment: { GREETING: "hello", LEVEL: "debug", COLOR: "red" } },
    ]);
  });

  test("adds and replaces Docker labels one by one", () => {
    const web = container({ dockerLabels: { team: "web", tier: "front" } });
    expect(withOverrides([web], { web: { dockerLabels: { tier: "back", cost: "1" } } })).toStrictEqual([
      { ...web, dockerLabels: { team: "web", tier: "back", cost: "1" } },
    ]);
  });

  test("gives environment variables and labels to a container that had none", () => {
    const parts = { environment: { LEVEL: "debug" }, dockerLabels: { team: "web" } };
    expect(withOverrides([container()], { web: parts })).toStrictEqual([{ ...container(), ...parts }]);
  });

  test("of something else leaves environment variables and labels alone", () => {
    const web = container({ environment: { LEVEL: "debug" }, dockerLabels: { team: "web" } });
    expect(withOverrides([web], { web: { cpu: 128 } })).toStrictEqual([{ ...web, cpu: 128 }]);
  });

  test("adds no empty environment and no empty labels", () =>
    expect(withOverrides([container()], { web: { cpu: 128 } })).toStrictEqual([{ ...container(), cpu: 128 }]));

  test("keeps an empty environment variable: it takes the variable away", () => {
    const web = container({ environment: { LEVEL: "info" } });
    expect(withOverrides([web], { web: { environment: { LEVEL: "" } } })).toStrictEqual([
      { ...web, environment: { LEVEL: "" } },
    ]);
  });

  test("replaces everything else whole", () => {
    const web = container({
      image: { repository: "team/web", tag: "1.10", pinning: "label" },
      command: ["serve", "--port", "80"],
      portMappings: [{ containerPort: 80, name: "http" }, { containerPort: 81 }],
      healthCheck: { command: ["CMD", "true"], interval: 10 },
      logging: { mode: "blocking" },
    });
    const override = {
      image: { repository: "team/next", tag: "2.0" },
      command: ["serve"],
      portMappings: [{ containerPort: 8080 }],
      healthCheck: { command: ["CMD", "false"] },
      logging: { maxBufferSize: "1m" },
    };
    expect(withOverrides([web], { web: override })).toStrictEqual([{ name: "web", ...override }]);
  });

  test("replaces by 0 and by false, which are values", () => {
    const web = container({ essential: true, cpu: 128, stopTimeout: 30 });
    expect(withOverrides([web], { web: { essential: false, cpu: 0, stopTimeout: 0 } })).toStrictEqual([
      { ...container(), essential: false, cpu: 0, stopTimeout: 0 },
    ]);
  });

  test("replaces nothing where it is undefined", () => {
    const web = container({ essential: false, environment: { LEVEL: "info" }, command: ["serve"] });
    const override = { essential: undefined, image: undefined, environment: undefined, command: undefined };
    expect(withOverrides([web], { web: override })).toStrictEqual([web]);
  });

  test("is for the container of its name only, and keeps the order", () => {
    const others = [container({ name: "proxy" }), container(), container({ name: "agent" })];
    expect(withOverrides(others, { web: { cpu: 128 } })).toStrictEqual([
      container({ name: "proxy" }),
      container({ cpu: 128 }),
      container({ name: "agent" }),
    ]);
  });

  test("fails for a container that does not exist", () => {
    const containers = [container(), container({ name: "proxy" })];
    expect(rejection(() => withOverrides(containers, { wbe: { cpu: 128 } }))).toBe(
      'containers: there is no container "wbe"; choose "web" or "proxy"',
    );
  });

  test("fails in one line even where a container's name has two", () =>
    expect(rejection(() => withOverrides([container({ name: "a\nb" })], { wbe: {} }))).toBe(
      'containers: there is no container "wbe"; choose "a\\nb"',
    ));

  test("fails to name a container anew", () => {
    const override = uncompiled({ name: "proxy" });
    expect(rejection(() => withOverrides([container()], { web: override }))).toBe(
      'containers: "web" cannot be named anew; remove name',
    );
  });
});

describe("an empty environment variable", () => {
  test("is left out, and a line says so for each", () => {
    const warn = jest.fn();
    const containers = [
      container({ environment: { A: "", B: "b", C: "" } }),
      container({ name: "proxy", environment: { D: "" } }),
    ];
    expect(withoutEmptyVariables(containers, warn)).toStrictEqual([
      container({ environment: { B: "b" } }),
      container({ name: "proxy", environment: {} }),
    ]);
    expect(warn.mock.calls).toEqual([
      ['container "web": environment: "A" is empty and left out; give it a value or remove it'],
      ['container "web": environment: "C" is empty and left out; give it a value or remove it'],
      ['container "proxy": environment: "D" is empty and left out; give it a value or remove it'],
    ]);
  });

  test("is not one of blanks or zero: nothing is left out, and no line is said", () => {
    const warn = jest.fn();
    const containers = [container({ environment: { A: " ", B: "0", C: "false" } }), container({ name: "proxy" })];
    expect(withoutEmptyVariables(containers, warn)).toStrictEqual(containers);
    expect(warn).not.toHaveBeenCalled();
  });
});
