// Labels that are cut: text that reaches beyond a box which hides what does not fit into it.

const SLACK = 1.5;
const LINE = 0.25; // of the font's size: how much higher a line is than its letters
const OUT_OF_SIGHT = 'out of sight';
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
  for (const grid of without ? [] : root.querySelectorAll('[role="grid"]')) {
    const hidden = grid.scrollWidth - grid.clientWidth; // columns out of sight are not even there
    if (hidden > SLACK) found.add(`cut column: a table is wider than its panel by ${hidden} pixels`);
  }
  return summed([...found]);
}

/** What is out of sight in a list that scrolls is one fault, not one a line. */
function summed(all: string[]): string[] {
  const hidden = all.filter((each) => each.startsWith(OUT_OF_SIGHT));
  const others = all.filter((each) => !each.startsWith(OUT_OF_SIGHT));
  return hidden.length > 1 ? [...others, `${hidden[0]} and ${hidden.length - 1} more`] : all;
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
    if (CUTTING.includes(overflowX) && isWide) return 'cut';
    if (CUTTING.includes(overflowY) && isHigh) return 'cut';
    if ((SCROLLING.includes(overflowX) && isWide) || (SCROLLING.includes(overflowY) && isHigh)) return OUT_OF_SIGHT;
    if (position === 'fixed') return null;
  }
  return null;
}
