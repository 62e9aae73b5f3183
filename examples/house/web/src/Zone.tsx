import type { StoreProxy } from "@musubi/react";
import { useRef, useState } from "react";
import { sentence } from "../../../shared_web/states.js";
import { useMusubiCommand, useMusubiRoot, useMusubiSnapshot } from "../../../shared_web/connection.js";
import { Dial } from "./Dial.js";
import { contact, degrees, modes, problem, type Mode } from "./words.js";

/** One thermostat. Its root is its own, so that a slow one keeps no other waiting. */
export function Zone({ name }: { name: string }) {
  const root = useMusubiRoot({ module: "House.Stores.Zone", id: name, params: { zone: name } });
  if (root.status === "ready") return <Card store={root.store} isHere={root.isLive} />;
  return (
    <article className="zone card" aria-busy={root.status === "loading"}>
      <h2>{name}</h2>
      {root.status === "error" && <p className="muted">{sentence(root.error.message)}</p>}
    </article>
  );
}

interface Props {
  store: StoreProxy<"House.Stores.Zone", Musubi.Stores>;
  /** Whether this page hears of the house. */
  isHere: boolean;
}

function Card({ store, isHere }: Props) {
  const zone = useMusubiSnapshot(store);
  const setTarget = useMusubiCommand(store, "set_target");
  const setMode = useMusubiCommand(store, "set_mode");
  const closeWindow = useMusubiCommand(store, "close_window");
  const [said, say] = useState("");
  const wanted = useRef<number>(undefined); // of the presses that are not answered yet
  if (zone === undefined) return null; // it is being mounted again
  const { name, climate } = zone;
  const { label, tone } = contact(zone);
  const isLive = isHere && zone.link === "live";

  const send = async (command: () => Promise<unknown>) => {
    try {
      await command();
      say("");
    } catch (error) {
      say(sentence(problem(error)));
    }
  };
  const step = async (by: number) => {
    if (climate === null) return;
    const celsius = (wanted.current ?? climate.target) + by;
    wanted.current = celsius;
    await send(() => setTarget.dispatch({ celsius }));
    if (wanted.current === celsius) wanted.current = undefined;
  };
  const choose = (mode: Mode) => send(() => setMode.dispatch({ mode }));

  return (
    <article className="zone card" aria-labelledby={`zone-${name}`} data-live={isLive} data-heating={climate?.heating ?? false}>
      <header>
        <h2 id={`zone-${name}`}>{name}</h2>
        <p className={`pill dot ${isHere ? tone : "warn"}`}>{isHere ? label : "Reconnecting…"}</p>
      </header>
      <div className="body">
        <Dial now={climate?.temperature} target={climate?.target}>
          <b>{climate === null ? "–" : degrees(climate.temperature)}</b>
          <span>{climate === null ? "not known" : climate.heating ? "heating" : climate.mode === "off" ? "off" : "not heating"}</span>
        </Dial>
        <div className="controls">
          <div className="target" role="group" aria-label={`Target in ${name}`}>
            <button type="button" className="button" aria-label={`Cooler in ${name}`} disabled={!isLive} onClick={() => void step(-1)}>
              −
            </button>
            <output>{climate === null ? "–" : `${climate.target} °C`}</output>
            <button type="button" className="button" aria-label={`Warmer in ${name}`} disabled={!isLive} onClick={() => void step(1)}>
              +
            </button>
          </div>
          <div className="modes" role="group" aria-label={`Mode in ${name}`}>
            {modes.map(({ mode, label }) => (
              <button
                key={mode}
                type="button"
                className="button"
                aria-pressed={climate?.mode === mode}
                disabled={!isLive}
                onClick={() => void choose(mode)}
              >
                {label}
              </button>
            ))}
          </div>
        </div>
      </div>
      {zone.why !== null && <p className={`notice ${tone}`}>{sentence(zone.why)}</p>}
      {isLive && climate?.fault != null && (
        <div className="notice fault">
          <p>{sentence(climate.fault)}</p>
          <button type="button" className="button" onClick={() => void send(() => closeWindow.dispatch())}>
            It is closed
          </button>
        </div>
      )}
      <p role="status" className="said">
        {said}
      </p>
      <footer className="muted">
        <span>{climate === null ? "" : `Outside ${degrees(climate.outside)}`}</span>
        <span>{zone.address}</span>
      </footer>
    </article>
  );
}
