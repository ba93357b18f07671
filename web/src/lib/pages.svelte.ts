// A list that comes a page at a time: the first by its address, the others on asking.

import { asProblem, get, type Problem, type Query } from "./api";
import { Loader } from "./loader.svelte";
import type { Listing } from "./types";

export class Pages<T> {
  #first: Loader<Listing<T>>;
  #path = "";
  #query: Query = {};
  #further = $state.raw<{ of: Listing<T>; items: T[]; next: string | null } | null>(null);
  #failed = $state.raw<Problem | null>(null);

  /** `wait`: milliseconds without a newer request before one is sent. */
  constructor(wait = 0) {
    this.#first = new Loader<Listing<T>>(wait);
  }

  get items(): T[] {
    return [...(this.#first.data?.items ?? []), ...(this.#rest()?.items ?? [])];
  }

  get total(): number {
    return this.#first.data?.total ?? 0;
  }

  get problem(): Problem | null {
    return this.#first.problem ?? this.#failed;
  }

  /** True once the first page, or the reason why there is none, is known. */
  get ready(): boolean {
    return this.#first.data !== null || this.#first.problem !== null;
  }

  get left(): number {
    return this.#next() ? Math.max(0, this.total - this.items.length) : 0;
  }

  load(path: string, query: Query = {}): void {
    this.#path = path;
    this.#query = query;
    this.#first.load(path, query);
  }

  again(): void {
    this.#failed = null;
    this.#further = null;
    this.#first.reload();
  }

  async more(): Promise<void> {
    const first = this.#first.data;
    const cursor = this.#next();
    if (!first || !cursor) return;
    try {
      const page = await get<Listing<T>>(this.#path, { ...this.#query, cursor });
      this.#further = { of: first, items: [...(this.#rest()?.items ?? []), ...page.items], next: page.next };
      this.#failed = null;
    } catch (error) {
      this.#failed = asProblem(error);
    }
  }

  /** Further pages belong to the first page they were asked for. */
  #rest(): { items: T[]; next: string | null } | null {
    return this.#further?.of === this.#first.data ? this.#further : null;
  }

  #next(): string | null {
    const rest = this.#rest();
    return rest ? rest.next : (this.#first.data?.next ?? null);
  }
}
