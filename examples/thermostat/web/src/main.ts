import "./style.css";
import { Socket } from "phoenix";
import {
  connectWith,
  memoryStorage,
  MusubiCommandError,
  onRefused,
  type CommandName,
  type CommandPayload,
  type StoreSnapshot,
} from "@musubi/client";

// musubi.d.ts, written by the build of the firmware, contains the types of its store.
type Module = "Home.Stores.Thermostat";
type Thermostat = StoreSnapshot<Module, Musubi.Stores>;
type Command = CommandName<Module, Musubi.Stores>;

/** The range of the dial, in degrees: that of the store's targets. */
const [LEAST, MOST] = [5, 30];

const find = <E extends HTMLElement>(selector: string): E => {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`no ${selector} in the page`);
  return found;
};
const main = find("main");
const problem = find("#problem");
const again = find("#again");
const buttons = document.querySelectorAll<HTMLButtonElement>("button");
const modes = document.querySelectorAll<HTMLButtonElement>("nav button");
const degrees = (value: number): string => `${value.toFixed(1)} °C`;
const share = (value: number): string =>
  `${Math.min(1, Math.max(0, (value - LEAST) / (MOST - LEAST)))}`;

function stand(state: "connecting" | "live" | "reconnecting" | "not connected"): void {
  main.dataset["state"] = find("#link").textContent = state;
  for (const each of buttons) each.disabled = state !== "live" && each !== again;
}

function show(state: Thermostat): void {
  find("#room").textContent = state.room;
  find("#temperature").textContent = degrees(state.temperature);
  find("#outside").textContent = `outside ${degrees(state.outside)}`;
  find("#target").textContent = `${state.target} °C`;
  find("#heating").textContent = state.heating ? "heating" : "not heating";
  main.classList.toggle("heating", state.heating);
  main.style.setProperty("--now", share(state.temperature));
  main.style.setProperty("--target", share(state.target));
  for (const each of modes) each.ariaPressed = String(each.value === state.mode);
  find("#fault").hidden = state.fault === null;
  find("#fault span").textContent = state.fault;
}

function giveUp(reason: string): void {
  stand("not connected");
  problem.textContent ||= reason;
  again.hidden = false;
}

stand("connecting");
again.onclick = () => location.reload();
const socket = new Socket(new URL("socket", document.baseURI).pathname, {
  sessionStorage: memoryStorage(),
  // A board has few connections, so a hidden page closes its own.
  reconnectAfterMs: (tries: number) => [250, 1000, 2000][tries - 1] ?? 5000,
});
onRefused(socket, ({ reason }) => giveUp(reason || "The thermostat denied access."));
const connection = await connectWith<Musubi.Stores>(socket); // without uploads and a cache, which would only enlarge the page

const id = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const mounting = connection.mountStore({ module: "Home.Stores.Thermostat", id, params: {} });
mounting.catch(() => giveUp("The thermostat is not responding."));
const mounted = await mounting;
const { store } = mounted;
/** The values that people can set. When they change, an earlier refusal no longer matters. */
let settings = "";
const update = (): void => {
  const now = store.snapshot();
  stand(mounted.isLive ? "live" : "reconnecting");
  if (now === undefined) return;
  show(now);
  const set = `${mounted.isLive} ${now.target} ${now.mode} ${now.fault}`;
  if (set === settings) return;
  settings = set;
  problem.textContent = "";
  again.hidden = true;
};
store.subscribe(update);
mounted.onLiveChange(update);
update();

async function command<C extends Command>(
  name: C,
  payload: CommandPayload<Module, C, Musubi.Stores>,
): Promise<void> {
  try {
    await store.dispatchCommand(name, payload);
    problem.textContent = "";
  } catch (error) {
    const reason = MusubiCommandError.is(error) ? (error.reply as { reason?: string })?.reason : undefined;
    problem.textContent = reason ?? "The connection is lost.";
  }
}

const change = (by: number): void => {
  const now = store.snapshot();
  if (now !== undefined) void command("set_target", { celsius: now.target + by });
};
find("#down").onclick = () => change(-1);
find("#up").onclick = () => change(1);
find("#close").onclick = () => void command("close_window", {});
for (const each of modes) each.onclick = () => void command("set_mode", { mode: each.value as Thermostat["mode"] });
