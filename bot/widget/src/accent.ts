/** A website's own colour for the chat, with text on it that can be read. */

/** Set `--accent` and the colour of text on it; an empty or unknown colour leaves ours. */
export function applyAccent(element: HTMLElement, color: string): void {
  const known = color !== "" && CSS.supports("color", color);
  element.style.setProperty("--own-accent", known ? color : "");
  element.style.setProperty("--own-on-accent", known ? readable(color) : "");
}

/** Black or white, whichever contrasts more (WCAG relative luminance). */
function readable(color: string): string {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return "#fff";
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}
