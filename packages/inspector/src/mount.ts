import type { Root } from "./address.js";
import { showRefusal } from "./command.js";
import { freshId, h, setText } from "./dom.js";
import { structFields, Wrong, type Field } from "./form.js";
import { fieldsOf, storeOf, type Schema } from "./schema.js";

/** The form that mounts a root, with params as its store takes them. */
export class MountForm {
  readonly root: HTMLDetailsElement;
  readonly #module: HTMLSelectElement;
  readonly #id = h("input", { value: "main", required: true, autocomplete: "off", spellcheck: false });
  readonly #params = h("div");
  readonly #problem = h("p", { className: "note", role: "alert" });
  #fields!: Field;

  constructor(schema: Schema, mount: (root: Root) => string | undefined) {
    const ids = [freshId(), freshId()] as const;
    this.#module = h("select", { id: ids[0] }, ...schema.roots.map((each) => h("option", {}, each)));
    const id = this.#id;
    id.id = ids[1];
    const form = h(
      "form",
      { noValidate: true },
      h("div", { className: "field" }, h("label", { htmlFor: ids[0] }, "store"), this.#module),
      h("div", { className: "field" }, h("label", { htmlFor: ids[1] }, "id"), id),
      this.#params,
      h("button", {}, "Mount"),
      this.#problem,
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      try {
        if (!id.reportValidity()) return;
        const params = this.#fields.read() as Record<string, unknown>;
        setText(this.#problem, mount({ module: this.#module.value, id: id.value, params }) ?? "");
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
      }
    };
    this.root = h("details", { className: "card mount" }, h("summary", {}, "Mount a store"), form);
    this.#module.onchange = () => this.#choose();
    this.#choose();
  }

  /** Opens on this store, whose params are missing or were refused. */
  ask(module: string, id: string, reply?: unknown): void {
    this.root.open = true;
    this.#id.value = id;
    if (this.#module.value !== module) {
      this.#module.value = module;
      this.#choose();
    }
    if (reply !== undefined) setText(this.#problem, showRefusal(this.#fields, reply, ""));
  }

  #choose(): void {
    this.#fields = structFields(storeOf(this.#module.value)?.params ?? {});
    this.#params.replaceChildren(this.#fields.root);
    this.#params.hidden = fieldsOf(storeOf(this.#module.value)?.params ?? {}).length === 0;
    setText(this.#problem, "");
  }
}
