import { connect, memoryStorage, MusubiCommandError, onRefused } from "@musubi/client";
import { Socket } from "phoenix";
import "./style.css";

const [status, count, problem, again] = ["status", "count", "problem", "again"].map(
  (id) => document.getElementById(id)!,
) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
const buttons = document.querySelectorAll<HTMLButtonElement>("button[data-amount]");

// Beside this page, whatever path that has. The browser's own storage may be blocked.
const path = new URL("socket", document.baseURI).pathname;
const socket = new Socket(path, { sessionStorage: memoryStorage() });
const connection = await connect<Musubi.Stores>(socket);

const giveUp = (reason: string) => {
  status.dataset.status = status.textContent = "not connected";
  problem.textContent ||= reason;
  again.hidden = false;
};
again.onclick = () => location.reload();
onRefused(socket, ({ reason }) => giveUp(reason || "The counter does not let this page in."));

const mounting = connection.mountStore({ module: "Example.Counter", id: "main" });
mounting.catch(() => giveUp("The counter does not answer."));
const mounted = await mounting;
const { store } = mounted;
const show = () => {
  status.dataset.status = status.textContent = mounted.isLive ? "live" : "reconnecting";
  for (const button of buttons) button.disabled = !mounted.isLive;
  count.textContent = String(store.count);
  problem.textContent = ""; // what was refused before is old news
  again.hidden = true;
};
store.subscribe(show); // after every change, whoever made it
mounted.onLiveChange(show);
show();

for (const button of buttons) {
  button.addEventListener("click", async () => {
    problem.textContent = "";
    try {
      await store.dispatchCommand("add", { amount: Number(button.dataset.amount) });
    } catch (error) {
      const reason = MusubiCommandError.is(error) && error.code;
      problem.textContent = reason || "The counter is away.";
    }
  });
}
