// Notes that were begun and not yet sent, kept in this browser until they are.

const PREFIX = "dateline.draft.";

export function draftOf(key: string): string {
  try {
    return localStorage.getItem(PREFIX + key) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(key: string, text: string): void {
  try {
    if (text) localStorage.setItem(PREFIX + key, text);
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // Storage may be switched off; the note then lasts as long as the page.
  }
}
