/** What this tab remembers, as far as the browser lets it: one that blocks site data throws at any touch. */
export function recall(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // It is asked for again when the page is loaded again.
  }
}
