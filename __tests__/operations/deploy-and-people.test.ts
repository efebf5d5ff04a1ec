import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Machine } from "../../src/operations/deploy";
import { FakeDeploy } from "../support/fake-deploy";

let fake: FakeDeploy;
beforeEach(() => (fake = new FakeDeploy()));
afterEach(() => fake.remove());

describe("a signal", () => {
  /** Ends a while after it got SIGINT, and writes down how often it did. */
  const SLOW = `trap 'echo SIGINT >> "$FAKE/signals"; echo interrupted' INT
echo applying
while [ ! -f "$FAKE/signals" ]; do sleep 0.05; done
for tenth in 1 2 3 4 5; do sleep 0.1; done
echo saved
exit 1`;

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "%s lets Terraform save its state: it gets one SIGINT, however often the signal comes",
    async (signal, code) => {
      fake.synthesized({ a: [], b: [] });
      fake.terraform("a", "apply", SLOW);

      const exitCode = await fake.deploy({ parallelism: 1 }, {}, (line) => {
        if (/(applying|interrupted)$/.test(line)) process.emit(signal, signal);
      });

      expect(exitCode).toBe(code);
      expect(readFileSync(join(fake.folder, "signals"), "utf8")).toBe("SIGINT\n");
      expect(fake.said).toEqual(
        expect.arrayContaining([
          `${signal}: waiting for Terraform to save its state and to release its lock: a; another ${signal} changes nothing`,
          `${signal}: still waiting for a`,
          "a  saved",
        ]),
      );
      expect(fake.lastLines()).toEqual([
        `a: FAILED: interrupted by ${signal}, and what exists is in the state: deploy again`,
        `b: FAILED: interrupted by ${signal} before it began`,
      ]);
      expect(fake.calls().filter((call) => call.startsWith("b apply"))).toEqual([]);
      expect(fake.outputs()).toEqual({});
      expect(process.listenerCount(signal)).toBe(0);
    },
  );

  test("before cdktf synth ends the command too", async () => {
    const deployed = fake.deploy();
    process.emit("SIGTERM", "SIGTERM"); // while it looks for Terraform

    expect(await deployed).toBe(143);
    expect(fake.said).toEqual(["nothing was deployed"]);
    expect(fake.calls().filter((call) => call.startsWith("cdktf"))).toEqual([]);
  });

  test("during cdktf synth ends the command before anything is deployed", async () => {
    fake.synthesized({ a: [] });
    fake.cdktfDoes(SLOW);

    const exitCode = await fake.deploy({}, {}, (line) => line === "applying" && process.emit("SIGINT", "SIGINT"));

    expect(exitCode).toBe(130);
    expect(fake.said).toEqual(["applying", "interrupted", "saved", "nothing was deployed"]);
    expect(fake.calls().filter((call) => call.startsWith("a "))).toEqual([]);
  });
});

describe("a person", () => {
  const asked: string[] = [];
  const answering = (answer: string) => (question: string) => {
    asked.push(question);
    return Promise.resolve(answer);
  };
  beforeEach(() => asked.splice(0));

  test("sees the plans and is asked once; what was shown is what is applied", async () => {
    fake.synthesized({ a: [], b: [] });
    fake.terraform("a", "plan", 'case "$*" in *-out=*) echo shown; touch deploy.tfplan;; esac');

    expect(await fake.deploy({ autoApprove: false }, { ask: answering("yes") })).toBe(0);

    expect(asked).toEqual(['Deploy a, b? Enter "yes" to deploy: ']);
    expect(fake.said).toContain("a  shown");
    expect(fake.calls()).toContain("a apply -no-color -input=false deploy.tfplan");
    expect(existsSync(join(fake.output, "stacks", "a", "deploy.tfplan"))).toBe(false);
  });

  test.each(["no", "", "YES"])("who enters %j deploys nothing", async (answer) => {
    fake.synthesized({ a: [] });

    expect(await fake.deploy({ autoApprove: false }, { ask: answering(answer) })).toBe(1);
    expect(fake.calls().filter((call) => call.startsWith("a apply"))).toEqual([]);
    expect(fake.said.at(-1)).toBe("nothing was deployed");
  });

  test("who presses Ctrl-C when asked deploys nothing", async () => {
    fake.synthesized({ a: [] });
    const ask: Machine["ask"] = (_, interrupted) =>
      new Promise((_resolve, reject) => {
        interrupted.addEventListener("abort", () => reject(new Error("interrupted")));
        process.emit("SIGINT", "SIGINT");
      });

    expect(await fake.deploy({ autoApprove: false }, { ask })).toBe(130);
    expect(fake.said.at(-1)).toBe("nothing was deployed");
  });

  test("is not asked about a stack whose plan fails", async () => {
    fake.synthesized({ a: [], b: [] });
    fake.terraform("a", "plan", "echo 'Error: no image' >&2; exit 1");

    expect(await fake.deploy({ autoApprove: false }, { ask: answering("yes") })).toBe(1);
    expect(asked).toEqual(['Deploy b? Enter "yes" to deploy: ']);
    expect(fake.lastLines()).toEqual(["a: FAILED: no image", "b: deployed"]);
  });
});
