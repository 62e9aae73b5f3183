import type { UploadHandle } from "@musubi/client";
import { commandForm } from "./command.js";
import { h, setText, Views, type View } from "./dom.js";
import { storeOf } from "./schema.js";
import { membersView, textOf, structView } from "./values.js";

/** Where a store's events are told; set by the root that is being built. */
export type Tell = (store: string, event: string, payload: unknown) => void;
let tell: Tell = () => undefined;

/** Stores that `build` makes, and those that later come up in them, tell their events there. */
export function telling<T>(to: Tell, build: () => T): T {
  const before = tell;
  tell = to;
  try {
    return build();
  } finally {
    tell = before;
  }
}

/** A store: its state, its uploads, its commands. Shows whatever proxy it is given. */
export function storeView(module: string): View {
  const known = storeOf(module);
  if (known === undefined) return structView({});
  const here = tell;
  const commands = Object.entries(known.commands).map(([name, { payload }]) => commandForm(name, payload, () => proxy));
  const uploads = known.uploads.map((name) => [name, uploadView(name)] as const);
  const state = structView(known.state);
  const members = membersView(h("div", { className: "rows" }), uploads);
  const title = h("small");
  const root = h(
    "div",
    { className: "store" },
    h("div", { className: "state" }, title, state.root, members.root),
    commands.length > 0 && h("div", { className: "commands" }, ...commands),
  );
  let proxy: any;
  let stops: (() => void)[] = [];
  const listen = (to: any): void => {
    for (const stop of stops) stop();
    proxy = to;
    const path: string | undefined = to?.__musubi_store_id__.join("/");
    setText(title, path ? `${path} · ${module}` : "");
    stops = Object.keys(to === undefined ? {} : known.events).map((event) =>
      to.handleEvent(event, (payload: unknown) => here(path as string, event, payload)),
    );
  };
  return {
    root,
    update(value) {
      if (value !== proxy) listen(value);
      telling(here, () => {
        state.update(value);
        members.update(value);
      });
    },
    close() {
      listen(undefined);
      state.close?.();
    },
  };
}

const size = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function uploadView(name: string): View {
  let handle: UploadHandle | undefined;
  const input = h("input", { type: "file", "aria-label": `files for ${name}` });
  const rules = h("small");
  const problem = h("p", { className: "note", role: "alert" });
  const list = h("div", { className: "rows" });
  const status = h("span", { className: "pill" });
  input.onchange = async () => {
    try {
      await handle?.select(input.files ?? []);
      await handle?.start();
    } catch (error) {
      setText(problem, String(error));
    }
    input.value = "";
  };
  const views = new Views(list, (ref) => {
    const bar = h("progress", { max: 100, "aria-label": "progress" });
    const label = h("span");
    const cancel = h("button", { type: "button", className: "quiet", onclick: () => void handle?.cancel(ref) }, "Cancel");
    return {
      root: h("div", { className: "row" }, label, bar, cancel),
      update({ clientName, progress, status, errors }) {
        bar.value = progress;
        setText(label, [clientName, status, ...errors.map((each: any) => each.message)].join(" · "));
      },
    };
  });
  return {
    root: h("div", { className: "upload" }, h("span", { className: "name" }, name, " ", status), input, rules, problem, list),
    update(value: UploadHandle | undefined) {
      handle = value;
      if (value?.config === undefined) return;
      const { accept, maxEntries, maxFileSize } = value.config;
      input.multiple = maxEntries > 1;
      input.accept = accept === "any" ? "" : accept.join();
      setText(rules, `${accept === "any" ? "any file" : accept.join(" ")} · up to ${size(maxFileSize)}, ${maxEntries} at a time`);
      setText(status, value.status);
      status.dataset["state"] = value.status;
      setText(problem, value.errors.map(({ message }) => message).join(" · "));
      views.update(value.entries.map((each) => [each.ref, each]));
    },
  };
}

/** The latest events of a root, newest first. */
export function eventLog(): { root: HTMLElement; tell: Tell } {
  const list = h("div", { role: "log", "aria-label": "events", tabIndex: 0 });
  const root = h("details", { open: true, hidden: true, className: "events" }, h("summary", { className: "name" }, "events"), list);
  return {
    root,
    tell(store, event, payload) {
      root.hidden = false;
      const at = new Date().toLocaleTimeString();
      list.prepend(h("div", {}, h("time", {}, at), ` ${store && `${store} `}`, h("b", {}, event), ` ${textOf(payload)}`));
      if (list.childElementCount > 100) list.lastElementChild?.remove();
    },
  };
}
