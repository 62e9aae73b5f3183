import type { StoreProxy } from "@musubi/react";
import { useState, type FormEvent } from "react";
import { useMusubiCommand } from "../../../shared_web/connection.js";
import { money, problem, whyNot } from "./words.js";

const products = [
  { sku: "mug", name: "Coffee Mug", detail: "Stoneware, for a desk", cents: 1500, art: "M14 14h18v16a6 6 0 0 1-6 6h-6a6 6 0 0 1-6-6zm18 4h3a5 5 0 0 1 0 10h-3M19 6v3m8-3v3" },
  { sku: "notebook", name: "Notebook", detail: "Dotted, a hundred pages", cents: 800, art: "M13 8h20a2 2 0 0 1 2 2v28a2 2 0 0 1-2 2H13zM18 8v32m6-24h6m-6 6h6" },
  { sku: "stickers", name: "Sticker Pack", detail: "Twelve, for laptops", cents: 500, art: "M8 16a8 8 0 0 1 8-8h16a8 8 0 0 1 8 8v10L26 40H16a8 8 0 0 1-8-8zm18 24v-6a8 8 0 0 1 8-8h6M18 20h.1m9 0h.1m-9 6c2 2 5 2 7 0" },
] as const;

interface Props {
  cart: StoreProxy<"CartPage.Stores.CartStore", Musubi.Stores>;
  isLive: boolean;
  say: (sentence: string) => void;
}

/** What there is to buy. */
export function Catalogue({ cart, isLive, say }: Props) {
  const [chosen, choose] = useState<string>("mug");
  const add = useMusubiCommand(cart, "add_item");
  const { name } = products.find(({ sku }) => sku === chosen)!;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const { result } = await add.dispatch({ sku: chosen });
      say("ok" in result ? `${name} is in the cart.` : whyNot[result.error]);
    } catch (error) {
      say(problem(error));
    }
  };
  return (
    <form className="catalogue" onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend className="visually-hidden">Product</legend>
        {products.map(({ sku, name, detail, cents, art }) => (
          <label key={sku} className="product card">
            <input
              type="radio"
              name="sku"
              value={sku}
              checked={sku === chosen}
              onChange={() => choose(sku)}
            />
            <svg viewBox="0 0 48 48" aria-hidden="true">
              <path d={art} />
            </svg>
            <span className="name">
              <b>{name}</b>
              <span className="muted">{detail}</span>
            </span>
            <b className="price">{money(cents)}</b>
          </label>
        ))}
      </fieldset>
      <button type="submit" className="button primary" disabled={!isLive || add.isPending}>
        Add {name} to the cart
      </button>
    </form>
  );
}
