// The prose editor: Tiptap without style elements, a Vietnamese toolbar, and mentions as quiet chips.
import * as tiptap from "django-prose-editor/editor";
import { openInsert } from "./insert.js";

const MARKER = "data-django-prose-editor-drafting";
const KINDS = ["paper", "figure", "ratio", "headcount"];

/** A paper, team or figure named in the sentence: one atom, <span data-ref data-form data-printed>words</span>. */
export const DataRef = tiptap.Node.create({
  name: "dataRef",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes() {
    const hidden = { rendered: false };
    return {
      ref: { default: "", ...hidden, parseHTML: (element) => element.dataset.ref },
      form: { default: "", ...hidden, parseHTML: (element) => element.dataset.form || "" },
      printed: { default: false, ...hidden, parseHTML: (element) => element.dataset.printed === "1" },
      words: { default: "……", ...hidden, parseHTML: (element) => element.textContent },
    };
  },
  parseHTML: () => [{ tag: "span[data-ref]", priority: 100 }],
  renderHTML({ node }) {
    const { ref, form, printed, words } = node.attrs;
    const attributes = { class: printed ? "chip chip-printed" : "chip", "data-ref": ref };
    if (form) attributes["data-form"] = form;
    if (printed) attributes["data-printed"] = "1";
    return ["span", attributes, words];
  },
  renderText: ({ node }) => node.attrs.words,
  addKeyboardShortcuts() {
    return { "Mod-;": () => { insert(this.editor); return true; } };
  },
});

/** The mark of a list's lines (-, +, *) is kept. */
export const ListMark = tiptap.Extension.create({
  name: "listMark",
  addGlobalAttributes() {
    const mark = {
      default: null,
      parseHTML: (element) => element.dataset.mark || null,
      renderHTML: ({ mark: sign }) => (sign ? { "data-mark": sign } : {}),
    };
    return [{ types: ["bulletList"], attributes: { mark } }];
  },
});

const EXTENSIONS = { ...tiptap, DataRef, ListMark };
const LEFT_OUT = new Set(["Menu", "NoSpellCheck"]); // the toolbar is ours; the browser may check spelling

function insert(editor) {
  openInsert({
    kinds: KINDS,
    title: "Chèn vào câu",
    choose: ({ ref, form, words }) =>
      editor.chain().focus().insertContent({ type: "dataRef", attrs: { ref, form, words, printed: false } }).run(),
  });
}

/** Lets the officer keep words of their own for the chosen mention; an empty answer shows the current ones again. */
function reword(editor) {
  const node = editor.state.selection.node;
  if (node?.type.name !== "dataRef") return;
  const words = window.prompt("In nguyên văn (bỏ trống: luôn theo danh mục):", node.attrs.words);
  if (words === null) return;
  const kept = words.trim();
  editor.chain().focus().updateAttributes("dataRef", { printed: kept !== "", words: kept || node.attrs.words }).run();
}

function link(editor) {
  const address = window.prompt("Địa chỉ liên kết (https://…), bỏ trống để gỡ:", editor.getAttributes("link").href || "https://");
  if (address === null) return;
  const chain = editor.chain().focus().extendMarkRange("link");
  if (/^(https?:\/\/|mailto:)\S+$/.test(address.trim())) chain.setLink({ href: address.trim() }).run();
  else chain.unsetLink().run();
}

const run = (name, ...more) => (editor) => editor.chain().focus()[name](...more).run();
const inTable = (editor) => editor.isActive("table");

