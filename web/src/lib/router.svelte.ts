// Which page the address names. The address is the only state that pages share.

export type PageName =
  | "explore"
  | "incident"
  | "reports"
  | "report"
  | "review"
  | "actors"
  | "actor"
  | "tallies"
  | "nowhere";

export interface Route {
  page: PageName;
  /** The last part of the path where it names one thing, decoded. */
  id: string;
  path: string;
  query: URLSearchParams;
  hash: string;
}

const PAGES: [RegExp, PageName][] = [
  [/^\/$/, "explore"],
  [/^\/incidents\/([^/]+)$/, "incident"],
  [/^\/reports$/, "reports"],
  [/^\/reports\/([^/]+)$/, "report"],
  [/^\/review$/, "review"],
  [/^\/actors$/, "actors"],
  [/^\/actors\/([^/]+)$/, "actor"],
  [/^\/tallies$/, "tallies"],
];

export function routeOf(url: URL): Route {
  const path = url.pathname.replace(/(.)\/$/, "$1");
  const rest = { path, query: url.searchParams, hash: decoded(url.hash.slice(1)) };
  for (const [pattern, page] of PAGES) {
    const match = pattern.exec(path);
    if (match) return { page, id: decoded(match[1] ?? ""), ...rest };
  }
  return { page: "nowhere", id: "", ...rest };
}

let current = $state.raw(routeOf(new URL(location.href)));

/** The route now; reading it in a component or effect follows it. */
export const router = {
  get route(): Route {
    return current;
  },
};

/** Go to an address of the explorer; `replace` leaves no step for the back button. */
export function navigate(to: string, { replace = false } = {}): void {
  const url = new URL(to, location.href);
  if (url.href === location.href) return;
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  follow(url);
}

/** Listen to the back button and to clicks on links of the explorer; returns how to stop. */
export function startRouter(): () => void {
  const back = () => follow(new URL(location.href));
  addEventListener("popstate", back);
  document.addEventListener("click", followLink);
  return () => {
    removeEventListener("popstate", back);
    document.removeEventListener("click", followLink);
  };
}

function follow(url: URL): void {
  const next = routeOf(url);
  if (next.path !== current.path) {
    delete document.body.dataset["ready"];
    scrollTo(0, 0);
  }
  current = next;
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest("a");
  if (!link?.href || link.target || link.hasAttribute("download")) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  // A mere jump within the page stays with the browser, which also moves the focus.
  if (url.hash && url.pathname === location.pathname && url.search === location.search) return;
  event.preventDefault();
  navigate(url.href);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
