import { connect, memoryStorage, MusubiCommandError, onRefused, type UploadEntry } from "@musubi/client";
import { Socket } from "phoenix";
import { button, el, size } from "./dom.js";
import "./style.css";

const find = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const status = find("status");
const problem = find("problem");
const again = find("again");
const files = find<HTMLInputElement>("files");
const drop = find("drop");
const post = find<HTMLButtonElement>("post");

// The URL is relative to this page, so that it works below any path. Session storage may be blocked.
const path = new URL("socket", document.baseURI).pathname;
const socket = new Socket(path, { sessionStorage: memoryStorage() });
const connection = await connect<Musubi.Stores>(socket);

function complain(text: string): void {
  problem.textContent = text;
  problem.hidden = text === "";
}
function giveUp(reason: string): void {
  status.dataset.status = status.textContent = "not connected";
  if (problem.hidden) complain(reason);
  again.hidden = false;
}
again.onclick = () => location.reload();
onRefused(socket, ({ reason }) => giveUp(reason || "The letterbox denied access."));

const mounting = connection.mountStore({ module: "Example.Letterbox", id: "main" });
mounting.catch(() => giveUp("The letterbox is not responding."));
const mounted = await mounting;
const { store } = mounted;
const { letter } = store; // the same object as long as the store is mounted

function showEntry(entry: UploadEntry): HTMLElement {
  const error = entry.errors.at(-1); // the store's own message comes last
  // A file has arrived when the server says so; 100 % only means that it was sent.
  const says = error?.message ?? (entry.isSuccess ? "arrived" : `${entry.progress} %`);
  const bar = el("progress", { max: 100, value: entry.progress, ariaLabel: entry.clientName });
  const remove = button("✕", `Do not send ${entry.clientName}`, () => letter.cancel(entry.ref));
  const row = el("li", {}, el("b", {}, entry.clientName), el("span", {}, says), remove, bar);
  row.dataset["status"] = entry.status;
  return row;
}

function show(): void {
  status.dataset.status = status.textContent = mounted.isLive ? "live" : "reconnecting";
  again.hidden = true;
  const { accept, maxEntries, maxFileSize } = letter.config;
  files.disabled = !mounted.isLive;
  files.accept = accept === "any" ? "" : accept.join();
  find("rules").textContent =
    `${accept === "any" ? "" : `${accept.join(" ")} · `}up to ${size(maxFileSize)}, ${maxEntries} at a time`;

  find("entries").replaceChildren(...letter.entries.map(showEntry));
  const there = letter.entries.filter((entry) => entry.isSuccess).length;
  post.hidden = there === 0;
  post.disabled = !mounted.isLive || letter.isUploading;
  post.textContent = there === 1 ? "Post this letter" : `Post these ${there} letters`;

  find("empty").hidden = store.letters.length > 0;
  const newest = [...store.letters].reverse();
  find("letters").replaceChildren(
    // Two letters may have the same name; the file name of the box is unique.
    ...newest.map(({ name, file, size: bytes }) =>
      el("li", {}, el("b", {}, name), el("span", {}, size(bytes)), el("small", {}, file)),
    ),
  );
}

/** A problem is no longer shown when something has changed: other letters, or the connection. */
let world = "";
function update(): void {
  const now = `${mounted.isLive} ${store.letters.map(({ file }) => file).join()}`;
  if (now !== world) complain("");
  world = now;
  show();
}
store.subscribe(update);
mounted.onLiveChange(update);
update();

async function send(chosen: FileList | null): Promise<void> {
  complain("");
  try {
    await letter.select([...(chosen ?? [])]);
    complain(letter.errors.map(({ message }) => message).join("; "));
    await letter.start();
  } catch {
    complain("The connection is lost.");
  }
}
files.onchange = async () => {
  const { files: chosen } = files;
  await send(chosen);
  files.value = ""; // so that the same file can be chosen again
};
drop.ondragover = (event) => {
  event.preventDefault();
  drop.classList.add("over");
};
drop.ondragleave = () => drop.classList.remove("over");
drop.ondrop = (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  if (mounted.isLive) void send(event.dataTransfer?.files ?? null);
};

post.onclick = async () => {
  complain("");
  const posted = letter.entries.filter((entry) => entry.isSuccess).length;
  try {
    const { kept } = await store.dispatchCommand("post");
    if (kept < posted) complain(`The letterbox could not keep ${posted - kept} of ${posted} letters.`);
  } catch (error) {
    const reason = MusubiCommandError.is(error) && error.code;
    complain(reason || "The connection is lost.");
  }
};
