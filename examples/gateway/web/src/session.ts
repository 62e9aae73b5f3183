import { connectWith, memoryStorage, onRefused, type MusubiConnection, type Refusal } from "@musubi/client";
import { Socket } from "phoenix";
import type { Stores } from "./stores.js";
import { authToken, keepToken, takeToken } from "./token.js";

/**
 * - `connecting`: not connected yet
 * - `refused`: access denied; not tried again automatically
 * - `blocked`: the gateway answers, but something on the way blocks WebSockets
 * - `full`: the gateway has no room for another browser
 * - `live`: connected
 * - `away`: the connection was lost
 */
export type Link = "connecting" | "refused" | "blocked" | "full" | "live" | "away";

/** The connection to the gateway that served this page, and its state. */
export class Session {
  readonly #listeners = new Set<(link: Link) => void>();
  readonly #socket: Socket;
  #token = takeToken();
  #link: Link = "connecting";
  #refusal: Refusal | undefined;
  #wasLive = false;
  #leaving = false;

  readonly connection: Promise<MusubiConnection<Stores>>;
  /** The time of the last change of `link`. */
  since = new Date();

  constructor() {
    // Relative to the page, so that it works on any host and below any path.
    const path = new URL("socket", document.baseURI).pathname;
    // The token is sent as a sub-protocol, because an address appears in the logs of proxies.
    const options = { authToken: () => authToken(this.#token), sessionStorage: memoryStorage() };
    this.#socket = new Socket(path, options as object);
    this.#socket.onOpen(() => {
      this.#wasLive = true;
      this.#become("live");
    });
    this.#socket.onClose(() => {
      if (this.#link === "live") this.#become("away");
    });
    onRefused(this.#socket, (refusal) => {
      this.#refusal = refusal;
      // Who was live before has signed out, was signed out, or has another role or password now.
      if (refusal.status === 403 && refusal.reason === "sign in first") return this.#leave(this.#wasLive ? "?ended" : "");
      this.#become(({ 400: "blocked", 503: "full" } as const)[refusal.status] ?? "refused");
    });
    this.connection = connectWith<Stores>(this.#socket);
    void this.connection.then((connection) =>
      // The program was replaced, and its page may have changed too.
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

  /** Calls the function after every change of `link`; returns a function that stops this. */
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

  /** Gets something that is for those who may connect. */
  get(path: string): Promise<Response> {
    const headers: Record<string, string> = this.#token === null ? {} : { "X-Phoenix-AuthToken": authToken(this.#token) };
    return fetch(new URL(path, document.baseURI), { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
  }

  /** Ends the session of this browser, and all its pages. Rejects when the gateway does not answer. */
  async signOut(): Promise<void> {
    const response = await fetch(new URL("session", document.baseURI), {
      headers: { "X-Sign-Out": "1" },
      cache: "no-store",
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
    this.#leave("?signed-out");
  }

  /** Goes to the login page, which comes back to this place. */
  #leave(why: string): void {
    if (this.#leaving) return;
    this.#leaving = true;
    location.assign(new URL(`login${why}${location.hash}`, document.baseURI));
  }

  #become(link: Link): void {
    if (link === this.#link) return;
    this.#link = link;
    this.since = new Date();
    for (const listener of this.#listeners) listener(link);
  }
}
