import { Token } from "cdktf";

import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection, uncompiled } from "../support/rejection";

const reason = (marker: string): string => `has ${marker}, which CDKTF treats as a token; rephrase it`;

const web = (changes: object): Partial<Config> => ({
  services: [service({ containers: [container(changes)] })],
});

/** A number that CDKTF fills in later. */
const NUMBER = String(Token.asNumber({ value: "number" }));

describe.each([
  ["${TfToken[foo]}", reason("${TfToken[")],
  ["${TfToken[TOKEN.1]}", reason("${TfToken[")],
  ["#{TfToken[TOKEN.9]}", reason("#{TfToken[")],
  ["&{TfToken[TOKEN.9]}", reason("&{TfToken[")],
  ["a ${TfToken[ b", reason("${TfToken[")],
  [NUMBER, "has a number that CDKTF treats as a token; write it in another way"],
  [`a${NUMBER}b`, "has a number that CDKTF treats as a token; write it in another way"],
  ["String Map Token Value", "is what CDKTF treats as a token; rephrase it"],
  ["Any Map Token Value", "is what CDKTF treats as a token; rephrase it"],
])("%s", (text, reason) => {
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
    expect(rejection(() => resolveConfig(config(changes), {}))).toBe(`${where} ${reason}`),
  );
});

test.each(["${x}", "%{if", "TfToken[TOKEN.1]", "$${TfToken", "{TfToken[TOKEN.1]}", "-1.5e+298", "1-2e+3"])(
  "%s is text",
  (text) => expect(() => resolveConfig(config(web({ environment: { X: text } })), {})).not.toThrow(),
);
