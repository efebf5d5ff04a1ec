import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection, uncompiled } from "../support/rejection";

const REASON = "has ${TfToken[ or #{TfToken[, which CDKTF treats as a token; rephrase it";

const web = (changes: object): Partial<Config> => ({
  services: [service({ containers: [container(changes)] })],
});

describe.each(["${TfToken[foo]}", "${TfToken[TOKEN.1]}", "#{TfToken[TOKEN.9]}", "a ${TfToken[ b"])("%s", (text) => {
  test.each<[string, Partial<Config>, string]>([
    ["a variable", web({ environment: { A: "a", X: text } }), 'service "shop": containers[0] "web": environment: X'],
    ["a label", web({ dockerLabels: { "a.b": text } }), 'service "shop": containers[0] "web": dockerLabels: "a.b"'],
    ["a command", web({ command: ["a", text] }), 'service "shop": containers[0] "web": command[1]'],
    [
      "a key",
      web({ environment: uncompiled({ [text]: "a" }) }),
      'service "shop": containers[0] "web": environment: "the name of a property"',
    ],
    [
      "an override",
      { services: [service({ environments: { staging: { containers: { web: { user: text } } } } })] },
      'service "shop": environments: staging: containers: web: user',
    ],
    ["an environment", { environments: [environment({ tags: { team: text } })] }, 'environment "staging": tags: team'],
    ["the registry", { registry: registry({ tags: { team: text } }) }, "registry: tags: team"],
  ])("is rejected in %s, never shown", (_, changes, where) =>
    expect(rejection(() => resolveConfig(config(changes), {}))).toBe(`${where} ${REASON}`),
  );
});

test.each(["${x}", "%{if", "TfToken[TOKEN.1]", "$${TfToken", "{TfToken[TOKEN.1]}"])("%s is text", (text) =>
  expect(() => resolveConfig(config(web({ environment: { X: text } })), {})).not.toThrow(),
);
