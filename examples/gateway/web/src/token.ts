/** The token that lets this page in: from its address, from earlier in this tab, or typed. */

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

/** Takes the token out of the address, where history and screenshots would keep it. */
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

/** What phoenix.js is to send: it passes bytes on, so a letter of two bytes becomes two. */
export function authToken(token: string | null): string {
  return String.fromCharCode(...new TextEncoder().encode(token ?? ""));
}
