// Labels that are cut: text that reaches beyond a box which hides what does not fit into it.

const SLACK = 1.5;
const LINE = 0.25; // of the font's size: how much higher a line is than its letters
const CUTTING = ['hidden', 'clip'];
const SCROLLING = ['auto', 'scroll'];

/** Return the cut texts below an element; what is in `without` is left to somebody else. */
export function cutLabels(root: Element, without?: string): string[] {
  const found = new Set<string>();
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const words = text.textContent!.trim();
    const parent = text.parentElement!;
    if (!words || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (without && parent.closest(without)) continue;
    const cut = cutOf(text, parent, root);
    if (cut) found.add(`${cut}: ${words}`);
  }
  return [...found];
}

function cutOf(text: Node, parent: Element, root: Element): string | null {
  const range = document.createRange();
  range.selectNodeContents(text);
  const box = range.getBoundingClientRect();
  if (!box.width) return null;
  const line = SLACK + LINE * parseFloat(getComputedStyle(parent).fontSize);
  for (let outer: Element | null = parent; outer && outer !== root.parentElement; outer = outer.parentElement) {
    const { overflowX, overflowY, position } = getComputedStyle(outer);
    const edge = outer.getBoundingClientRect();
    if (edge.width <= 1 || edge.height <= 1) return null; // meant for screen readers
    const isWide = box.right > edge.right + SLACK || box.left < edge.left - SLACK;
    const isHigh = box.bottom > edge.bottom + line || box.top < edge.top - line;
    // Rows of a table that are scrolled out of sight are no fault; all else has to be seen.
    if (outer.getAttribute('role') === 'grid' && (isWide || isHigh)) return isWide ? 'cut column' : null;
    if (CUTTING.includes(overflowX) && isWide) return 'cut label';
    if (CUTTING.includes(overflowY) && isHigh) return 'cut label';
    if ((SCROLLING.includes(overflowX) && isWide) || (SCROLLING.includes(overflowY) && isHigh)) return 'scrolled out of sight';
    if (position === 'fixed') return null;
  }
  return null;
}
