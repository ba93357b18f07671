// Roles of claims fall into groups that share a colour and an edge; the label says the rest.

export type RoleGroup = "what" | "when" | "where" | "who" | "target" | "casualty" | "means" | "other";

const GROUPS: Record<string, RoleGroup> = {
  type: "what",
  damage: "what",
  count: "what",
  relation: "what",
  date: "when",
  period: "when",
  place: "where",
  places: "where",
  perpetrator: "who",
  attributed_to: "who",
  by: "who",
  from: "who",
  to: "who",
  actor: "who",
  unclaimed: "who",
  target: "target",
  target_type: "target",
  target_actor: "target",
  victim: "target",
  killed: "casualty",
  injured: "casualty",
  captured: "casualty",
  missing: "casualty",
  weapon: "means",
  munitions: "means",
};

export const GROUP_LABELS: Record<RoleGroup, string> = {
  what: "what happened",
  when: "when",
  where: "where",
  who: "who",
  target: "target",
  casualty: "casualties",
  means: "weapon",
  other: "other",
};

export function roleGroup(role: string): RoleGroup {
  return GROUPS[role] ?? "other";
}
