import { useMusubiRefusal } from "@musubi/react";
import { useState } from "react";
import { Connecting, Failed, NotLetIn, Reload } from "../../../shared_web/states.js";
import { CartPage } from "./CartPage.js";
import { socket, useMusubiConnectionStatus, useMusubiRoot } from "../../../shared_web/connection.js";

const ada = { id: "u1", name: "Ada" };

/** The cart, for Ada or for a guest: each is a root of its own, and shows the same cart. */
export function App() {
  const [isAda, setIsAda] = useState(true);
  const refusal = useMusubiRefusal(socket);
  const { state } = useMusubiConnectionStatus();
  if (refusal !== null) return <NotLetIn refusal={refusal} onRetry={() => socket.connect()} />;
  if (state !== "ready") return <Connecting />;
  return <Mounted isAda={isAda} onTurn={() => setIsAda(!isAda)} />;
}

function Mounted({ isAda, onTurn }: { isAda: boolean; onTurn: () => void }) {
  const root = useMusubiRoot({
    module: "CartPage.Stores.CartPageStore",
    id: isAda ? "cart:demo" : "cart:demo-guest",
    params: { cart_id: "demo-cart", current_user: isAda ? ada : null },
    keepPreviousData: true, // the page stays while the other root is mounted
  });
  if (root.status === "loading") return <Connecting />;
  if (root.status === "error") {
    return (
      <Failed title="The cart is not here" error={root.error}>
        <Reload />
      </Failed>
    );
  }
  return <CartPage root={root.store} isLive={root.isLive && !root.isFetching} onTurn={onTurn} />;
}
