import { Window } from "happy-dom";

// A document for React, and nothing else of a browser: the programs are started by Node. Imported
// first, as react-dom looks for it when it is loaded.
const window = new Window({ url: "http://127.0.0.1/" });
const { document, navigator } = window;
for (const [name, value] of Object.entries({ window, document, navigator })) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
