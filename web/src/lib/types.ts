// The forms of the API, as /api/openapi.json describes them. Dates are ISO strings.

export type Stance = "asserted" | "denied" | "suspected" | "hypothetical";
export type Basis = "exact" | "at_least" | "at_most" | "about" | "vague" | "none";
export type DatePrecision = "day" | "week" | "month" | "year" | "range" | "unknown";
export type ClaimStatus = "claimed" | "unclaimed" | "denied" | "not_mentioned";
export type ReviewState = "open" | "reviewed" | "disputed";
export type Verdict = "same" | "different" | "unsure";
export type Role = "viewer" | "coder" | "admin";
export type PlaceLevel =
  | "site"
  | "town"
  | "near"
  | "district"
  | "province"
  | "area"
  | "country"
  | "sea"
  | "unknown";

export interface Listing<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface Meta {
  version: string;
  read_only: boolean;
  role: Role | null;
  name: string | null;
  needs_token: boolean;
  tiles: string | null;
  counts: { incidents: number; reports: number; events: number } | null;
  /** Incidents that lists do not show yet, since their overview is still being made. */
  preparing: number;
  rules: string[];
  today: string;
}

export interface Term {
  id: string;
  label: string;
  parent?: string | null;
  definition?: string;
}

export interface Codebook {
  event_types: Term[];
  weapons: Term[];
  target_types: Term[];
  damage_levels: Term[];
  countries: Term[];
  relations: Term[];
  claim_statuses: Term[];
  grades: Term[];
  reviews: Term[];
  roles: Term[];
  rules: Term[];
  ucdp_types: Term[];
  gtd_attacks: Term[];
}

export interface DateForm {
  earliest: string | null;
  latest: string | null;
  precision: DatePrecision;
  basis?: string | null;
  time?: string | null;
  zone?: string | null;
}

export interface PlaceForm {
  id?: string | null;
  name: string;
  admin1: string | null;
  country: string | null;
  lat: number | null;
  lon: number | null;
  level: PlaceLevel | null;
}

export interface CountForm {
  low: number | null;
  high: number | null;
  basis: Basis;
  of?: string | null;
  rule?: string;
  reported_low?: number | null;
  reported_high?: number | null;
  /** Where the rule tells the best number from low and high. */
  best?: number | null;
}

export interface ActorForm {
  id: string | null;
  name: string;
}

export interface Perpetrator extends ActorForm {
  names?: string[];
  stance: Stance;
  by?: string[];
}

/** One row of a list of incidents. */
export interface Card {
  id: string;
  headline: string;
  date: DateForm | null;
  place: PlaceForm | null;
  type: string | null;
  type_label: string | null;
  weapon: string | null;
  target_type: string | null;
  perpetrators: Perpetrator[];
  claim_status: ClaimStatus;
  killed: CountForm | null;
  injured: CountForm | null;
  grade: string | null;
  sources: number;
  reports: number;
  review: ReviewState;
  risk: number;
  reported: boolean;
}

export interface Facet {
  value: string;
  label: string;
  count: number;
  /** The wider term that a value is filed under, in facets that are trees. */
  parent?: string | null;
}

export interface Facets {
  total: number;
  facets: Record<string, Facet[]>;
  /** How many further values each facet has. */
  more: Record<string, number>;
}

export interface Mark {
  lon: number;
  lat: number;
  count: number;
  approximate: number;
  killed: number | null;
  id?: string | null;
  headline?: string | null;
  level: PlaceLevel | null;
  bbox: [number, number, number, number];
}

export interface MarkList {
  marks: Mark[];
  unplaced: number;
  total: number;
}

export interface Bin {
  start: string;
  end: string;
  count: number;
  killed_low: number;
}

export interface Timeline {
  unit: "day" | "week" | "month" | "year";
  bins: Bin[];
  undated: number;
}

