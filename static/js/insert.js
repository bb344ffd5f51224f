// The insert dialog: choose a kind, type a few words, arrows and Enter choose, Esc closes.
const dialog = () => document.getElementById("insert");
let session = null; // { kinds, choose }
let found = [];
let active = -1;
let asked = 0;

/** Opens the dialog; `kinds` the buttons to show, `choose` is called with the result. */
export function openInsert({ kinds, title, choose }) {
  const at = dialog();
  if (!at || at.open) return;
  if (!at.dataset.ready) wire(at);
  session = { choose, kind: kinds[0] };
  at.querySelector("h2").textContent = title;
  for (const button of at.querySelectorAll("[data-kind]")) button.hidden = !kinds.includes(button.dataset.kind);
  at.querySelector(".insert-kinds").hidden = kinds.length < 2;
  at.querySelector("input").value = "";
  at.showModal();
  at.querySelector("input").focus();
  pickKind(kinds[0]);
}

function wire(at) {
  at.dataset.ready = "1";
  const input = at.querySelector("input");
  let wait;
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
  at.addEventListener("keydown", onKey);
  at.addEventListener("click", (event) => {
    const kind = event.target.closest("[data-kind]");
    const option = event.target.closest("[role=option]");
    if (kind) { pickKind(kind.dataset.kind); input.focus(); }
    if (option) choose(Number(option.dataset.at));
    if (event.target.closest("[data-close]")) at.close();
  });
}

function onKey(event) {
  if (event.isComposing || event.target.tagName === "BUTTON") return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.length) show((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(active);
  }
}

function pickKind(kind) {
  session.kind = kind;
  for (const button of dialog().querySelectorAll("[data-kind]")) button.setAttribute("aria-pressed", button.dataset.kind === kind);
  search();
}

async function search() {
  const at = dialog();
  const mine = ++asked;
  const url = new URL(document.querySelector("[data-search]").dataset.search, location.href);
  url.searchParams.set("kind", session.kind);
  url.searchParams.set("q", at.querySelector("input").value);
  const note = at.querySelector(".insert-note");
  let results = [];
  let words = "";
  try {
    const answer = await fetch(url, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    results = (await answer.json()).results;
    if (!results.length) words = "Không tìm thấy. Thử ít chữ hơn, hoặc thêm vào danh mục trước.";
  } catch {
    words = "Không tìm được lúc này. Hãy thử lại.";
  }
  if (mine !== asked) return;
  found = results;
  note.textContent = words;
  at.querySelector("ul").replaceChildren(...found.map(option));
  show(found.length ? 0 : -1);
}

function option(result, at) {
  const item = document.createElement("li");
  item.id = `insert-${at}`;
  item.role = "option";
  item.dataset.at = at;
  const title = document.createElement("b");
  title.textContent = result.title;
  const hint = document.createElement("span");
  hint.textContent = result.hint;
  item.append(title, hint);
  return item;
}

function show(at) {
  active = at;
  const input = dialog().querySelector("input");
  for (const item of dialog().querySelectorAll("[role=option]")) {
    const chosen = Number(item.dataset.at) === at;
    item.setAttribute("aria-selected", chosen);
    if (chosen) item.scrollIntoView({ block: "nearest" });
  }
  if (at < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `insert-${at}`);
}

function choose(at) {
  const result = found[at];
  if (!result) return;
  const then = session.choose;
  dialog().close();
  then(result);
}
