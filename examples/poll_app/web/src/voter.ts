const KEY = "poll-app-voter";

/** The name under which this tab votes: the same after a reload, another one in each tab. */
export const voterId = ((): string => {
  try {
    const known = sessionStorage.getItem(KEY);
    if (known !== null) return known;
    const fresh = randomName();
    sessionStorage.setItem(KEY, fresh);
    return fresh;
  } catch {
    return randomName(); // site data is blocked: after a reload it is somebody else
  }
})();

function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
