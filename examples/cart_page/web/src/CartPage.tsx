import { keyOf, type StoreProxy } from "@musubi/react";
import { useState } from "react";
import { Connecting, Live } from "../../../shared_web/states.js";
import { CartLine } from "./CartLine.js";
import { Catalogue } from "./Catalogue.js";
import { useMusubiCommand, useMusubiSnapshot } from "../../../shared_web/connection.js";
import { count, money, problem, whyNot } from "./words.js";

type Root = StoreProxy<"CartPage.Stores.CartPageStore", Musubi.Stores>;

interface Props {
  root: Root;
  isLive: boolean;
  /** Signs in, or out. */
  onTurn: () => void;
}

/** The shop: what there is to buy, and the cart that every open browser fills. */
export function CartPage({ root, isLive, onTurn }: Props) {
  const page = useMusubiSnapshot(root);
  const [said, say] = useState("");
  if (page === undefined) return <Connecting />;
  const { header } = page;
  return (
    <main className="page shop">
      <header>
        <div>
          <h1>The shared cart</h1>
          <p className="muted">Open a second tab: it fills the same cart.</p>
        </div>
        <div className="who">
          <Live isLive={isLive} />
          <p className="muted">{header.signed_in ? header.user_name : "Guest"}</p>
          <button type="button" className="button" disabled={!isLive} onClick={onTurn}>
            {header.signed_in ? "Sign out" : "Sign in as Ada"}
          </button>
        </div>
      </header>
      <Catalogue cart={root.cart} isLive={isLive} say={say} />
      <Cart cart={root.cart} isLive={isLive} isGuest={!header.signed_in} said={said} say={say} />
    </main>
  );
}

interface CartProps {
  cart: Root["cart"];
  isLive: boolean;
  isGuest: boolean;
  said: string;
  say: (sentence: string) => void;
}

function Cart({ cart, isLive, isGuest, said, say }: CartProps) {
  const state = useMusubiSnapshot(cart);
  const checkout = useMusubiCommand(cart, "checkout");
  const removeLine = useMusubiCommand(cart, "remove_line");
  if (state === undefined) return null; // the page shows that it connects
  const { status, total_units: units } = state;
  // Here, or by another browser of a shop whose checkout takes its time.
  const isCheckingOut = checkout.isPending || status.type === "checking_out";

  const buy = async () => {
    try {
      const { result } = await checkout.dispatch();
      say("error" in result ? whyNot[result.error] : "Thank you! The order is on its way.");
    } catch (error) {
      say(problem(error));
    }
  };
  const remove = async (id: string, name: string) => {
    try {
      await removeLine.dispatch({ id });
      say(`${name} is out of the cart.`);
    } catch (error) {
      say(problem(error));
    }
  };

  return (
    <section className="cart card" aria-labelledby="cart">
      <div className="head">
        <h2 id="cart">Cart</h2>
        <span className={status.type === "checked_out" ? "pill good" : "pill"}>
          {status.type === "checked_out" ? "Ordered" : isCheckingOut ? "Checking out…" : "Open"}
        </span>
      </div>
      {state.lines.length === 0 ? (
        <p className="empty muted">
          {status.type === "checked_out" ? `Your ${status.order_id} is being packed.` : "There is nothing in it yet."}
        </p>
      ) : (
        <ul>
          {cart.lines.map((line) => (
            <CartLine key={keyOf(line)} line={line} isLive={isLive} say={say} onRemove={remove} />
          ))}
        </ul>
      )}
      <p className="total">
        <span className="muted">{count(units, "item")}</span>
        <b>{money(state.subtotal_cents)}</b>
      </p>
      <button
        type="button"
        className="button primary"
        disabled={!isLive || units === 0 || isCheckingOut}
        onClick={() => void buy()}
      >
        {isCheckingOut ? "Checking out…" : "Check out"}
      </button>
      <p role="status" className="said">
        {said || (isGuest && units > 0 && whyNot.must_sign_in)}
      </p>
    </section>
  );
}
