import type { CSSProperties } from "react";
import { count } from "./words.js";

interface Props {
  label: string;
  votes: number;
  /** From 0 to 1. */
  share: number;
  isMine: boolean;
  isWinner: boolean;
  /** Sparks fly whenever this grows. */
  celebrate: number;
  disabled: boolean;
  onVote: () => void;
}

/** An option as a button, with its share of the votes as a bar behind the words. */
export function OptionBar({ label, votes, share, isMine, isWinner, celebrate, disabled, onVote }: Props) {
  return (
    <button
      type="button"
      className={isWinner ? "option card winner" : "option card"}
      aria-pressed={isMine}
      disabled={disabled}
      onClick={onVote}
    >
      <span className="bar" style={{ transform: `scaleX(${share})` }} />
      <span className="mark" aria-hidden="true">
        {isMine && "✓"}
      </span>
      <span className="label">
        {label} {isWinner && <span className="pill">Most votes</span>}
      </span>
      <span className="votes muted">{count(votes, "vote")}</span>
      <b className="share">{Math.round(share * 100)}%</b>
      {celebrate > 0 && <Sparks key={celebrate} />}
    </button>
  );
}

function Sparks() {
  return (
    <span className="sparks" aria-hidden="true">
      {Array.from({ length: 12 }, (_, i) => (
        <i key={i} style={{ "--turn": `${i / 12}turn` } as CSSProperties} />
      ))}
    </span>
  );
}
