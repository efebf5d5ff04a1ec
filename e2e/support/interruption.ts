import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A way to the emulator on which something happens in between. */
export interface Interruption {
  /** What goes into `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Hands requests on to the emulator. After the first request of an action, something is done before the caller gets the
 * answer.
 * @param action of ECS: `UpdateService`
 */
export async function afterFirst(
  action: string,
  emulator: string,
  something: () => Promise<unknown>,
): Promise<Interruption> {
  let isDone = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
      const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
      void fetch(`${emulator}${request.url ?? ""}`, { method: request.method, headers: headers as never, body })
        .then(async (answer) => {
          const bytes = Buffer.from(await answer.arrayBuffer());
          if (!isDone && String(request.headers["x-amz-target"]).endsWith(`.${action}`)) {
            isDone = true;
            await something();
          }
          response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
          response.end(bytes);
        })
        .catch((error: unknown) => response.destroy(error as Error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
