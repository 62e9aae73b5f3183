/** Session storage, if the browser allows it: a browser that blocks site data throws at any access. */
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
    // The page then asks for it again when it is reloaded.
  }
}
