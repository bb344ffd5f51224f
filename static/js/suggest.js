// A text box with data-suggest offers, while one types, the labels its address answers with ({"labels": […]}).
"use strict";

let waiting;
let count = 0;

function listOf(input) {
  if (!input.list) {
    const list = document.createElement("datalist");
    list.id = `suggestions-${(count += 1)}`;
    input.after(list);
    input.setAttribute("list", list.id);
  }
  return input.list;
}

async function suggest(input) {
  const address = `${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { labels } = await answer.json();
  listOf(input).replaceChildren(...labels.map((label) => new Option(label, label)));
}

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.matches("[data-suggest]") || input.value.trim().length < 2) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(input), 200);
});
