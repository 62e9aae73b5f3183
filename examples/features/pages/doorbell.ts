import { button, el, open } from "./page.js";

const connection = await open<Doorbell.Stores>();
const { store } = await connection.mountStore({ module: "Example.Doorbell", id: "main" });

const ring = button("Ring", () => store.dispatchCommand("ring", { who: "Ada" }));
const rings = el("p", { id: "rings" });
const heard = el("ul");
document.body.prepend(ring, rings, heard);

store.handleEvent("chime", ({ who }) => heard.append(el("li", {}, `${who} is at the door`)));
store.handleEvent("toast", ({ message }) => heard.append(el("li", {}, message)));

const show = () => (rings.textContent = `${store.rings} rings`);
store.subscribe(show);
show();