/** The value of a claim, told apart by `kind`. */
export type ValueForm =
  | { kind: "term"; scheme: string; id: string }
  | ({ kind: "actor" } & ActorForm)
  | ({ kind: "place" } & PlaceForm)
  | ({ kind: "when" } & DateForm)
  | ({ kind: "count" } & CountForm)
  | { kind: "text"; text: string }
  | { kind: "unknown"; reason: string };

export interface Claim {
  id: string;
  role: string;
  value: ValueForm | null;
  /** Null where a person gave the value without words of the report. */
  quote: string | null;
  /** Offsets in code points of the report's text, not in UTF-16 units; see text.ts. */
  start: number;
  end: number;
  stance: Stance;
  speakers: string[];
  sides: (string | null)[];
  score: number;
  origin: string;
}

export interface IncidentClaim extends Claim {
  report: string;
  event: string;
}

export interface ReportHead {
  id: string;
  publisher: string | null;
  title: string | null;
  url: string | null;
  published: string | null;
  copy_of: string | null;
}

export interface Collapsed {
  report: string;
  other: string;
  reason: string;
}

/** One voice of one report on how many: `revises` and `disagrees` are places in the list. */
export interface LedgerLine extends CountForm {
  report: string;
  publisher: string | null;
  published: string | null;
  speaker: string | null;
  side: string | null;
  stance: Stance;
  quote: string | null;
  claim: string;
  by: string | null;
  revises: number | null;
  disagrees: number[];
}

/** One voice of one report on who did it; an attack is unclaimed `as_of` a day. */
export interface ResponsibilityLine {
  status: "claimed" | "attributed" | "denied" | "unclaimed";
  actor: ActorForm | null;
  by: string | null;
  side: string | null;
  stance: Stance;
  report: string;
  publisher: string | null;
  published: string | null;
  as_of?: string | null;
  person?: string;
  quote: string | null;
  claim: string;
}

export interface Review {
  state: ReviewState;
  by: string | null;
  made: string | null;
  note: string | null;
}

/** An incident with all its claims, and what its page shows beside them. */
export interface Incident {
  incident: string;
  aliases: string[];
  kind: "incident";
  reported: boolean;
  headline: string;
  type: string | null;
  acled: string | null;
  plover: string | null;
  ucdp: string | null;
  gtd: string | null;
  gtd_weapon: string | null;
  date: DateForm | null;
  place: PlaceForm | null;
  target: string | null;
  target_type: string | null;
  target_detail: string | null;
  target_actor: ActorForm[];
  weapon: string | null;
  weapon_detail: string | null;
  damage: string | null;
  munitions: CountForm | null;
  killed: CountForm | null;
  injured: CountForm | null;
  captured: CountForm | null;
  missing: CountForm | null;
  perpetrators: Perpetrator[];
  claim_status: ClaimStatus;
  claimed_by: string[];
  attributed_by: string[];
  denied_by: string[];
  events: string[];
  reports: string[];
  independent_sources: number;
  grade: string | null;
  grade_reason: string | null;
  responsibility: ResponsibilityLine[];
  ledger: Partial<Record<"killed" | "injured" | "captured" | "missing", LedgerLine[]>>;
  claims: IncidentClaim[];
  review: Review | null;
  sources: { count: number; collapsed: Collapsed[] };
  report_heads: ReportHead[];
  cite: string;
  risk: number;
  reasons: Doubt[];
}

/** A reason to look at an incident; `risk` is the chance that the cell is wrong. */
export interface Doubt {
  kind: string;
  says: string;
  risk: number;
  role: string | null;
}

export interface HistoryEntry {
  made: string;
  kind: string;
  who: string | null;
  what: string;
  report: string | null;
  quote: string | null;
}

export interface WeightPart {
  name: string;
  says: string;
  weight: number;
}

export interface PairJudgement {
  id: string;
  verdict: Verdict;
  by: string;
  made: string;
  why: string | null;
}

