import { connectWith, onRefused, uploads } from "@musubi/client";
import { readRoots, takeToken, writeRoots, type Root } from "./address.js";
import { h, setText } from "./dom.js";
import { MountForm } from "./mount.js";
import { RootCard } from "./root.js";
import { fieldsOf, optional, storeOf, useSchema, VERSION, type Schema } from "./schema.js";
import { Socket } from "./socket.js";
import "./style.css";

const status = h("span", { className: "pill", role: "status" });
const cards = h("div", { className: "cards" });
const empty = h("p", { className: "empty", hidden: true }, "No store is mounted.");
const barrier = h("div", { className: "card barrier", hidden: true });
const main = h("main", {}, barrier, cards, empty);
document.title = `Inspector · ${location.host}`;
document.body.append(h("header", { className: "top" }, h("h1", {}, "Inspector"), h("span", { className: "id" }, location.host), status), main);

function say(state: string): void {
  status.dataset["state"] = state;
  setText(status, state);
}
say("connecting");

/** In place of the stores: why there are none, and what may help. */
function block(reason: string, ...help: Node[]): void {
  barrier.replaceChildren(h("p", { role: "alert" }, reason), ...help);
  barrier.hidden = false;
}

async function load(): Promise<Schema> {
  const response = await fetch(new URL("inspector/schema.json", document.baseURI));
  if (!response.ok) throw new Error(`The schema could not be loaded: ${response.status}`);
  const schema = (await response.json()) as Schema;
  if (schema.version !== VERSION) throw new Error(`This page does not know version ${schema.version} of the schema.`);
  return schema;
}

async function start(): Promise<void> {
  const schema = await load();
  useSchema(schema);

  const { token, hash } = takeToken(location.hash);
  if (token !== undefined) history.replaceState(null, "", location.pathname + location.search + hash);
  // Relative to the page, so that it works on any host and below any path.
  const path = new URLSearchParams(location.search).get("socket") ?? "socket";
  const url = new URL(new URL(path, document.baseURI).pathname, location.href);
  const socket = new Socket(url.href.replace(/^http/, "ws"));
  // A character of two bytes becomes two, as a header is bytes.
  const enter = (text: string): void => {
    socket.authToken = String.fromCharCode(...new TextEncoder().encode(text));
  };
  if (token !== undefined) enter(token);

  socket.onOpen(() => {
    barrier.hidden = true;
    say("live");
  });
  socket.onClose(() => status.dataset["state"] === "live" && say("reconnecting"));
  onRefused(socket, ({ status, reason }) => {
    const tries = status === 400 || status === 503; // blocked on the way, or no room: it goes on by itself
    say(tries ? "waiting" : "refused");
    const input = h("input", { type: "password", autocomplete: "off", "aria-label": "token", placeholder: "token" });
    const form = h("form", {}, tries ? "" : input, h("button", {}, "Try again"));
    form.onsubmit = (event) => {
      event.preventDefault();
      if (input.value !== "") enter(input.value);
      say("connecting");
      socket.disconnect();
      socket.connect();
    };
    const known = reason === "unauthorized"; // says no more than the sentences here
    const why = known ? "This program lets in only who has a token." : reason || `Access denied: ${status}.`;
    const wrong = status === 403 && socket.authToken;
    block(wrong ? `This token is not accepted${known ? "." : `: ${why}`}` : why, form);
    if (socket.authToken) input.focus();
  });
  const connection = await connectWith<any>(socket, { uploads: uploads() });
  connection.onBuildChange(() => location.reload());

  const shown: RootCard[] = [];
  const changed = (): void => {
    history.replaceState(null, "", location.pathname + location.search + writeRoots(shown.map(({ which }) => which)));
    empty.hidden = shown.length > 0;
  };
  const close = (card: RootCard): void => {
    card.close();
    shown.splice(shown.indexOf(card), 1);
    changed();
  };
  const mount = (root: Root): string | undefined => {
    const same = shown.find(({ which: { module, id } }) => module === root.module && id === root.id);
    if (same?.failed) close(same);
    else if (same) return "It is mounted already: choose another id.";
    const topic = `musubi:connection:${root.module}:${root.id}`;
    const card: RootCard = new RootCard(
      root,
      connection,
      () => close(card),
      () => form.ask(root.module, root.id, socket.refused.get(topic)),
    );
    shown.push(card);
    cards.append(card.root);
    changed();
    return undefined;
  };
  const form = new MountForm(schema, mount);
  main.append(form.root);

  const open = (roots: readonly Root[]): void => {
    for (const root of roots) mount(root);
    changed();
  };
  addEventListener("hashchange", () => {
    for (const card of [...shown]) close(card);
    open(readRoots(location.hash) ?? []);
  });
  const asked = readRoots(hash);
  if (asked) return open(asked);
  // An address that says nothing shows every root that asks nothing.
  const needy = (module: string) =>
    fieldsOf(storeOf(module)?.params ?? {}).some(([, type]) => optional(type) === undefined);
  open(schema.roots.filter((module) => !needy(module)).map((module) => ({ module, id: "main", params: {} })));
  const first = schema.roots.find(needy);
  if (first !== undefined && shown.length === 0) form.ask(first, "main");
}

start().catch((error: Error) => {
  say("failed");
  block(error.message);
});
