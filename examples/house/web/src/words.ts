import { MusubiCommandError, type StoreSnapshot } from "@musubi/react";

export type ZoneState = StoreSnapshot<"House.Stores.Zone", Musubi.Stores>;
export type Mode = NonNullable<ZoneState["climate"]>["mode"];

/** "4 of 5 thermostats live, 2 heating" */
export function summary(all: number, live: number, heating: number): string {
  const thermostats = `thermostat${all === 1 ? "" : "s"}`;
  const lives = live === all ? `All ${all} ${thermostats}` : `${live} of ${all} ${thermostats}`;
  return `${lives} live, ${heating === 0 ? "none" : heating} heating`;
}

/** 20.9 → "20.9°" */
export const degrees = (value: number): string => `${value.toFixed(1).replace("-", "−")}°`;

/** How long ago, in words that are short enough for a label: "12 s", "5 min", "2 h". */
export function ago(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

/** How the house fares with one thermostat, and how loud to say so. */
export function contact({ link, age }: ZoneState): { label: string; tone: "good" | "warn" | "alarm" } {
  switch (link) {
    case "live":
      return { label: "Live", tone: "good" };
    case "stale":
      return { label: age === null ? "No contact" : `No contact for ${ago(age)}`, tone: "warn" };
    case "refused":
      return { label: "Refused", tone: "alarm" };
    case "other_version":
      return { label: "Other version", tone: "alarm" };
    default:
      return { label: "Connecting…", tone: "warn" };
  }
}

export const modes: readonly { mode: Mode; label: string }[] = [
  { mode: "off", label: "Off" },
  { mode: "eco", label: "Eco" },
  { mode: "comfort", label: "Comfort" },
];

/** Why a command was not done: the thermostat's own words, if it has said any. */
export function problem(error: unknown): string {
  if (!MusubiCommandError.is(error)) return "the connection was lost";
  const reason = (error.reply as { reason?: unknown } | undefined)?.reason;
  if (typeof reason === "string") return reason;
  return error.kind === "timeout" ? "the house did not answer" : "the connection was lost";
}
