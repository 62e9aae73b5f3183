/** The builds of the server's program: the one this page was loaded with, and the present one. */
export interface BuildChange {
    readonly from: string;
    readonly to: string;
}
/**
 * Notices that the server's program was replaced under the page (a firmware update), from the
 * `build` in its join replies. A server that sends none changes nothing.
 */
export declare class BuildWatch {
    #private;
    /** What was told last; the same object until the next change. */
    get change(): BuildChange | undefined;
    onChange(listener: (change: BuildChange) => void): () => void;
    /** Takes the `build` of a join reply: the first is remembered, each new other one is told. */
    report(build: unknown): void;
    detach(): void;
}
