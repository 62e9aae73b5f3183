import { connectWith, memoryStorage, onRefused, type MusubiConnection, type Refusal } from "@musubi/client";
import { Socket } from "phoenix";
import type { Stores } from "./stores.js";
import { authToken, keepToken, takeToken } from "./token.js";

/**
 * - `connecting`: not reached yet
 * - `refused`: reached, and it does not let this page in; it is not tried again by itself
 * - `full`: reached, and it has no room for one more browser
 * - `live`, `away`: reached; reached before, and lost
 */
export type Link = "connecting" | "refused" | "full" | "live" | "away";

/** The connection to the gateway that served this page, and how it stands. */
export class Session {
  readonly #listeners = new Set<(link: Link) => void>();
  readonly #socket: Socket;
  #token = takeToken();
  #link: Link = "connecting";
  #refusal: Refusal | undefined;

  readonly connection: Promise<MusubiConnection<Stores>>;
  /** Since when it stands so. */
  since = new Date();

  constructor() {
    // Beside the page itself, whatever host and path it came from.
    const path = new URL("socket", document.baseURI).pathname;
    // The token as a sub-protocol: what is in the address ends up in the logs of proxies.
    const options = { authToken: () => authToken(this.#token), sessionStorage: memoryStorage() };
    this.#socket = new Socket(path, options as object);
    this.#socket.onOpen(() => this.#become("live"));
    this.#socket.onClose(() => {
      if (this.#link === "live") this.#become("away");
    });
    onRefused(this.#socket, (refusal) => {
      this.#refusal = refusal;
      this.#become(refusal.status === 503 ? "full" : "refused");
    });
    this.connection = connectWith<Stores>(this.#socket);
    void this.connection.then((connection) =>
      // The program was replaced: so may its page have been.
      connection.onBuildChange(() => location.reload()),
    );
  }

  get link(): Link {
    return this.#link;
  }
  /** Why it is `refused`. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }
  get hasToken(): boolean {
    return this.#token !== null;
  }

  /** Tells every later change of `link`; returns what stops it. */
  onChange(listener: (link: Link) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tries again at once. */
  retry(): void {
    this.#become("connecting");
    this.#socket.disconnect(() => this.#socket.connect());
  }

  /** Tries again at once, with this token. */
  enter(token: string): void {
    this.#token = token;
    keepToken(token);
    this.retry();
  }

  #become(link: Link): void {
    if (link === this.#link) return;
    this.#link = link;
    this.since = new Date();
    for (const listener of this.#listeners) listener(link);
  }
}
