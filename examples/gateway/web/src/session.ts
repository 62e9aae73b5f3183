import { connectWith, type MusubiConnection } from "@musubi/client";
import { Socket } from "phoenix";
import type { Stores } from "./stores.js";
import { keepToken, takeToken } from "./token.js";

/**
 * - `connecting`: not reached yet
 * - `refused`: reached, and it does not let this browser in
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
  #failures = 0;

  readonly connection: Promise<MusubiConnection<Stores>>;
  /** Since when it stands so. */
  since = new Date();

  constructor() {
    // Beside the page itself, whatever host and path it came from.
    const path = new URL("socket", document.baseURI).pathname;
    this.#socket = new Socket(path, {
      params: () => (this.#token === null ? {} : { token: this.#token }),
    });
    this.#socket.onOpen(() => {
      this.#failures = 0;
      this.#become("live");
    });
    this.#socket.onClose(() => this.#lost());
    this.connection = connectWith<Stores>(this.#socket);
    void this.connection.then((connection) =>
      // The program was replaced: so may its page have been.
      connection.onBuildChange(() => location.reload()),
    );
  }

  get link(): Link {
    return this.#link;
  }
  get hasToken(): boolean {
    return this.#token !== null;
  }

  /** Tells every later change of `link`; returns what stops it. */
  onChange(listener: (link: Link) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tries again at once, with this token. */
  enter(token: string): void {
    this.#token = token;
    keepToken(token);
    this.#failures = 0;
    this.#become(this.#link === "away" ? "away" : "connecting");
    this.#socket.disconnect(() => this.#socket.connect());
  }

  #lost(): void {
    if (this.#link === "live") this.#become("away");
    this.#failures += 1;
    // A browser does not tell a page why a socket was refused; asking the same address plainly does.
    if (this.#failures >= 2) void this.#ask();
  }

  async #ask(): Promise<void> {
    const query = new URLSearchParams({ vsn: "2.0.0" });
    if (this.#token !== null) query.set("token", this.#token);
    const answer = await fetch(new URL(`socket/websocket?${query}`, document.baseURI), {
      cache: "no-store",
    }).catch(() => undefined);
    if (this.#link === "live" || answer === undefined) return;
    // It answers, and still no socket opens: it does not want this one.
    this.#become(answer.status === 503 ? "full" : "refused");
  }

  #become(link: Link): void {
    if (link === this.#link) return;
    this.#link = link;
    this.since = new Date();
    for (const listener of this.#listeners) listener(link);
  }
}
