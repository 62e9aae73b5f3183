const KEY = "chat-room-name";

/** The name that this browser chose, also after a reload; `null` if it chose none, or may not keep any. */
export function rememberedName(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberName(name: string | null): void {
  try {
    if (name === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, name);
  } catch {
    // site data is blocked: after a reload it is a guest again
  }
}
