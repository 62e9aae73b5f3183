import { connect, MusubiCommandError } from "@musubi/client";
import { Socket } from "phoenix";
import "./style.css";

const [status, count, problem] = ["status", "count", "problem"].map(
  (id) => document.getElementById(id)!,
) as [HTMLElement, HTMLElement, HTMLElement];
const buttons = document.querySelectorAll<HTMLButtonElement>("button[data-amount]");

const connection = await connect<Musubi.Stores>(new Socket("/socket"));
const showStatus = () => {
  status.dataset.status = status.textContent = connection.status();
  for (const button of buttons) button.disabled = connection.status() !== "ready";
};
connection.onStatusChange(showStatus);

const { store } = await connection.mountStore({ module: "Example.Counter", id: "main" });
const showCount = () => (count.textContent = String(store.count));
store.subscribe(showCount); // after every change, whoever made it
showCount();
showStatus();

for (const button of buttons) {
  button.addEventListener("click", async () => {
    problem.textContent = "";
    try {
      await store.dispatchCommand("add", { amount: Number(button.dataset.amount) });
    } catch (error) {
      problem.textContent = MusubiCommandError.is(error) ? error.code! : "The counter is away.";
    }
  });
}
