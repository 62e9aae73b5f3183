import { connect, memoryStorage, MusubiCommandError, onRefused } from "@musubi/client";
import { Socket } from "phoenix";
import "./style.css";

const [status, count, problem, again] = ["status", "count", "problem", "again"].map(
  (id) => document.getElementById(id)!,
) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
const buttons = document.querySelectorAll<HTMLButtonElement>("button[data-amount]");

// The URL is relative to this page, so that it works below any path. Session storage may be blocked.
const path = new URL("socket", document.baseURI).pathname;
const socket = new Socket(path, { sessionStorage: memoryStorage() });
const connection = await connect<Musubi.Stores>(socket);

const giveUp = (reason: string) => {
  status.dataset.status = status.textContent = "not connected";
  problem.textContent ||= reason;
  again.hidden = false;
};
again.onclick = () => location.reload();
onRefused(socket, ({ reason }) => giveUp(reason || "The counter denied access."));

const mounting = connection.mountStore({ module: "Example.Counter", id: "main" });
mounting.catch(() => giveUp("The counter is not responding."));
const mounted = await mounting;
const { store } = mounted;
const show = () => {
  status.dataset.status = status.textContent = mounted.isLive ? "live" : "reconnecting";
  for (const button of buttons) button.disabled = !mounted.isLive;
  count.textContent = String(store.count);
  problem.textContent = ""; // an earlier refusal no longer matters
  again.hidden = true;
};
store.subscribe(show); // after every change, by any browser
mounted.onLiveChange(show);
show();

for (const button of buttons) {
  button.addEventListener("click", async () => {
    problem.textContent = "";
    try {
      await store.dispatchCommand("add", { amount: Number(button.dataset.amount) });
    } catch (error) {
      const reason = MusubiCommandError.is(error) && error.code;
      problem.textContent = reason || "The connection is lost.";
    }
  });
}
