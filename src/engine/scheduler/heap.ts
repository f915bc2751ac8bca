/** A binary heap whose entries can be found again. */
export class Heap<T> {
  readonly #less: (a: T, b: T) => boolean;
  readonly #items: T[] = [];
  readonly #at = new Map<T, number>();

  constructor(less: (a: T, b: T) => boolean) {
    this.#less = less;
  }
  get size(): number {
    return this.#items.length;
  }
  peek(): T | undefined {
    return this.#items[0];
  }
  items(): T[] {
    return [...this.#items];
  }
  push(entry: T): void {
    this.#set(this.#items.length, entry);
    this.#up(this.#items.length - 1);
  }
  pop(): T | undefined {
    const head = this.#items[0];
    if (head) this.remove(head);
    return head;
  }
  fix(entry: T): void {
    const i = this.#at.get(entry);
    if (i === undefined) return;
    this.#up(i);
    this.#down(this.#at.get(entry)!);
  }
  remove(entry: T): void {
    const i = this.#at.get(entry);
    if (i === undefined) return;
    const last = this.#items.pop()!;
    this.#at.delete(entry);
    if (last === entry) return;
    this.#set(i, last);
    this.fix(last);
  }
  #set(i: number, entry: T): void {
    this.#items[i] = entry;
    this.#at.set(entry, i);
  }
  #up(from: number): void {
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#less(this.#items[i]!, this.#items[parent]!)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }
  #down(from: number): void {
    let i = from;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.#items.length) return;
      if (child + 1 < this.#items.length && this.#less(this.#items[child + 1]!, this.#items[child]!)) child++;
      if (!this.#less(this.#items[child]!, this.#items[i]!)) return;
      this.#swap(i, child);
      i = child;
    }
  }
  #swap(i: number, j: number): void {
    const a = this.#items[i]!;
    this.#set(i, this.#items[j]!);
    this.#set(j, a);
  }
}
