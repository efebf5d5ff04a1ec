import { createServer, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Stands between Terraform and the local AWS, and can hold back the response to an action: what was requested is done,
 * and whoever requested it does not know yet.
 */
export class HeldResponses {
  private readonly server: Server;
  private held?: { readonly action: string; readonly arrived: () => void };
  private readonly waiting: (() => void)[] = [];

  /** @param endpoint of the emulator */
  constructor(private readonly endpoint: string) {
    this.server = createServer((incoming, outgoing) => {
      const { method, url = "", headers } = incoming;
      const forwarded = request(new URL(url, this.endpoint), { method, headers }, (response) => {
        this.pass(String(headers["x-amz-target"] ?? ""), outgoing, () => {
          outgoing.writeHead(response.statusCode ?? 500, response.headers);
          response.pipe(outgoing);
        });
      });
      forwarded.on("error", () => outgoing.destroy());
      incoming.pipe(forwarded);
    });
  }

  /** @returns the endpoint to use instead of the emulator's */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.release();
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Holds back every response to `UpdateService`, say, until `release`. Resolves when the first has arrived. */
  hold(action: string): Promise<void> {
    return new Promise((resolve) => (this.held = { action, arrived: resolve }));
  }

  release(): void {
    this.held = undefined;
    this.waiting.splice(0).forEach((pass) => pass());
  }

  private pass(target: string, outgoing: ServerResponse, pass: () => void): void {
    if (!this.held || !target.endsWith(`.${this.held.action}`)) {
      pass();
      return;
    }
    this.waiting.push(() => {
      if (!outgoing.destroyed) pass();
    });
    this.held.arrived();
  }
}
