import type { MountedStore, MusubiConnection } from "@musubi/client";
import type { Root } from "./address.js";
import { h, setText } from "./dom.js";
import { eventLog, storeView, telling } from "./store.js";

/** A mounted root, from the moment that it is asked for. */
export class RootCard {
  readonly root: HTMLElement;
  readonly #pill = h("span", { className: "pill", role: "status" }, "loading");
  readonly #body = h("fieldset", { className: "body", disabled: true });
  readonly #problem = h("p", { className: "note", role: "alert" });
  readonly #stops: (() => void)[] = [];
  #mounted: MountedStore<never, any> | undefined;
  #closed = false;
  failed = false;

  constructor(
    readonly which: Root,
    connection: MusubiConnection<any>,
    /** The root is to be taken away. */
    close: () => void,
    /** The server refused it, or did not answer. */
    refused: () => void,
  ) {
    const { module, id, params } = which;
    const title = `${module} ${id}`;
    this.root = h(
      "section",
      { className: "card", "aria-label": title },
      h(
        "header",
        {},
        h("h2", {}, module),
        h("span", { className: "id" }, id, Object.keys(params).length > 0 && ` ${JSON.stringify(params)}`),
        this.#pill,
        h("button", { type: "button", className: "quiet", "aria-label": `Unmount ${title}`, onclick: close }, "Unmount"),
      ),
      this.#problem,
      this.#body,
    );
    this.#state("loading");
    connection.mountStore(which).then(
      (mounted) => this.#show(mounted),
      (error: Error) => {
        if (this.#closed) return;
        this.failed = true;
        this.#state("failed");
        const reason = error.message.replace("Root join failed: ", "");
        setText(this.#problem, reason === "unauthorized" ? "You have no access to this store." : reason);
        refused();
      },
    );
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    void this.#mounted?.unmount();
    this.root.remove();
  }

  #show(mounted: MountedStore<never, any>): void {
    this.#mounted = mounted;
    if (this.#closed) return void mounted.unmount();
    const log = eventLog();
    const store: any = mounted.store;
    const view = telling(log.tell, () => storeView(this.which.module));
    this.#body.append(view.root, log.root);
    const live = (): void => {
      this.#state(mounted.isLive ? "live" : "reconnecting");
      this.#body.disabled = !mounted.isLive;
    };
    let wanted = false;
    const paint = (): void => {
      if (wanted) return;
      wanted = true; // once for each picture, however many patches come
      requestAnimationFrame(() => {
        wanted = false;
        if (!this.#closed) view.update(store);
      });
    };
    this.#stops.push(store.subscribe(paint), mounted.onLiveChange(live), () => view.close?.());
    live();
    view.update(store);
  }

  #state(state: string): void {
    this.#pill.dataset["state"] = state;
    setText(this.#pill, state);
  }
}
