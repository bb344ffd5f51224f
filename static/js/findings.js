// Findings of the checks: their words are marked in the text with the CSS Highlight API, a press leads to them.
"use strict";
{
  const SEVERITIES = ["error", "warning", "advice"];

  // The letters of a page, blanks as one, each with its place.
  function letters(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const places = [];
    let text = "";
    while (walker.nextNode()) {
      const data = walker.currentNode.data;
      for (let at = 0; at < data.length; at += 1) {
        const blank = /\s/.test(data[at]);
        if (blank && (!text || text.endsWith(" "))) continue;
        text += blank ? " " : data[at];
        places.push([walker.currentNode, at]);
      }
    }
    return { text, places };
  }

  const tidy = (words) => words.replace(/\s+/g, " ").trim();

  // Where the words stand: in their sentence if the page has it whole, else at their first place from `from` on.
  function rangeOf({ text, places }, said, sentence, from) {
    const whole = tidy(sentence);
    const words = tidy(said);
    let start = whole ? text.indexOf(whole, from) : -1;
    if (start < 0 && whole) start = text.indexOf(whole);
    start = start >= 0 ? text.indexOf(words, start) : text.indexOf(words, from);
    if (start < 0) start = text.indexOf(words);
    if (start < 0 || !words) return null;
    const last = places[start + words.length - 1];
    const range = document.createRange();
    range.setStart(...places[start]);
    range.setEnd(last[0], last[1] + 1);
    return range;
  }

  const pages = () => [document.getElementById("official"), document.getElementById("page")].filter(Boolean);

  function begin(root, read, section) {
    const at = section && root.querySelector(`[id="${CSS.escape(section)}"]`);
    if (!at) return 0;
    const found = read.places.findIndex(([node]) => at.contains(node) || at.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    return Math.max(found, 0);
  }

  // Marks every finding; keeps the range beside its element.
  const ranges = new Map();
  function mark() {
    if (!CSS.highlights) return;
    ranges.clear();
    const found = { error: [], warning: [], advice: [] };
    for (const root of pages()) {
      const read = letters(root);
      for (const item of document.querySelectorAll("[data-finding]")) {
        const { said, sentence, section, severity } = item.dataset;
        const range = rangeOf(read, said, sentence, begin(root, read, section));
        if (!range) continue;
        ranges.set(item, range);
        found[severity].push(range);
      }
    }
    for (const name of SEVERITIES) CSS.highlights.set(`finding-${name}`, new Highlight(...found[name]));
  }

  function jump(item) {
    const { key, section } = item.dataset;
    const range = ranges.get(item);
    const block = document.getElementById(`doan-${key.slice(1)}`);
    if (range) {
      CSS.highlights.set("finding-here", new Highlight(range));
      document.querySelector('[data-pane="page"]')?.click();
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
    } else {
      for (const root of pages()) root.querySelector(`[id="${CSS.escape(section)}"]`)?.scrollIntoView({ block: "start" });
    }
    if (block && key.startsWith("b") && getComputedStyle(block).display !== "none") block.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const item = event.target.closest?.("[data-jump]")?.closest("[data-finding]");
    if (item) jump(item);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.closest?.("#page, #findings")) mark();
  });

  // What is still unsaved is saved before a fix reloads the page.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("[data-mend]") || !document.querySelector(".block.dirty")) return;
    event.preventDefault();
    const form = event.target;
    document.body.addEventListener("block-saved", () => form.submit(), { once: true });
    setTimeout(() => form.isConnected && !document.querySelector(".block.dirty") && form.submit(), 2500);
  });
  mark();
}
