import "./style/base.css";
import "./style/layout.css";
import "./style/parts.css";
import "./style/lists.css";
import "./style/controls.css";
import { el } from "./dom.js";
import { History, takeDisk, takeInterface } from "./history.js";
import { LiveStore } from "./live.js";
import { parseRoute, sameRoute, type Route } from "./route.js";
import { Session } from "./session.js";
import { DetailView } from "./views/detail.js";
import { DiskDetail } from "./views/disk.js";
import { Header } from "./views/header.js";
import { InterfaceDetail } from "./views/interface.js";
import { message, outside } from "./views/message.js";
import { OverviewView, skeleton } from "./views/overview.js";

const session = new Session();
const history = new History();
const live = new LiveStore(session, "Gateway.Stores.Overview", "main");

/** The store, for whoever sends it a command; without one there is nobody to send it to. */
function store() {
  if (live.store === undefined) throw new Error("not connected");
  return live.store;
}

const header = new Header(session, async (pause) => store().dispatchCommand(pause ? "pause" : "resume"));
const overview = new OverviewView(history, store);
const ghosts = skeleton();
const main = el("main", "", ghosts);
document.getElementById("app")?.append(header.root, main);

let route: Route = { view: "overview" };
let detail: { root: HTMLElement; close(): void } | undefined;
let barrier: HTMLElement | undefined;

const refusal = (reason: string) => message("The gateway does not show itself", `It says: ${reason}.`);

/** What there is to show now: what keeps us out, why there is nothing, or the page asked for. */
function content(): HTMLElement {
  const { known } = live;
  if (barrier !== undefined) return barrier;
  if (known.kind === "refused") return refusal(known.reason);
  if (known.kind === "loading") return ghosts;
  return detail?.root ?? overview.root;
}

function show(): void {
  const next = content();
  // Only when it is another: putting a page in anew takes the focus from whoever types in it.
  if (main.firstElementChild !== next) main.replaceChildren(next);
}

function open(next: Route): void {
  if (sameRoute(route, next)) return;
  route = next;
  detail?.close();
  detail = undefined;
  if (route.view === "interface") {
    const { name } = route;
    const pair = history.ofInterface(name);
    detail = new DetailView({
      live: new LiveStore(session, "Gateway.Stores.Interface", name, { name }),
      title: name,
      detail: new InterfaceDetail(pair),
      history: pair,
      sample: takeInterface,
      refusal: "There is no such interface",
    });
  } else if (route.view === "disk") {
    const { name } = route;
    const pair = history.ofDisk(name);
    detail = new DetailView({
      live: new LiveStore(session, "Gateway.Stores.Disk", name, { name }),
      title: name,
      detail: new DiskDetail(pair),
      history: pair,
      sample: takeDisk,
      refusal: "There is no such disk",
    });
  }
  show();
  scrollTo(0, 0);
}

live.onChange(() => {
  const { known } = live;
  if (known.kind === "state") {
    if (known.fresh) history.take(known.state, performance.now());
    else history.breakOff(performance.now());
    overview.root.classList.toggle("stale", !known.fresh);
    header.update(known.state);
    overview.update(known.state);
  }
  show();
});
session.onChange((link) => {
  barrier = outside(session, link);
  show();
});
addEventListener("hashchange", () => open(parseRoute(location.hash)));
open(parseRoute(location.hash));