// [words, title, node or mark it needs, act, shown when]
const TOOLS = [
  ["Chèn", "Chèn văn bản, số liệu (Ctrl+;)", "dataRef", insert],
  ["In nguyên văn", "Giữ lời in riêng cho chỗ chèn đang chọn", "dataRef", reword, (editor) => editor.isActive("dataRef")],
  ["B", "Đậm (Ctrl+B)", "bold", run("toggleBold")],
  ["I", "Nghiêng (Ctrl+I)", "italic", run("toggleItalic")],
  ["U", "Gạch chân (Ctrl+U)", "underline", run("toggleUnderline")],
  ["x₂", "Chỉ số dưới", "subscript", run("toggleSubscript")],
  ["x²", "Chỉ số trên", "superscript", run("toggleSuperscript")],
  ["– Danh sách", "Danh sách gạch đầu dòng", "bulletList", run("toggleBulletList")],
  ["1) Danh sách", "Danh sách đánh số", "orderedList", run("toggleOrderedList")],
  ["Liên kết", "Liên kết", "link", link],
  ["Bảng", "Chèn bảng 3 × 3", "table", run("insertTable", { rows: 3, cols: 3, withHeaderRow: true }), (editor) => !inTable(editor)],
  ["+ Dòng", "Thêm dòng dưới", "table", run("addRowAfter"), inTable],
  ["− Dòng", "Xóa dòng", "table", run("deleteRow"), inTable],
  ["+ Cột", "Thêm cột bên phải", "table", run("addColumnAfter"), inTable],
  ["− Cột", "Xóa cột", "table", run("deleteColumn"), inTable],
  ["Gộp, tách ô", "Gộp các ô đang chọn hoặc tách ô", "table", run("mergeOrSplit"), inTable],
  ["Ô tiêu đề", "Đổi ô tiêu đề", "table", run("toggleHeaderCell"), inTable],
  ["Xóa bảng", "Xóa bảng", "table", run("deleteTable"), inTable],
  ["↶", "Hoàn tác (Ctrl+Z)", "doc", run("undo")],
  ["↷", "Làm lại (Ctrl+Y)", "doc", run("redo")],
];

function toolbar(editor, label) {
  const bar = document.createElement("div");
  bar.className = "prose-tools";
  bar.role = "toolbar";
  bar.ariaLabel = `Định dạng: ${label}`;
  const tools = TOOLS.filter(([, , needs]) => editor.schema.nodes[needs] || editor.schema.marks[needs]);
  const buttons = tools.map(([words, title, needs, act, shown]) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: words, title, ariaLabel: title, tabIndex: -1 });
    button.dataset.tool = needs;
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => act(editor));
    return { button, needs, shown };
  });
  bar.append(...buttons.map(({ button }) => button));
  buttons[0].button.tabIndex = 0;
  bar.addEventListener("keydown", (event) => walk(event, bar));
  const update = () => {
    for (const { button, needs, shown } of buttons) {
      button.hidden = shown ? !shown(editor) : false;
      if (needs in editor.schema.marks || needs.endsWith("List")) button.setAttribute("aria-pressed", editor.isActive(needs));
    }
  };
  editor.on("transaction", update);
  update();
  return bar;
}

/** Arrow keys go along the toolbar, which is one stop of the Tab key. */
function walk(event, bar) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const shown = [...bar.querySelectorAll("button:not([hidden])")];
  const to = shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length];
  for (const button of bar.querySelectorAll("button")) button.tabIndex = button === to ? 0 : -1;
  to.focus();
  event.preventDefault();
}

/** What is sent: nothing for an empty text, no style attributes (the policy would refuse them when they come back). */
function sent(html) {
  const plain = html.replace(/(<(?:table|col)\b[^>]*?) style="[^"]*"/g, "$1");
  return /^<(\w+)><\/\1>$/.test(plain) ? "" : plain;
}

/** Pasted from Word or a page: looks stay behind, because the policy forbids style attributes and elements. */
function bare(html) {
  const style = /(<[a-z][^<>]*?)\s+style\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;
  return html.replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/gi, "").replace(style, "$1");
}

/** What is pasted goes through the server, which cleans it, tells what it changed and what the registers know. */
function pasted(editor, event) {
  const address = document.querySelector("[data-paste]")?.dataset.paste;
  const html = event.clipboardData?.getData("text/html") ?? "";
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!address || html.includes("data-pm-slice") || (text.length < 40 && !text.includes("\n"))) return false; // our own, or a few words
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ html: html.slice(0, 1000000), text: text.slice(0, 1000000) });
  fetch(address, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
    .then((made) => {
      editor.chain().focus().insertContent(made.html).run();
      tellPaste(editor, made, () => editor.chain().focus().insertContent(bare(html) || text).run());
    })
    .catch(() => editor.chain().focus().insertContent(bare(html) || text).run()); // as before the server was asked
  event.preventDefault();
  return true;
}

