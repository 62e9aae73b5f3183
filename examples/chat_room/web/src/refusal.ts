import { onRefused, type Refusal } from "@musubi/client";
import { useEffect, useState } from "react";
import { socket } from "./connection.js";

/** Why the server does not take the connection; `null` while it does, or has not answered yet. */
export function useRefusal(): Refusal | null {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    const stop = onRefused(socket, setRefusal);
    const opened = socket.onOpen(() => setRefusal(null));
    return () => {
      stop();
      socket.off([opened]);
    };
  }, []);
  return refusal;
}
