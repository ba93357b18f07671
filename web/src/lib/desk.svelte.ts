// What a reviewer decided at the desk, sent at once, and the way back step by step.

import { asProblem, send, type Problem } from "./api";
import { session } from "./session.svelte";
import type { Judgement, Review, ReviewItem, ReviewState, Verdict } from "./types";

interface Step {
  key: string;
  says: string;
  undo: () => Promise<unknown>;
}

export class Desk {
  /** What was said on an item, by its key. */
  said = $state<Record<string, string>>({});
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  #steps = $state.raw<Step[]>([]);

  get last(): Step | undefined {
    return this.#steps.at(-1);
  }

  /** Say whether the two events of an item are one incident; tells whether it was kept. */
  judge(item: ReviewItem, verdict: Verdict, why: string): Promise<boolean> {
    const [left, right] = item.events;
    if (!left || !right) return Promise.resolve(false);
    return this.#keep(item, verdict, async () => {
      const body = { left, right, verdict, why: why || null, by: session.by || null };
      const kept = await send<Judgement>("POST", "/api/judgements", body);
      return () => send("POST", `/api/judgements/${encodeURIComponent(kept.id)}/undo`, { by: session.by || null });
    });
  }

  /** Mark the incident of an item; tells whether it was kept. */
  review(item: ReviewItem, state: ReviewState, note: string): Promise<boolean> {
    const { incident } = item;
    if (!incident) return Promise.resolve(false);
    const path = `/api/incidents/${encodeURIComponent(incident)}/review`;
    return this.#keep(item, state, async () => {
      await send<Review>("POST", path, { state, note: note || null, by: session.by || null });
      return () => send("POST", path, { state: "open", note: "taken back", by: session.by || null });
    });
  }

  /** Remember a correction that the form has sent. */
  corrected(item: ReviewItem, event: string, role: string): void {
    const undo = () => send("POST", "/api/corrections/undo", { event, role, by: session.by || null });
    this.#remember(item, "corrected", undo);
  }

  /** Take the last step back; gives the key of its item. */
  async undo(): Promise<string | null> {
    const step = this.last;
    if (!step || this.busy) return null;
    this.busy = true;
    this.problem = null;
    try {
      await step.undo();
      this.#steps = this.#steps.slice(0, -1);
      const { [step.key]: _, ...rest } = this.said;
      this.said = rest;
      return step.key;
    } catch (error) {
      this.problem = asProblem(error);
      return null;
    } finally {
      this.busy = false;
    }
  }

  async #keep(item: ReviewItem, says: string, write: () => Promise<() => Promise<unknown>>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    try {
      this.#remember(item, says, await write());
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #remember(item: ReviewItem, says: string, undo: () => Promise<unknown>): void {
    this.said = { ...this.said, [item.key]: says };
    this.#steps = [...this.#steps, { key: item.key, says, undo }];
  }
}
