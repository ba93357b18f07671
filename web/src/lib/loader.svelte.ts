// One thing a page shows from the API: debounced, and outdated requests are called off.

import { address, asProblem, get, isAbort, type Problem, type Query } from "./api";

export class Loader<T> {
  data = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(false);

  #wait: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request: AbortController | undefined;
  #asked = "";

  /** `wait`: milliseconds without a newer request before one is sent. */
  constructor(wait = 0) {
    this.#wait = wait;
  }

  /** Ask for `path`; the data shown stays until the answer is there. Asking twice asks once. */
  load(path: string, query: Query = {}, { again = false } = {}): void {
    const wanted = address(path, query);
    if (wanted === this.#asked && !again) return;
    const first = this.#asked === "";
    this.#asked = wanted;
    this.stop();
    this.loading = true;
    this.#timer = setTimeout(() => void this.#fetch(wanted), first ? 0 : this.#wait);
  }

  /** Ask for the same again. */
  reload(): void {
    if (this.#asked) this.load(this.#asked, {}, { again: true });
  }

  /** Call off what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.loading = false;
  }

  async #fetch(wanted: string): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    try {
      const data = await get<T>(wanted, {}, request.signal);
      if (request.signal.aborted) return;
      this.data = data;
      this.problem = null;
      this.loading = false;
    } catch (error) {
      if (isAbort(error) || request.signal.aborted) return;
      this.problem = asProblem(error);
      this.loading = false;
    }
  }
}
