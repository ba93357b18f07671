// A list that is read page by page, each page after the last row of the one before.

import { address, asProblem, get, isAbort, type Problem, type Query } from "./api";
import { Loader } from "./loader.svelte";
import type { Listing } from "./types";

export class PagedList<T> {
  #first: Loader<Listing<T>>;
  #further = $state.raw<{ of: Listing<T>; items: T[]; next: string | null } | null>(null);
  #path = "";
  #query: Query = {};
  #request: AbortController | undefined;
  loadingMore = $state(false);
  #moreProblem = $state.raw<Problem | null>(null);

  constructor(wait = 0) {
    this.#first = new Loader<Listing<T>>(wait);
  }

  load(path: string, query: Query): void {
    if (address(path, query) !== address(this.#path, this.#query)) {
      this.#request?.abort();
      this.#moreProblem = null;
    }
    this.#path = path;
    this.#query = query;
    this.#first.load(path, query);
  }

  reload(): void {
    this.#further = null;
    this.#first.reload();
  }

  /** Everything read so far; null before the first answer. */
  get items(): T[] | null {
    const first = this.#first.data;
    if (!first) return null;
    return this.#further?.of === first ? [...first.items, ...this.#further.items] : first.items;
  }

  get total(): number {
    return this.#first.data?.total ?? 0;
  }

  get next(): string | null {
    const first = this.#first.data;
    return this.#further && this.#further.of === first ? this.#further.next : (first?.next ?? null);
  }

  get loading(): boolean {
    return this.#first.loading;
  }

  get problem(): Problem | null {
    return this.#first.problem ?? this.#moreProblem;
  }

  /** Read the next page and put it behind what is there. */
  async more(): Promise<void> {
    const of = this.#first.data;
    const cursor = this.next;
    if (!of || !cursor || this.loadingMore) return;
    const request = new AbortController();
    this.#request = request;
    this.loadingMore = true;
    try {
      const page = await get<Listing<T>>(this.#path, { ...this.#query, cursor }, request.signal);
      const held = this.#further?.of === of ? this.#further.items : [];
      if (!request.signal.aborted) this.#further = { of, items: [...held, ...page.items], next: page.next };
    } catch (error) {
      if (!isAbort(error)) this.#moreProblem = asProblem(error);
    } finally {
      this.loadingMore = false;
    }
  }
}
