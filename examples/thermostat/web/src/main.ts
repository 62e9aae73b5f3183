import "./style.css";
import { Socket } from "phoenix";
import {
  connectWith,
  MusubiCommandError,
  type CommandName,
  type CommandPayload,
  type StoreSnapshot,
} from "@musubi/client";

// The types of the firmware's store, which its build writes: musubi.d.ts.
type Module = "Home.Stores.Thermostat";
type Thermostat = StoreSnapshot<Module, Musubi.Stores>;
type Command = CommandName<Module, Musubi.Stores>;

const find = <E extends HTMLElement>(selector: string): E => {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`no ${selector} in the page`);
  return found;
};
const main = find("main");
const modes = [...document.querySelectorAll<HTMLButtonElement>("nav button")];
const degrees = (value: number): string => `${value.toFixed(1)} °C`;

function show(state: Thermostat): void {
  find("#room").textContent = state.room;
  find("#temperature").textContent = degrees(state.temperature);
  find("#outside").textContent = `outside ${degrees(state.outside)}`;
  find("#target").textContent = `${state.target} °C`;
  find("#heating").textContent = state.heating ? "heating" : "not heating";
  main.classList.toggle("heating", state.heating);
  for (const each of modes) each.ariaPressed = String(each.value === state.mode);
  find("#fault").hidden = state.fault === null;
  find("#fault span").textContent = state.fault;
}

const socket = new Socket(new URL("socket", location.href).pathname, {
  // The board has few connections: a page that nobody looks at gives its own back.
  reconnectAfterMs: (tries: number) => [250, 1000, 2000][tries - 1] ?? 5000,
});
const connection = await connectWith<Musubi.Stores>(socket); // no uploads, no cache: not in the page either
const follow = (): void => {
  const status = connection.status();
  main.dataset["state"] = status;
  find("#link").textContent = status === "ready" ? "live" : status;
};
connection.onStatusChange(follow);
follow();

const id = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const { store } = await connection.mountStore({ module: "Home.Stores.Thermostat", id, params: {} });
const update = (): void => {
  const now = store.snapshot();
  if (now !== undefined) show(now);
};
store.subscribe(update);
update();

async function command<C extends Command>(
  name: C,
  payload: CommandPayload<Module, C, Musubi.Stores>,
): Promise<void> {
  const problem = find("#problem");
  try {
    await store.dispatchCommand(name, payload);
    problem.textContent = "";
  } catch (error) {
    const reason = MusubiCommandError.is(error) ? (error.reply as { reason?: string })?.reason : undefined;
    problem.textContent = reason ?? "not connected";
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
