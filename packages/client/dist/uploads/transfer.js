import { Deferred } from "../deferred.js";
import { describeReply } from "../errors.js";
/** A transfer that came to no good end; `error` when the server has not said why itself. */
export class TransferError extends Error {
    error;
    constructor(message, error) {
        super(message);
        this.error = error;
    }
}
/**
 * Sends a file over a channel of its own, chunk by chunk, each after the reply to the one before.
 * The server closes the channel after the last. An empty file is one empty chunk: the server only
 * looks whether it has everything when a chunk arrives.
 */
export async function sendInChunks(transfer) {
    const { channel, file, signal } = transfer;
    const chunkSize = Math.max(1, transfer.chunkSize);
    const end = ended(signal);
    channel.onClose(() => end.reject(new TransferError("Closed by the server")));
    channel.onError(() => {
        end.reject(new TransferError("Disconnected"));
        channel.leave(); // or phoenix.js would join it again, with a token that is used up
    });
    const orEnd = (step) => Promise.race([step, end.promise]);
    try {
        await orEnd(answer(channel.join(), true));
        for (let offset = 0; offset === 0 || offset < file.size; offset += chunkSize) {
            const chunk = await orEnd(file.slice(offset, offset + chunkSize).arrayBuffer());
            await orEnd(answer(channel.push("chunk", chunk), false));
        }
    }
    catch (error) {
        channel.leave();
        if (error instanceof TransferError)
            throw error;
        const message = error instanceof Error ? error.message : String(error);
        throw new TransferError(message, { code: "internal", message }); // the file cannot be read
    }
}
/** Runs an external uploader; one that does not heed the signal is not waited for. */
export function sendExternally(uploader, args) {
    const run = async () => uploader(args);
    return Promise.race([run(), ended(args.signal).promise]);
}
/** Rejects when `signal` is aborted. */
export function ended(signal) {
    const end = new Deferred();
    end.promise.catch(() => undefined); // raced against when there is something to wait for
    const aborted = () => end.reject(new TransferError("Aborted"));
    if (signal.aborted)
        aborted();
    else
        signal.addEventListener("abort", aborted, { once: true });
    return end;
}
/** A refused join is told nowhere else; of a refused chunk the server tells in an op, in full. */
function answer(push, tell) {
    return new Promise((resolve, reject) => {
        const fail = (code, message) => reject(new TransferError(message, tell || code === "timeout" ? { code, message } : undefined));
        push.receive("ok", () => resolve());
        push.receive("error", (reply) => fail(describeReply(reply), "upload was refused"));
        push.receive("timeout", () => fail("timeout", "upload timed out"));
    });
}
