// The figures grid: arrows and Enter move, a pasted block fills cells, each changed cell is saved by itself, one request at a time.
"use strict";

const form = document.querySelector("[data-grid]");
const status = form.querySelector("[data-grid-status]");
const STATES = { waiting: "Chưa lưu", saving: "Đang lưu…", saved: "Đã lưu", missing: "Chưa có số liệu", empty: "" };
const waiting = new Set();
let busy = false;
let timer;

function at(row, column) {
  return form.querySelector(`[data-row="${row}"][data-column="${column}"]`);
}

function show(cell, state, words) {
  cell.closest("td").dataset.state = state;
  cell.closest("td").querySelector(".grid-state").textContent = words || STATES[state] || "";
  cell.toggleAttribute("aria-invalid", state === "invalid");
}

function was(cell) {
  return form.elements[`w${cell.name}`];
}

function touch(cell) {
  if (cell.value.trim() === was(cell).value) {
    waiting.delete(cell);
    return show(cell, { "": "empty", "chưa có": "missing" }[was(cell).value] || "saved");
  }
  waiting.add(cell);
  show(cell, "waiting");
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(send, 700);
}

async function send() {
  if (busy || !waiting.size) return;
  const cells = [...waiting];
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "tu", "den", "chot", "source", "giver", "given_on"]) body.append(name, form.elements[name].value);
  for (const column of form.querySelectorAll("[name=nd]")) body.append("nd", column.value);
  const sent = new Map(cells.map((cell) => [cell, cell.value]));
  for (const cell of cells) {
    body.append(cell.name, cell.value);
    body.append(`w${cell.name}`, was(cell).value);
    show(cell, "saving");
  }
  busy = true;
  let online = true;
  waiting.clear();
  try {
    const answer = await fetch(form.dataset.grid, { method: "POST", body, redirect: "error" });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    for (const cell of cells) settle(cell, told.cells[cell.name], sent.get(cell));
    told.totals.forEach(total);
    const wrong = form.querySelectorAll("[data-state=invalid]").length;
    status.textContent = wrong ? `Chưa lưu ${wrong} ô vì cần sửa; các ô khác đã lưu.` : "Đã lưu các ô vừa nhập.";
  } catch (error) {
    online = false;
    for (const cell of cells) { waiting.add(cell); show(cell, "waiting"); }
    status.textContent = error instanceof TypeError || error instanceof SyntaxError
      ? "Chưa lưu được vì mất mạng hoặc hết phiên đăng nhập. Chữ đã gõ vẫn còn; bấm Lưu bảng khi có mạng."
      : error.message;
  }
  busy = false;
  if (waiting.size && online) soon();
}

function settle(cell, told, sent) {
  was(cell).value = told.was;
  if (cell.value !== sent) return touch(cell); // typed on meanwhile
  if (told.state !== "invalid") cell.value = told.text;
  show(cell, told.state, told.error);
}

function total(told, column) {
  const box = form.querySelectorAll("[data-total]")[column];
  box.querySelector(".grid-sum").textContent = told.words || "chưa có số liệu";
  box.querySelector(".grid-coverage").textContent = `${told.coverage} tổ đã có số`;
  box.querySelector(".grid-coverage").classList.toggle("done", told.full);
}

function move(cell, rows, columns) {
  const next = at(Number(cell.dataset.row) + rows, Number(cell.dataset.column) + columns);
  if (!next) return false;
  next.focus();
  next.select();
  return true;
}

function step(event) {
  const cell = event.target;
  const edge = { ArrowLeft: cell.selectionStart === 0, ArrowRight: cell.selectionEnd === cell.value.length };
  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], Enter: [event.shiftKey ? -1 : 1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  if (!(event.key in steps) || edge[event.key] === false || event.isComposing) return;
  if (move(cell, ...steps[event.key]) || event.key === "Enter") event.preventDefault();
}

function spread(cell, text) {
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  lines.forEach((parts, row) => {
    const joined = "parted" in cell.dataset && parts.length === 2 && !parts[0].includes("/") ? [parts.join("/")] : parts;
    joined.forEach((part, column) => {
      const target = at(Number(cell.dataset.row) + row, Number(cell.dataset.column) + column);
      if (!target) return;
      target.value = part.trim();
      touch(target);
    });
  });
  soon();
}

form.addEventListener("keydown", (event) => { if (event.target.matches("[data-cell]")) step(event); });
form.addEventListener("input", (event) => { if (event.target.matches("[data-cell]")) { touch(event.target); soon(); } });
form.addEventListener("paste", (event) => {
  if (!event.target.matches("[data-cell]")) return;
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]/.test(text.trim()) && !("parted" in event.target.dataset && text.includes("\t"))) return;
  event.preventDefault();
  spread(event.target, text);
});
window.addEventListener("online", send);
window.addEventListener("beforeunload", (event) => {
  if (waiting.size && !form.dataset.sent) event.preventDefault();
});
for (const cell of form.querySelectorAll("[data-cell]")) if (cell.value !== was(cell).value && !cell.hasAttribute("aria-invalid")) waiting.add(cell);
