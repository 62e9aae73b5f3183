/** A promise that is settled from outside. Its rejection is never reported as unhandled. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever awaits it still sees the rejection; when nobody does, it is nobody's failure.
    this.promise.catch(() => undefined);
  }
}
