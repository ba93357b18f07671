// Who asks, and what the server is: loaded once, shared by all pages.

import { asProblem, get, Problem, send } from "./api";
import type { Codebook, Meta, Role, Term } from "./types";

const RANKS: Record<Role, number> = { viewer: 1, coder: 2, admin: 3 };
const NAME_KEY = "dateline.reviewer";

let meta = $state.raw<Meta | null>(null);
let codebook = $state.raw<Codebook | null>(null);
let problem = $state.raw<Problem | null>(null);
let reviewer = $state(remembered());

export const session = {
  get meta(): Meta | null {
    return meta;
  },
  get codebook(): Codebook | null {
    return codebook;
  },
  get problem(): Problem | null {
    return problem;
  },
  /** True when the server wants a token that it has not been given. */
  get mustSignIn(): boolean {
    return meta !== null && meta.needs_token && meta.role === null;
  },
  /** True when judgements, corrections and new reports are taken from this reader. */
  get mayCode(): boolean {
    return meta !== null && !meta.read_only && RANKS[meta.role ?? "viewer"] >= RANKS.coder;
  },
  /** The name that judgements carry: of the token, else the one asked for once. */
  get by(): string {
    return meta?.name ?? reviewer;
  },
};

/** Load what all pages need; a failure is kept for the page frame to show. */
export async function loadSession(): Promise<void> {
  try {
    problem = null;
    meta = await get<Meta>("/api/meta");
    if (!session.mustSignIn) codebook = await get<Codebook>("/api/codebook");
  } catch (error) {
    problem = asProblem(error);
  }
}

/** Ask again what may have changed meanwhile: counts, and what is still being prepared. */
export async function refreshMeta(): Promise<void> {
  try {
    meta = await get<Meta>("/api/meta");
  } catch (error) {
    problem = asProblem(error);
  }
}

export async function signIn(token: string): Promise<void> {
  await send("POST", "/api/session", { token });
  await loadSession();
}

export async function signOut(): Promise<void> {
  await send("DELETE", "/api/session");
  await loadSession();
}

/** Keep the reviewer's name in this browser. */
export function setReviewer(name: string): void {
  reviewer = name.trim();
  try {
    localStorage.setItem(NAME_KEY, reviewer);
  } catch {
    // Storage may be switched off; the name then holds until the page is closed.
  }
}

/** Give the label of a codebook term; an id that the codebook lacks is shown as it is. */
export function labelOf(listing: keyof Codebook, id: string | null | undefined): string {
  if (!id) return "";
  return termOf(listing, id)?.label ?? id.replaceAll("_", " ");
}

/** The list that holds the terms of a scheme that claims carry; other schemes have none. */
const LISTS: Record<string, keyof Codebook> = {
  event_type: "event_types",
  weapon: "weapons",
  target_type: "target_types",
  damage: "damage_levels",
  relation: "relations",
  claim_status: "claim_statuses",
};
const currencies = new Intl.DisplayNames(["en"], { type: "currency", fallback: "code" });

/** Give the terms of a scheme, in the codebook's order; none where no list holds them. */
export function termsOf(scheme: string): readonly Term[] {
  const listing = LISTS[scheme];
  return (listing && codebook?.[listing]) ?? [];
}

/** Give the label of a term that a claim carries; an id that no list holds, in plain words. */
export function termLabel(scheme: string, id: string): string {
  if (scheme === "currency" && /^[A-Z]{3}$/.test(id)) return currencies.of(id) ?? id;
  const listing = LISTS[scheme];
  return listing ? labelOf(listing, id) : id.replaceAll("_", " ");
}

export function termOf(listing: keyof Codebook, id: string): Term | undefined {
  return codebook?.[listing].find((term) => term.id === id);
}

function remembered(): string {
  try {
    return localStorage.getItem(NAME_KEY) ?? "";
  } catch {
    return "";
  }
}
