import type { ConnectionPatchEnvelope } from "../../src/index.js";

export const ROOT_ID = "Demo.Page:main";

/** The envelope after `base`, with what a test cares about. */
export function patch(
  base: number,
  content: Partial<ConnectionPatchEnvelope> = {},
): ConnectionPatchEnvelope {
  return {
    type: "patch",
    root_id: ROOT_ID,
    base_version: base,
    version: base + 1,
    ops: [],
    stream_ops: [],
    upload_ops: [],
    events: [],
    ...content,
  };
}

/** The first envelope of a runtime; `value` gets the root's store id. */
export function firstPatch(
  value: Record<string, unknown>,
  content: Partial<ConnectionPatchEnvelope> = {},
): ConnectionPatchEnvelope {
  const tree = { __musubi_store_id__: [], ...value };
  return patch(0, { ops: [{ op: "replace", path: "", value: tree }], ...content });
}

/** A child store's node. */
export function child(id: string[], value: Record<string, unknown> = {}): Record<string, unknown> {
  return { __musubi_store_id__: id, ...value };
}
