import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ListClustersCommand } from "@aws-sdk/client-ecs";
import { clients } from "../support/aws";
import { hostileSettings } from "../support/hostile-settings";
import { type Emulator, startEmulator } from "./launch";
import { repositoryRoot } from "./python";

/** `npm run emulator`, compiled. */
const MAIN = join(repositoryRoot(), "build", "e2e", "emulator", "main.js");

function portOf(endpoint: string): number {
  return Number(new URL(endpoint).port);
}

/** A connection that its server has accepted; it closes when the server ends. */
async function connectTo(endpoint: string): Promise<Socket> {
  const socket = connect(portOf(endpoint), "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

function closed(socket: Socket): Promise<unknown> {
  socket.resume();
  return new Promise((resolve) => socket.once("close", resolve));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Shared by all tests that do not end it; started with settings in the environment that are not meant for it. */
let emulator: Emulator;

beforeAll(async () => {
  process.env["MOTO_ACCOUNT_ID"] = "999999999999";
  process.env["AWS_PROFILE"] = "missing";
  emulator = await startEmulator().finally(() => {
    delete process.env["MOTO_ACCOUNT_ID"];
    delete process.env["AWS_PROFILE"];
  });
});
afterAll(() => emulator.stop());

describe("startEmulator", () => {
  test("answers when it resolves, whatever the caller's settings for AWS and moto are", async () => {
    const { clusterArns } = await clients(emulator.endpoint).ecs.send(new ListClustersCommand({}));
    expect(clusterArns).toEqual(["arn:aws:ecs:us-east-1:123456789012:cluster/default"]);
  });

  test("starts on the port it is given, next to another", async () => {
    const port = await freePort();
    const second = await startEmulator({ port });
    expect(second.endpoint).toBe(`http://127.0.0.1:${port}`);
    await second.stop();
  });

  test("listens on no other interface", async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const other = addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.2";
    const socket = connect(portOf(emulator.endpoint), other);
    await expect(once(socket, "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("fails with one line when the port is taken", async () => {
    const port = portOf(emulator.endpoint);
    await expect(startEmulator({ port })).rejects.toThrow(
      new Error(`cannot listen on 127.0.0.1:${port}: Address already in use`),
    );
  });

  test("stop ends the emulator, and does nothing the second time", async () => {
    const own = await startEmulator();
    const connection = closed(await connectTo(own.endpoint));
    await own.stop();
    await connection;
    await own.ended;
    await own.stop();
  });
});

describe("npm run emulator", () => {
  let processes: ChildProcess[] = [];

  afterEach(() => {
    for (const child of processes) child.kill("SIGKILL");
    processes = [];
  });

  function run(...args: string[]) {
    return runIn({}, ...args);
  }

  function runIn(env: NodeJS.ProcessEnv, ...args: string[]) {
    const child = spawn(process.execPath, [MAIN, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    processes.push(child);
    return child;
  }

  /** Its standard output up to the line to paste, and the endpoint in it. */
  async function started(child: ReturnType<typeof run>): Promise<{ lines: string[]; endpoint: string }> {
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      const endpoint = /^export AWS_ENDPOINT_URL=(\S+)/.exec(line)?.[1];
      if (endpoint !== undefined) return { lines, endpoint };
    }
    throw new Error(`no endpoint in ${lines.join("\n")}`);
  }

  async function failed(child: ReturnType<typeof run>): Promise<{ code: number; stderr: string }> {
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    return { code, stderr };
  }

  test("prints the endpoint and the variables to paste", async () => {
    const port = await freePort();
    const { lines } = await started(run("--port", String(port)));
    expect(lines).toEqual([
      `A local AWS answers at http://127.0.0.1:${port}; Ctrl-C stops it. To use it in another terminal:`,
      "",
      "unset AWS_PROFILE $(env | grep -o '^AWS_[A-Z0-9_]*')",
      `export AWS_ENDPOINT_URL=http://127.0.0.1:${port} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true`,
    ]);
  });

  test.each(["hostile", "no"])("leaves nothing else for AWS in a terminal with %s settings", async (settings) => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-settings-"));
    const env = settings === "no" ? { PATH: process.env["PATH"] } : { ...process.env, ...hostileSettings(folder).env };
    rmSync(folder, { recursive: true });
    const { lines, endpoint } = await started(run("--port", String(await freePort())));
    const paste = [...lines.slice(2), "env | grep ^AWS_ | sort"].join("\n");

    const { stdout, stderr } = spawnSync("sh", ["-c", paste], { encoding: "utf8", env });

    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual([
      "AWS_ACCESS_KEY_ID=test",
      "AWS_CONFIG_FILE=/dev/null",
      "AWS_DEFAULT_REGION=us-east-1",
      "AWS_EC2_METADATA_DISABLED=true",
      `AWS_ENDPOINT_URL=${endpoint}`,
      "AWS_REGION=us-east-1",
      "AWS_SECRET_ACCESS_KEY=test",
      "AWS_SHARED_CREDENTIALS_FILE=/dev/null",
      "",
    ]);
  });

  test("starts whatever the settings for AWS on this machine are", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-settings-"));
    try {
      // The test process itself has variables that name no profile.
      const own = { AWS_CONFIG_FILE: undefined, AWS_SHARED_CREDENTIALS_FILE: undefined };
      const settings = hostileSettings(folder);
      const { endpoint } = await started(runIn({ ...own, ...settings.env }, "--port", String(await freePort())));

      const { clusterArns } = await clients(endpoint).ecs.send(new ListClustersCommand({}));
      expect(clusterArns).toEqual(["arn:aws:ecs:us-east-1:123456789012:cluster/default"]);
      expect(settings.credentialsAsked()).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("on %s ends with its emulator, exit code 0", async (signal) => {
    const child = run("--port", String(await freePort()));
    const { endpoint } = await started(child);
    const connection = closed(await connectTo(endpoint));
    child.kill(signal);
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    await connection;
  });

  test("leaves no emulator behind when it is killed", async () => {
    const child = run("--port", String(await freePort()));
    const { endpoint } = await started(child);
    const connection = closed(await connectTo(endpoint));
    child.kill("SIGKILL");
    await connection;
  });

  test("fails with one line when the port is taken", async () => {
    const port = portOf(emulator.endpoint);
    expect(await failed(run("--port", String(port)))).toEqual({
      code: 1,
      stderr: `cannot listen on 127.0.0.1:${port}: Address already in use\n`,
    });
  });

  test.each(["0", "65536", "http"])("rejects the port %s", async (port) => {
    expect(await failed(run("--port", port))).toEqual({
      code: 1,
      stderr: `--port ${port} is not valid; use a number from 1 to 65535\n`,
    });
  });
});
