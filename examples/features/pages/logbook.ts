import { button, el, open } from "./page.js";

const connection = await open<Logbook.Stores>();
const { store } = await connection.mountStore({ module: "Example.Logbook", id: "main" });

const line = el("input", { id: "line" });
const write = button("Write", () => store.dispatchCommand("write", { line: line.value }));
const entries = el("ol");
document.body.prepend(line, write, entries);

function show(): void {
  entries.replaceChildren(
    ...store.entries.map((entry) =>
      el("li", {}, `${entry.line} `, button("Strike", () => store.dispatchCommand("strike", { id: entry.id }))),
    ),
  );
}
store.subscribe(show);
show();
