// Where the actors of a network stand: what is tied draws together, the rest keeps its distance.
// After Fruchterman and Reingold (1991), from fixed places, so that a record always looks the same.

export interface Spot {
  x: number;
  y: number;
}

const WIDTH = 1000;
const HEIGHT = 620;
const EDGE = 60;
const ROUNDS = 220;

/**
 * Give the place of each node that has a tie, the best tied `most` of them.
 *
 * The box is 1000 wide and, where nodes are few, lower than its 620.
 */
export function arranged(
  nodes: readonly { key: string; weight: number }[],
  edges: readonly { from: string; to: string }[],
  most: number,
): Map<string, Spot> {
  const drawn = [...nodes].sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1)).slice(0, most);
  const height = Math.min(HEIGHT, 2 * EDGE + 45 * drawn.length);
  const spots = new Map<string, Spot>();
  drawn.forEach((node, i) => {
    const angle = (2 * Math.PI * i) / drawn.length;
    spots.set(node.key, { x: WIDTH / 2 + 280 * Math.cos(angle), y: (height / 2) * (1 + 0.65 * Math.sin(angle)) });
  });
  const ties = edges.filter((edge) => edge.from !== edge.to && spots.has(edge.from) && spots.has(edge.to));
  const apart = 0.75 * Math.sqrt((WIDTH * height) / Math.max(1, drawn.length));
  for (let round = 0; round < ROUNDS; round += 1) step(spots, ties, apart, 60 * (1 - round / ROUNDS), height);
  return spots;
}

/** Give the box around all spots, with room for their names, as an SVG's viewBox. */
export function boxOf(spots: ReadonlyMap<string, Spot>): string {
  const all = [...spots.values()];
  const ys = all.map((spot) => spot.y);
  // The width stays, so that names keep their size.
  const [top, bottom] = [Math.min(...ys) - EDGE, Math.max(...ys) + EDGE / 2];
  return all.length ? `0 ${top} ${WIDTH} ${bottom - top}` : `0 0 ${WIDTH} ${HEIGHT}`;
}

function step(
  spots: Map<string, Spot>,
  ties: readonly { from: string; to: string }[],
  apart: number,
  reach: number,
  height: number,
): void {
  const pulls = new Map([...spots].map(([key]) => [key, { x: 0, y: 0 }]));
  const all = [...spots];
  for (const [i, [key, spot]] of all.entries()) {
    for (const [other, against] of all.slice(i + 1)) push(pulls, key, other, spot, against, (far) => (apart * apart) / far);
    // A weak pull to the middle keeps what is tied to nobody else in the picture.
    const pull = pulls.get(key);
    if (pull) {
      pull.x += (WIDTH / 2 - spot.x) * 0.05;
      pull.y += (height / 2 - spot.y) * 0.08;
    }
  }
  for (const { from, to } of ties) {
    const left = spots.get(from);
    const right = spots.get(to);
    if (left && right) push(pulls, from, to, left, right, (far) => -(far * far) / apart);
  }
  for (const [key, spot] of spots) {
    const pull = pulls.get(key) ?? { x: 0, y: 0 };
    const far = Math.max(0.01, Math.hypot(pull.x, pull.y));
    const by = Math.min(far, reach) / far;
    spot.x = Math.min(WIDTH - EDGE, Math.max(EDGE, spot.x + pull.x * by));
    spot.y = Math.min(height - EDGE, Math.max(EDGE, spot.y + pull.y * by));
  }
}

function push(
  pulls: Map<string, Spot>,
  one: string,
  other: string,
  left: Spot,
  right: Spot,
  force: (far: number) => number,
): void {
  const x = left.x - right.x;
  const y = left.y - right.y;
  const far = Math.max(1, Math.hypot(x, y));
  const by = force(far) / far;
  const from = pulls.get(one);
  const to = pulls.get(other);
  if (!from || !to) return;
  from.x += x * by;
  from.y += y * by;
  to.x -= x * by;
  to.y -= y * by;
}
