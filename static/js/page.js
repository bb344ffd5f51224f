// What every page needs: the error summary (or the first field where asked) takes focus, a copy button copies, a second press of a button waits.
"use strict";

function focusSummary(root) {
  const place = root.querySelector("[data-focus]") || root.querySelector("[data-focus-first] input:not([type=hidden])");
  if (place) place.focus();
}

document.addEventListener("DOMContentLoaded", () => focusSummary(document));
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.detail.target));

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea"); // browsers hide the clipboard from pages over http
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(button.dataset.copy);
  button.focus();
  const words = button.textContent;
  button.textContent = "Đã chép";
  setTimeout(() => { button.textContent = words; }, 2000);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});
