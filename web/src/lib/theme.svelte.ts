// Light, dark, or whatever the system says. theme.js applies the choice before first paint.

export type Theme = "system" | "light" | "dark";
const KEY = "dateline.theme";

let theme = $state<Theme>((document.documentElement.dataset["theme"] as Theme | undefined) ?? "system");

export const appearance = {
  get theme(): Theme {
    return theme;
  },
};

export function setTheme(next: Theme): void {
  theme = next;
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage may be switched off; the choice then holds until the page is closed.
  }
}

/** Give the computed colour of a token such as "--accent", for canvases that CSS does not reach. */
export function colourOf(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
