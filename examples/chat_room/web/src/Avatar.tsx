import type { CSSProperties } from "react";

/** The initials of a name, in a colour of its own. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const initials = words.slice(0, 2).map((word) => [...word][0]?.toUpperCase() ?? "").join("");
  let hash = 0x811c9dc5; // FNV-1a: names that are much alike get colours that are not
  for (const letter of name) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  const hue = (hash >>> 0) % 360;
  return (
    <span className="avatar" aria-hidden="true" style={{ "--hue": hue } as CSSProperties}>
      {initials || "?"}
    </span>
  );
}
