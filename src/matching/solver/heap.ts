/** A 4-ary heap of nodes with decreasing distances, for Dijkstra; `clear` costs nothing. */
export class DistanceHeap {
  readonly distance: Float64Array;
  readonly #heap: Int32Array;
  readonly #position: Int32Array;
  /** Round in which the node was reached, and settled. */
  readonly #reached: Int32Array;
  readonly #settled: Int32Array;
  #round = 0;
  #size = 0;

  constructor(nodes: number) {
    this.distance = new Float64Array(nodes);
    this.#heap = new Int32Array(nodes);
    this.#position = new Int32Array(nodes);
    this.#reached = new Int32Array(nodes);
    this.#settled = new Int32Array(nodes);
  }

  clear(): void {
    this.#round++;
    this.#size = 0;
  }

  /** Infinity once the heap is empty. */
  get nearest(): number {
    return this.#size === 0 ? Infinity : this.distance[this.#heap[0]!]!;
  }

  wasReached(node: number): boolean {
    return this.#reached[node] === this.#round;
  }

  /** True if this is the shortest way to the node so far. */
  offer(node: number, distance: number): boolean {
    if (this.#reached[node] !== this.#round) {
      this.#reached[node] = this.#round;
      this.#position[node] = this.#size++;
    } else if (this.#settled[node] === this.#round || distance >= this.distance[node]!) {
      return false;
    }
    this.distance[node] = distance;
    this.#rise(node);
    return true;
  }

  /** Removes and returns the nearest node; only when `nearest` is finite. */
  pop(): number {
    const top = this.#heap[0]!;
    this.#settled[top] = this.#round;
    const last = this.#heap[--this.#size]!;
    if (this.#size > 0) this.#sink(last);
    return top;
  }

  #rise(node: number): void {
    const distance = this.distance[node]!;
    let at = this.#position[node]!;
    while (at > 0) {
      const above = (at - 1) >> 2;
      const other = this.#heap[above]!;
      if (this.distance[other]! <= distance) break;
      this.#put(other, at);
      at = above;
    }
    this.#put(node, at);
  }

  #sink(node: number): void {
    const distance = this.distance[node]!;
    let at = 0;
    for (let child = 1; child < this.#size; child = 4 * at + 1) {
      let least = child;
      for (let sibling = child + 1; sibling < Math.min(child + 4, this.#size); sibling++) {
        if (this.distance[this.#heap[sibling]!]! < this.distance[this.#heap[least]!]!) least = sibling;
      }
      if (this.distance[this.#heap[least]!]! >= distance) break;
      this.#put(this.#heap[least]!, at);
      at = least;
    }
    this.#put(node, at);
  }

  #put(node: number, at: number): void {
    this.#heap[at] = node;
    this.#position[node] = at;
  }
}
