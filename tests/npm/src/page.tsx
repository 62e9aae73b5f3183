import { connect, memoryStorage } from "@musubi/client";
import { createMusubi } from "@musubi/react";
import { Socket } from "phoenix";
import { createRoot } from "react-dom/client";

const musubi = createMusubi<Musubi.Stores>();
const socket = new Socket("/socket", { sessionStorage: memoryStorage() });

// The client by itself: its types are those of the store.
const connection = await connect<Musubi.Stores>(socket);
const { store } = await connection.mountStore({ module: "Device.Lamp", id: "main" });
const brightness: number = store.brightness;
// @ts-expect-error there is no such command
void (() => store.dispatchCommand("explode", {}));

function Lamp() {
  const lamp = musubi.useMusubiRoot({ module: "Device.Lamp", id: "main" });
  return lamp.status === "ready" ? <Shown store={lamp.store} /> : <p>{lamp.status}</p>;
}

function Shown({ store: lamp }: { store: typeof store }) {
  const state = musubi.useMusubiSnapshot(lamp);
  // @ts-expect-error the types of the store reach the hooks
  void state?.nope;
  return <p>{state?.on ? `on, ${brightness} %` : "off"}</p>;
}

createRoot(document.getElementById("root")!).render(
  <musubi.MusubiProvider socket={socket}>
    <Lamp />
  </musubi.MusubiProvider>,
);
