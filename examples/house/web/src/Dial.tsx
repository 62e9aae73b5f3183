import type { ReactNode } from "react";

/** What the dial shows, in degrees: the range of the targets. */
const [LEAST, MOST] = [5, 30];
/** Its arc is three quarters of a circle. */
const ARC = 270;

const along = (value: number): number => (ARC * Math.min(MOST, Math.max(LEAST, value)) - ARC * LEAST) / (MOST - LEAST);

/** The temperature as an arc, the target as a mark on it. What stands in it says the same in words. */
export function Dial({ now, target, children }: { now: number | undefined; target: number | undefined; children: ReactNode }) {
  return (
    <div className="dial">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="44" pathLength="360" className="track" strokeDasharray={`${ARC} 360`} />
        {now !== undefined && (
          <circle cx="50" cy="50" r="44" pathLength="360" className="now" strokeDasharray={`${along(now)} 360`} />
        )}
        {target !== undefined && (
          <line x1="88" x2="99" y1="50" y2="50" className="target" transform={`rotate(${along(target)} 50 50)`} />
        )}
      </svg>
      <div>{children}</div>
    </div>
  );
}
