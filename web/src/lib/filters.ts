// Filters of the record and the address are one thing; the names are those of the API.

import type { Query } from "./api";

export const LISTS = [
  "country",
  "admin1",
  "type",
  "weapon",
  "target_type",
  "actor",
  "claim_status",
  "grade",
  "review",
  "publisher",
] as const;
export const SINGLES = ["q", "from", "to", "bbox", "killed_min", "killed_max", "background"] as const;

export type ListName = (typeof LISTS)[number];
export type SingleName = (typeof SINGLES)[number];
export type FilterName = ListName | SingleName;
export type Filters = Readonly<Record<ListName, readonly string[]> & Record<SingleName, string>>;

/** Give the filters an address names; what is no filter is left to its owner. */
export function readFilters(query: URLSearchParams): Filters {
  const lists = LISTS.map((name) => [name, [...new Set(query.getAll(name).filter(Boolean))]]);
  const singles = SINGLES.map((name) => [name, query.get(name) ?? ""]);
  return Object.fromEntries([...lists, ...singles]) as Filters;
}

/** Give the address's query with these filters in place of its own; the rest of it stays. */
export function withFilters(query: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams();
  for (const name of LISTS) filters[name].forEach((value) => next.append(name, value));
  for (const name of SINGLES) if (filters[name]) next.set(name, filters[name]);
  for (const [name, value] of query) {
    if (!(LISTS as readonly string[]).includes(name) && !(SINGLES as readonly string[]).includes(name))
      next.append(name, value);
  }
  return next;
}

/** Give the filters as a query of the API, without those in `but`. */
export function asQuery(filters: Filters, but: readonly FilterName[] = []): Query {
  return Object.fromEntries(
    [...LISTS, ...SINGLES].filter((name) => !but.includes(name)).map((name) => [name, filters[name]]),
  );
}

/** Put a value of a list filter in, or take it out if it is there. */
export function toggled(filters: Filters, name: ListName, value: string): Filters {
  const held = filters[name];
  const next = held.includes(value) ? held.filter((one) => one !== value) : [...held, value];
  return { ...filters, [name]: next };
}

export function withSingle(filters: Filters, name: SingleName, value: string): Filters {
  return { ...filters, [name]: value };
}

export interface ActiveFilter {
  name: FilterName;
  value: string;
}

/** Give every filter that is set, one entry a value, in the order of the panel. */
export function activeFilters(filters: Filters): ActiveFilter[] {
  const singles = SINGLES.filter((name) => filters[name]).map((name) => ({ name, value: filters[name] }));
  const lists = LISTS.flatMap((name) => filters[name].map((value) => ({ name, value })));
  return [...singles, ...lists];
}

/** Take one set filter away. */
export function without(filters: Filters, { name, value }: ActiveFilter): Filters {
  return (LISTS as readonly string[]).includes(name)
    ? toggled(filters, name as ListName, value)
    : withSingle(filters, name as SingleName, "");
}

export const NO_FILTERS: Filters = readFilters(new URLSearchParams());
