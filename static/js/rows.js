// Rows inside a form: a button adds a blank one, a ticked "Xóa dòng" greys its row out until the form is saved.
"use strict";

function addRow(list) {
  const total = list.querySelector("[name$='-TOTAL_FORMS']");
  const index = Number(total.value);
  if (index >= Number(list.dataset.rowsMost)) return;
  const blank = list.querySelector("[data-rows-blank]").innerHTML.replaceAll("__prefix__", index);
  const body = list.querySelector("[data-rows-body]");
  body.insertAdjacentHTML("beforeend", blank);
  total.value = index + 1;
  body.lastElementChild.querySelector("input:not([type=hidden]), select, textarea").focus();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-rows-add]")) {
    button.hidden = false;
    button.addEventListener("click", () => addRow(button.closest("[data-rows]")));
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-row] [name$='-DELETE']")) return;
  event.target.closest("[data-row]").classList.toggle("row-gone", event.target.checked);
});