function tellPaste(editor, made, asItWas) {
  const box = editor.options.element;
  box.querySelector(".paste-note")?.remove();
  if (!made.notes.length && !made.offers.length) return;
  const note = document.createElement("div");
  note.className = "paste-note";
  note.role = "status";
  const words = document.createElement("span");
  words.textContent = made.notes.length ? `Đã dọn đoạn vừa dán: ${made.notes.join("; ")}. ` : "";
  note.append(words);
  const act = (label, run) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: label, className: "btn btn-secondary btn-sm" });
    button.addEventListener("click", () => { note.remove(); run(); });
    note.append(button);
  };
  const replace = (put) => { editor.commands.undo(); put(); };
  if (made.offers.length) act(made.offers.join("; "), () => replace(() => editor.chain().focus().insertContent(made.linked).run()));
  if (made.notes.length) act("Dán nguyên như cũ", () => replace(asItWas));
  act("Đóng", () => editor.commands.focus());
  box.append(note);
}

function start(textarea) {
  if (textarea.closest(".prose, template") || textarea.matches(":disabled")) return;
  const { extensions } = JSON.parse(textarea.getAttribute(MARKER));
  const made = Object.entries(extensions)
    .filter(([name]) => EXTENSIONS[name] && !LEFT_OUT.has(name))
    .map(([name, options]) => (typeof options === "object" ? EXTENSIONS[name].configure(options) : EXTENSIONS[name]));
  if ("Table" in extensions) made.push(tiptap.TrailingNode); // a line to go on below a table; empty lines are not kept
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const words = label?.textContent.trim() || "Nội dung";
  const box = document.createElement("div");
  box.className = textarea.hasAttribute("data-line") ? "prose prose-line" : "prose";
  textarea.before(box);
  box.append(textarea);
  textarea.hidden = true;
  const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": words, class: "prose-page" };
  for (const name of ["aria-invalid", "aria-describedby"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  const editor = new tiptap.Editor({
    element: box,
    extensions: made,
    injectCSS: false,
    content: textarea.value,
    editorProps: { attributes, transformPastedHTML: bare, handlePaste: (_, event) => pasted(editor, event) },
    onUpdate({ editor: at }) {
      textarea.value = sent(at.getHTML());
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  box.prepend(toolbar(editor, words));
  label?.addEventListener("click", () => editor.commands.focus());
  textarea.addEventListener("drafting:focus", () => editor.commands.focus());
}

const startAll = (root) => root.querySelectorAll(`textarea[${MARKER}]`).forEach(start);

startAll(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element && !node.closest(".prose")) startAll(node);
}).observe(document.body, { childList: true, subtree: true });

// An error's link leads into the editor that replaced the field.
document.addEventListener("click", (event) => {
  const target = event.target.closest(".error-summary a[href^='#']")?.hash.slice(1);
  const field = target && document.getElementById(target);
  if (field?.matches("textarea[hidden]")) {
    event.preventDefault();
    field.dispatchEvent(new Event("drafting:focus"));
  }
});

// Rows choose their paper, team or figure in the same dialog.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick], [data-unpick]");
  if (!button) return;
  const cell = button.closest(".row-cell");
  const input = cell.querySelector("input[type=hidden]");
  const keep = (id, words) => {
    input.value = id;
    cell.querySelector(".picked").textContent = words;
    cell.querySelector("[data-unpick]").hidden = !id;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    cell.querySelector("[data-pick]").focus();
  };
  if (button.hasAttribute("data-unpick")) keep("", "");
  else openInsert({
    kinds: [button.dataset.pick],
    title: "Chọn trong danh mục",
    choose: ({ ref, title, hint }) => keep(ref.split(":")[1], button.dataset.pick === "paper" ? hint : title),
  });
});
