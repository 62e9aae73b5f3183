import type { StoreProxy } from "@musubi/react";
import { useMusubiCommand, useMusubiSnapshot } from "../../../shared_web/connection.js";
import { money, problem } from "./words.js";

interface Props {
  line: StoreProxy<"CartPage.Stores.CartLineStore", Musubi.Stores>;
  isLive: boolean;
  say: (sentence: string) => void;
  onRemove: (id: string, name: string) => Promise<void>;
}

/** One line: a store of its own, which takes its own commands. */
export function CartLine({ line, isLive, say, onRemove }: Props) {
  const state = useMusubiSnapshot(line);
  const more = useMusubiCommand(line, "inc_qty");
  const less = useMusubiCommand(line, "dec_qty");
  if (state === undefined) return null; // just removed
  const { id, name, qty, price_cents: price } = state;
  const step = async (command: typeof more | typeof less) => {
    try {
      await command.dispatch();
      say("");
    } catch (error) {
      say(problem(error));
    }
  };
  return (
    <li>
      <div className="name">
        <b>{name}</b>
        <span className="muted">{money(price)} each</span>
      </div>
      <div className="qty" role="group" aria-label={`Quantity of ${name}`}>
        <button
          type="button"
          className="button"
          aria-label={`One ${name} less`}
          disabled={!isLive || less.isPending || qty <= 1}
          onClick={() => void step(less)}
        >
          −
        </button>
        <output>{qty}</output>
        <button
          type="button"
          className="button"
          aria-label={`One ${name} more`}
          disabled={!isLive || more.isPending || qty >= 99}
          onClick={() => void step(more)}
        >
          +
        </button>
      </div>
      <b className="price">{money(price * qty)}</b>
      <button
        type="button"
        className="button quiet"
        aria-label={`Remove ${name}`}
        disabled={!isLive}
        onClick={() => void onRemove(id, name)}
      >
        ✕
      </button>
    </li>
  );
}
