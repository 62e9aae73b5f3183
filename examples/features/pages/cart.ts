import { keyOf } from "@musubi/client";
import { button, el, open } from "./page.js";

const connection = await open<Cart.Stores>();
const { store } = await connection.mountStore({ module: "Example.Cart", id: "main" });

const sku = el("input", { id: "sku" });
const add = button("Add", () => store.dispatchCommand("add", { sku: sku.value }));
const lines = el("ul");
const total = el("p", { id: "total" });
document.body.prepend(sku, add, lines, total);

function show(): void {
  lines.replaceChildren(
    ...store.lines.map((line) => {
      const { quantity } = line;
      const more = button("One more", () => line.dispatchCommand("set_quantity", { quantity: quantity + 1 }));
      return el("li", { id: keyOf(line) }, `${quantity} × ${line.sku} `, more);
    }),
  );
  total.textContent = `${store.units} pieces, ${store.total_cents} cents`;
}
store.subscribe(show); // also after a change of a line
show();
