/** The little of phoenix.js that this package stands on; its `Socket` satisfies it as it is. */
export {};
