/** A binary heap: gives the first of many events without sorting them all. */

export interface Heap<T> {
  push(item: T): void;
  /** The first in order; undefined when there is none left. */
  pop(): T | undefined;
}

export function createHeap<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];
  const itemAt = (index: number): T => items[index] as T;
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [itemAt(b), itemAt(a)];
  };
  return {
    push(item) {
      items.push(item);
      for (let index = items.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (!isBefore(itemAt(index), itemAt(parent))) break;
        swap(index, parent);
        index = parent;
      }
    },
    pop() {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      items[0] = last;
      for (let index = 0; ; ) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        let least = index;
        if (left < items.length && isBefore(itemAt(left), itemAt(least))) least = left;
        if (right < items.length && isBefore(itemAt(right), itemAt(least))) least = right;
        if (least === index) return first;
        swap(index, least);
        index = least;
      }
    },
  };
}
