// The page beside the form: shows the section being written, then the block just saved, without moving the form.
"use strict";
let lastBlock = "";
let first = true;

document.addEventListener("focusin", (event) => {
  const block = event.target.closest?.("[data-block-form]");
  if (block) lastBlock = block.dataset.blockForm;
});

function target(page) {
  const block = lastBlock && page.querySelector(`[data-block="${CSS.escape(lastBlock)}"]`);
  return block || page.querySelector(`[id="${CSS.escape(page.dataset.section)}"]`);
}

function show(smooth) {
  const page = document.getElementById("page");
  const at = page && target(page);
  if (!at) return;
  const top = at.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop - 24;
  page.scrollTo({ top, behavior: smooth ? "smooth" : "instant" });
  for (const old of page.querySelectorAll(".here")) old.classList.remove("here");
  at.classList.add("here");
}

let kept = 0;
document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.target.id === "page") kept = event.detail.target.scrollTop; });
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "page") return;
  event.detail.target.scrollTop = kept;
  show(!first);
  first = false;
});
document.addEventListener("pane-shown", () => show(false));