export interface Pair {
  left: string;
  right: string;
  left_report: string;
  right_report: string;
  total: number;
  parts: WeightPart[];
  said: PairJudgement[];
}

export interface Links {
  threshold: number;
  pairs: Pair[];
  /** Pairs that are not listed. */
  more: number;
}

export interface EventRecord {
  event: string;
  kind: string;
  reported: boolean;
  context?: string;
  claims: Claim[];
  [cell: string]: unknown;
}

export interface PairInFull extends Pair {
  threshold: number;
  same_incident: boolean;
  left_event: EventRecord;
  right_event: EventRecord;
  left_head: ReportHead;
  right_head: ReportHead;
}

export interface ReportRow {
  id: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  url: string | null;
  language: string | null;
  events: number;
  copy_of: string | null;
}

export interface ReportInFull {
  report: {
    id: string;
    title: string | null;
    publisher: string | null;
    author: string | null;
    published: string | null;
    url: string | null;
    language: string | null;
    text: string;
  };
  events: {
    event: string;
    kind: string;
    context: string | null;
    reported: boolean;
    headline: string | null;
    incident: string | null;
  }[];
  spans: (Claim & { event: string })[];
}

/** One line of the stream that POST /api/reports answers. */
export type ReadingStage =
  | { stage: "cleaned"; report: string; title: string | null; characters: number }
  | { stage: "read"; events: number; claims: number }
  | { stage: "linked"; incidents: string[] }
  | { stage: "done"; report: string }
  | { stage: "known"; report: string }
  | { stage: "failed"; detail: string };

export interface ActorRow {
  id: string | null;
  key: string;
  name: string;
  kind: string | null;
  registered: boolean;
  did: number;
  claimed: number;
  blamed: number;
  denied: number;
  targeted: number;
  first: string | null;
  last: string | null;
}

export interface ActorInFull extends ActorRow {
  names: string[];
  links: { relation: string; to: string; name: string; since: string; until: string; source: string }[];
  ties: {
    from: string;
    from_name: string;
    relation: string;
    to: string;
    to_name: string;
    quote: string;
    report: string;
    period: string | null;
  }[];
  incidents: Card[];
}

export interface TieNetwork {
  nodes: { key: string; name: string; registered: boolean; weight: number }[];
  edges: {
    from: string;
    to: string;
    relation: string;
    stated: number;
    registry: boolean;
    quote: string | null;
    report: string | null;
  }[];
}

export interface GazetteerPlace {
  id: string;
  name: string;
  admin1: string | null;
  country: string | null;
  lat: number;
  lon: number;
  level: PlaceLevel;
  population: number | null;
}

export interface Tally {
  event: string;
  report: string;
  report_head: ReportHead;
  quote: string;
  count: CountForm | null;
  what: string | null;
  period: DateForm | null;
  places: PlaceForm[];
  target: string | null;
  attributed_to: ActorForm | null;
  by: ActorForm | null;
  /** `certain` surely belong to the scope, `count` are those and the ones that may. */
  on_record: {
    count: number;
    certain: number;
    ids: string[];
    filters: Record<string, string | string[]>;
    /** Whether the filters show just these. */
    exact: boolean;
  } | null;
  verdict: "agrees" | "short" | "more" | "cannot_compare";
  difference: number | null;
  why: string;
}

export interface Change {
  made: string;
  kind: string;
  incident: string;
  other: string | null;
}

export interface ReviewItem {
  key: string;
  kind: "link" | "disagreement" | "score" | "place" | "date" | "actor";
  risk: number;
  incident: string | null;
  headline: string | null;
  events: string[];
  why: string;
  role?: string;
}

export interface Judgement {
  id: string;
  left: string;
  right: string;
  verdict: Verdict;
  by: string;
  made: string;
  why: string | null;
  incidents?: string[];
}

export interface TokenRow {
  name: string;
  role: Role;
  made: string;
  revoked: string | null;
}

/** RFC 9457. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  errors?: { parameter: string; detail: string }[];
}
