// What a page tells its surroundings: that it is ready, and words for a screen reader.

let words = $state("");

export const liveRegion = {
  get words(): string {
    return words;
  },
};

/** Say something to a screen reader, politely. */
export function announce(text: string): void {
  words = text;
}

/** Mark that the page shows its first data; tests and screenshots wait for it. */
export function markReady(): void {
  document.body.dataset["ready"] = "1";
}
