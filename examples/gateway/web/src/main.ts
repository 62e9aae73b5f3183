import "./style/base.css";
import "./style/layout.css";
import "./style/parts.css";
import "./style/lists.css";
import "./style/controls.css";
import "./style/phone.css";
import { el } from "./dom.js";
import { LiveStore } from "./live.js";
import { worldChanged } from "./notes.js";
import { Past } from "./past.js";
import { parseRoute, sameRoute, type Route } from "./route.js";
import { Session } from "./session.js";
import type { Overview, Send } from "./stores.js";
import { DetailView } from "./views/detail.js";
import { DiskDetail } from "./views/disk.js";
import { Header } from "./views/header.js";
import { InterfaceDetail } from "./views/interface.js";
import { outside, refused } from "./views/message.js";
import { OverviewView, skeleton } from "./views/overview.js";

const session = new Session();
const live = new LiveStore(session, "Gateway.Stores.Overview", "main");
const past = new Past(6);

/** Sends a command to the gateway. If it succeeds, earlier refusals no longer matter. */
const send: Send = async (name, ...payload) => {
  if (live.store === undefined) throw new Error("not connected");
  const reply = await live.store.dispatchCommand(name, ...payload);
  worldChanged();
  return reply;
};

const header = new Header(session, live, send);
const overview = new OverviewView(past, send);
const ghosts = skeleton();
const main = el("main", "", ghosts);
document.getElementById("app")?.append(header.root, main);

let route: Route = { view: "overview" };
let detail: { root: HTMLElement; close(): void } | undefined;
let barrier: HTMLElement | undefined;
let closed: HTMLElement | undefined;

/** The content to show now: why access is denied, why there is nothing to show, or the requested page. */
function content(): HTMLElement {
  if (barrier !== undefined) return barrier;
  if (detail !== undefined) return detail.root;
  if (closed !== undefined) return closed;
  return live.known.kind === "loading" ? ghosts : overview.root;
}

function show(): void {
  const next = content();
  // Only if it is a different page: inserting it again would remove the focus from an edited field.
  if (main.firstElementChild !== next) main.replaceChildren(next);
}

function open(next: Route): void {
  if (sameRoute(route, next)) return;
  route = next;
  detail?.close();
  detail = undefined;
  if (route.view === "interface") {
    const { name } = route;
    const traffic = new Past(2);
    detail = new DetailView({
      live: new LiveStore(session, "Gateway.Stores.Interface", name, { name }),
      title: name,
      detail: new InterfaceDetail(traffic),
      past: traffic,
      refusal: "There is no such interface",
    });
  } else if (route.view === "disk") {
    const { name } = route;
    const traffic = new Past(2);
    detail = new DetailView({
      live: new LiveStore(session, "Gateway.Stores.Disk", name, { name }),
      title: name,
      detail: new DiskDetail(traffic),
      past: traffic,
      refusal: "There is no such disk",
    });
  }
  show();
  scrollTo(0, 0);
}

/** The values that people set. */
const settingsOf = ({ name, period, paused, counting_since }: Overview) =>
  JSON.stringify([name, period, paused, counting_since]);

let mounts = 0;
let settings = "";
live.onChange(() => {
  const { known } = live;
  closed = known.kind === "refused" ? refused("The gateway refuses to show its state", known, live) : undefined;
  if (known.kind === "state") {
    const { state } = known;
    past.take(state, performance.now(), live.mounts !== mounts);
    mounts = live.mounts;
    if (settingsOf(state) !== settings) worldChanged();
    settings = settingsOf(state);
    overview.root.classList.toggle("stale", !known.fresh);
    header.update(state);
    overview.update(state);
  }
  show();
});
session.onChange((link) => {
  worldChanged();
  barrier = outside(session, link);
  show();
});
addEventListener("hashchange", () => open(parseRoute(location.hash)));
open(parseRoute(location.hash));
