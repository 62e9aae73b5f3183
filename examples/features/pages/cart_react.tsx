import { createMusubi, keyOf, type StoreProxy } from "@musubi/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { socket } from "./page.js";

const { MusubiProvider, useMusubiCommand, useMusubiConnectionStatus, useMusubiRoot, useMusubiSnapshot } =
  createMusubi<Cart.Stores>();

function Page() {
  const { state } = useMusubiConnectionStatus();
  return state === "ready" ? <Root /> : <p>connecting</p>;
}

function Root() {
  const root = useMusubiRoot({ module: "Example.Cart", id: "main" });
  if (root.status === "loading") return <p>loading</p>;
  if (root.status === "error") return <p role="alert">{root.error.message}</p>;
  return (
    <main aria-busy={!root.isLive}>
      <Lines cart={root.store} />
      <Add cart={root.store} />
    </main>
  );
}

function Lines({ cart }: { cart: StoreProxy<"Example.Cart", Cart.Stores> }) {
  const state = useMusubiSnapshot(cart); // renders after every change of the cart or of a line
  if (state === undefined) return null;
  return (
    <>
      <ul>
        {cart.lines.map((line) => (
          <Line key={keyOf(line)} line={line} />
        ))}
      </ul>
      <p>{`${state.units} pieces, ${state.total_cents} cents`}</p>
    </>
  );
}

function Line({ line }: { line: StoreProxy<"Example.CartLine", Cart.Stores> }) {
  const state = useMusubiSnapshot(line);
  const { dispatch, isPending, error } = useMusubiCommand(line, "set_quantity");
  if (state === undefined) return null; // removed a moment ago
  const more = () => dispatch({ quantity: state.quantity + 1 }).catch(() => undefined); // shown below
  return (
    <li>
      {`${state.quantity} × ${state.sku} `}
      <button disabled={isPending} onClick={more}>
        One more
      </button>
      {error && <em role="alert">{error.code}</em>}
    </li>
  );
}

function Add({ cart }: { cart: StoreProxy<"Example.Cart", Cart.Stores> }) {
  const [sku, setSku] = useState("");
  const { dispatch, error } = useMusubiCommand(cart, "add");
  return (
    <form action={() => dispatch({ sku }).then(() => setSku(""), () => undefined)}>
      <input id="sku" value={sku} onChange={(event) => setSku(event.target.value)} />
      <button>Add</button>
      {error && <em role="alert">{error.code}</em>}
    </form>
  );
}

createRoot(document.body.appendChild(document.createElement("div"))).render(
  <MusubiProvider socket={socket()}>
    <Page />
  </MusubiProvider>,
);
