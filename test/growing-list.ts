/**
 * A list whose growth can be waited for: what a test waits for is said, not looked up again and again, so that no test
 * hangs on who is faster.
 */
export class GrowingList<Item> extends Array<Item> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  readonly #waiting = new Set<() => void>();

  override push(...items: Item[]): number {
    const length = super.push(...items);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
    return length;
  }

  /** Resolves once the list is as asked: at once, or when it has grown so. */
  async until(isSo: (list: readonly Item[]) => boolean): Promise<void> {
    while (!isSo(this)) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }
}
