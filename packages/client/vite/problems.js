/** What is wrong, by who found it, kept with Vite's server, as several plugins may have found something. */
const PROBLEMS = Symbol.for("musubi.problems");

/**
 * Shows `text` in Vite's overlay on every page that is open or will be; empty: that is mended. The last
 * one mended takes the overlay off, and the page stays as it is: nothing typed into it is lost.
 */
export function showProblem(server, name, text) {
  const problems = (server[PROBLEMS] ??= listening(server));
  if (text === (problems.get(name) ?? "")) return;
  if (text === "") problems.delete(name);
  else problems.set(name, text);
  send(server);
}

/** A page that is opened later is told as well. */
function listening(server) {
  const problems = new Map();
  server.ws.on("connection", () => problems.size > 0 && send(server));
  return problems;
}

function send(server) {
  // An update without a module clears the overlay. Vite's client reloads the page instead on the first
  // update that finds one, so the first update comes before.
  server.ws.send({ type: "update", updates: [] });
  const problems = server[PROBLEMS];
  if (problems.size === 0) return;
  const message = [...problems.values()].join("\n\n");
  server.ws.send({ type: "error", err: { message, stack: "", plugin: [...problems.keys()].join() } });
}
