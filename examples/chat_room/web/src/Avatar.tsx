import type { CSSProperties } from "react";

/** The initials of a name, in a colour of its own. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const initials = words.slice(0, 2).map((word) => [...word][0]?.toUpperCase() ?? "").join("");
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + letter.codePointAt(0)!) % 360;
  return (
    <span className="avatar" aria-hidden="true" style={{ "--hue": hue } as CSSProperties}>
      {initials || "?"}
    </span>
  );
}
