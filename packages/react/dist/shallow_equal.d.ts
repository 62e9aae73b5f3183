/** Whether two values are the same, or two arrays or plain objects whose members are the same. */
export declare function shallowEqual(a: unknown, b: unknown): boolean;
