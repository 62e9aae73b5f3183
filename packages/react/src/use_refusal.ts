import { onRefused, type RefusableSocket, type Refusal } from "@musubi/client";
import { useEffect, useState } from "react";

/**
 * Why the server does not take this socket's connection, as `onRefused` tells it; `null` while it does,
 * or has not answered yet.
 */
export function useMusubiRefusal(socket: RefusableSocket): Refusal | null {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    setRefusal(null); // of another socket
    const stop = onRefused(socket, setRefusal);
    const opened = socket.onOpen(() => setRefusal(null));
    return () => {
      stop();
      socket.off([opened]);
    };
  }, [socket]);
  return refusal;
}
