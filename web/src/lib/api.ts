// Typed calls of the API. What the server refuses arrives as a Problem that names the reason.

import type { ProblemDocument } from "./types";

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** A refusal of the server, or no answer at all (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: { parameter: string; detail: string }[];
  /** Seconds to wait before another try, where the server says so. */
  readonly retryAfter: number | null;

  constructor(document: Partial<ProblemDocument>, retryAfter: number | null = null) {
    const title = document.title ?? "The request failed";
    super(document.detail ? `${title}: ${document.detail}` : title);
    this.name = "Problem";
    this.status = document.status ?? 0;
    this.title = title;
    this.detail = document.detail ?? "";
    this.errors = document.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** Give `path` with its query; lists repeat their name, empty values are left out. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) value.forEach((one: string) => search.append(name, one));
    else search.set(name, value === true ? "1" : value === false ? "0" : String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const answer = await ask(address(path, query), signal ? { signal } : {});
  return (await answer.json()) as T;
}

/** Send JSON; the header X-Dateline tells the server that a page of its own asks. */
export async function send<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body: unknown = {},
  signal?: AbortSignal,
): Promise<T> {
  const answer = await ask(path, { ...unsafe(method, body), ...(signal ? { signal } : {}) });
  const text = await answer.text();
  return (text ? JSON.parse(text) : null) as T;
}

/** Send JSON and give the answer's lines as they arrive (application/x-ndjson). */
export async function* stream<T>(path: string, body: unknown, signal?: AbortSignal): AsyncGenerator<T> {
  const answer = await ask(path, { ...unsafe("POST", body), ...(signal ? { signal } : {}) });
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines) if (line.trim()) yield JSON.parse(line) as T;
    if (done) return;
  }
}

/** Tell whether an error only says that a newer request made this one pointless. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** Give any thrown thing as a Problem, for one way to show errors. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ title: "Something went wrong", detail: String(error), status: 0 });
}

function unsafe(method: string, body: unknown): RequestInit {
  return {
    method,
    headers: { "Content-Type": "application/json", "X-Dateline": "1" },
    body: JSON.stringify(body),
  };
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, credentials: "same-origin" });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new Problem({
      title: "No answer from the server",
      detail: "Is `dateline serve` still running?",
      status: 0,
    });
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

async function problemOf(answer: Response): Promise<Problem> {
  const wait = Number(answer.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null;
  try {
    const document = (await answer.json()) as Partial<ProblemDocument>;
    return new Problem({ status: answer.status, ...document }, retryAfter);
  } catch {
    return new Problem({ status: answer.status, title: `The server answered ${answer.status}` }, retryAfter);
  }
}
