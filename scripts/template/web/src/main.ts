import { connect, memoryStorage, MusubiCommandError, onRefused } from "@musubi/client";
import { Socket } from "phoenix";
import "./style.css";

const find = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const status = find("status");
const controls = find<HTMLFieldSetElement>("controls");
const toggle = find<HTMLButtonElement>("switch");
const brightness = find<HTMLInputElement>("brightness");
const problem = find("problem");

// The URL is relative to this page, so that it works below any path. Session storage may be blocked.
const path = new URL("socket", document.baseURI).pathname;
const socket = new Socket(path, { sessionStorage: memoryStorage() });
onRefused(socket, ({ reason }) => {
  status.textContent = "not connected";
  problem.textContent = reason || "The device denied access.";
});
const connection = await connect<Musubi.Stores>(socket);
const mounted = await connection.mountStore({ module: "Device.Lamp", id: "main" });
const lamp = mounted.store;

function show(): void {
  status.textContent = mounted.isLive ? "live" : "reconnecting";
  problem.textContent = ""; // an earlier refusal no longer matters
  controls.disabled = !mounted.isLive;
  toggle.textContent = lamp.on ? "on" : "off";
  toggle.setAttribute("aria-pressed", String(lamp.on));
  find("shown").textContent = `${lamp.brightness} %`;
  if (document.activeElement !== brightness) brightness.value = String(lamp.brightness);
}
lamp.subscribe(show); // after every change, by any browser
mounted.onLiveChange(show);
show();

/** Shows why a command was refused, or that it was not. */
async function attempt(command: Promise<unknown>): Promise<void> {
  problem.textContent = "";
  try {
    await command;
  } catch (error) {
    problem.textContent = (MusubiCommandError.is(error) && error.code) || "The connection is lost.";
  }
}
toggle.onclick = () => attempt(lamp.dispatchCommand("switch", { on: !lamp.on }));
brightness.oninput = () => attempt(lamp.dispatchCommand("dim", { brightness: Number(brightness.value) }));
