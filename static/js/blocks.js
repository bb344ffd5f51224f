// Forms of blocks: rows added, moved and removed in place, Ctrl+S, what is unsaved shown, panes as tabs.
"use strict";
let copies = 0;

// The policy forbids style attributes, which htmx would copy from the fields of the form it replaces.
document.addEventListener("DOMContentLoaded", () => { htmx.config.attributesToSettle = []; });

function addRow(rows, after) {
  const template = rows.parentElement.querySelector("template[data-row]");
  const copy = template.content.firstElementChild.cloneNode(true);
  const mark = `new${++copies}`;
  for (const element of copy.querySelectorAll("[id], [for], [aria-labelledby]")) {
    for (const name of ["id", "for", "aria-labelledby"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, element.getAttribute(name).replaceAll("-new", `-${mark}`));
    }
  }
  if (after) after.after(copy); else rows.append(copy);
  count(rows);
  focusRow(copy);
}

function focusRow(row) {
  const first = row.querySelector("input:not([type=hidden]), [data-pick], .prose-page, textarea");
  if (first) setTimeout(() => first.matches("textarea[hidden]") ? first.dispatchEvent(new Event("drafting:focus")) : first.focus());
}

function count(rows) {
  [...rows.children].forEach((row, at) => row.setAttribute("aria-label", `Dòng ${at + 1}`));
}

function stepRow(row, step) {
  const rows = row.parentElement;
  const held = document.activeElement;
  if (step === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
  if (step === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
  if (step === "remove") {
    const near = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    if (near) focusRow(near); else addRow(rows);
  } else if (row.contains(held)) held.focus();
  count(rows);
  touch(rows);
}

function touch(element) {
  const block = element.closest(".block");
  if (!block || block.classList.contains("dirty")) return;
  block.classList.add("dirty");
  const state = block.querySelector(".saved-state");
  if (state) state.textContent = "Chưa lưu thay đổi";
}

document.addEventListener("input", (event) => { if (event.target.closest(".block-form")) touch(event.target); });
document.addEventListener("change", (event) => { if (event.target.closest(".block-form")) touch(event.target); });

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  const step = event.target.closest("[data-row-step]");
  const pane = event.target.closest("[data-pane]");
  if (add) {
    event.preventDefault();
    addRow(add.closest("form").querySelector("[data-rows]"));
  } else if (step) {
    event.preventDefault();
    stepRow(step.closest(".row-edit"), step.dataset.rowStep);
  } else if (pane) showPane(pane.dataset.pane);
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(".row-edit");
  if (row && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    stepRow(row, event.key === "ArrowUp" ? "up" : "down");
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    const form = event.target.closest?.(".block-form") || document.querySelector(".block.dirty .block-form");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".save"));
  }
});

window.addEventListener("beforeunload", (event) => { if (document.querySelector(".block.dirty")) event.preventDefault(); });
document.addEventListener("submit", (event) => {
  // without htmx the form leaves the page on purpose
  if (!event.target.hasAttribute("data-hx-post")) document.querySelectorAll(".block.dirty").forEach((block) => block.classList.remove("dirty"));
});

// htmx: a refused save (409, 422) is shown in place; a moved block changes places without losing what is typed elsewhere
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422 || event.detail.xhr.status === 409) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:responseError", (event) => {
  const state = event.target.closest?.(".block")?.querySelector(".saved-state");
  if (state) state.textContent = "Chưa lưu được: máy chủ không nhận. Chữ vẫn còn ở đây, hãy thử lại.";
});
document.addEventListener("htmx:sendError", (event) => {
  const state = event.target.closest?.(".block")?.querySelector(".saved-state");
  if (state) state.textContent = "Chưa lưu được: mất kết nối. Chữ vẫn còn ở đây, hãy bấm Lưu lại.";
});
document.addEventListener("htmx:afterSettle", (event) => {
  event.detail.elt.querySelector?.("[data-focus]")?.focus();
  document.querySelector("[data-no-blocks]")?.toggleAttribute("hidden", !!document.querySelector(".block"));
  const fresh = document.querySelector(".block[data-fresh]");
  if (!fresh) return;
  fresh.removeAttribute("data-fresh");
  fresh.scrollIntoView({ block: "nearest" });
  setTimeout(() => fresh.querySelector(".prose-page, .row-edit input:not([type=hidden]), .row-edit button")?.focus(), 50);
});
document.addEventListener("block-moved", (event) => {
  const block = document.querySelector(`[data-block-form="b${event.detail.block}"]`);
  const held = document.activeElement;
  if (event.detail.step === "up") block.previousElementSibling?.before(block);
  else block.nextElementSibling?.after(block);
  held?.focus();
});

// --- panes as tabs on a narrow screen; without script all three stand below one another
function showPane(name) {
  document.querySelector(".drafting").dataset.shown = name;
  for (const button of document.querySelectorAll("[data-pane]")) button.setAttribute("aria-pressed", button.dataset.pane === name);
  document.dispatchEvent(new CustomEvent("pane-shown", { detail: name }));
}
document.addEventListener("DOMContentLoaded", () => {
  const tabs = document.querySelector(".pane-tabs");
  if (tabs) tabs.hidden = false;
  document.querySelector(".drafting")?.classList.add("tabbed");
  const here = document.querySelector("#tasks [aria-current]");
  const pane = here?.closest(".pane-tasks");
  if (pane) pane.scrollTop = here.offsetTop - pane.offsetTop - pane.clientHeight / 3;
});
