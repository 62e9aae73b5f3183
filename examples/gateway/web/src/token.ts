/** The access token: from the address, from this tab's storage, or typed. */

import { recall, remember } from "./storage.js";

const KEY = "gateway.token";

/** The token in an address (`#token=…`), and the address without it. */
export function splitToken(address: string): { token: string | null; address: string } {
  const url = new URL(address);
  const fragment = /^#token=([^&]*)$/.exec(url.hash);
  const token = fragment?.[1] === undefined ? "" : decode(fragment[1]);
  if (token === "") return { token: null, address };
  url.hash = "";
  return { token, address: url.href.replace(/#$/, "") };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Removes the token from the address, so that it does not appear in the history or in screenshots. */
export function takeToken(): string | null {
  const { token, address } = splitToken(location.href);
  if (token === null) return recall(KEY);
  history.replaceState(null, "", address);
  keepToken(token);
  return token;
}

export function keepToken(token: string): void {
  remember(KEY, token);
}

/** The token for phoenix.js, which sends bytes: a character of two bytes becomes two characters. */
export function authToken(token: string | null): string {
  return String.fromCharCode(...new TextEncoder().encode(token ?? ""));
}
