// Opinions on words: what is selected on the official page fills the form; a quote leads to its words on the page.
const page = document.getElementById("official")
const field = document.getElementById("id_yk-words")
const form = document.getElementById("neu-y-kien")

function selected() {
  const selection = getSelection()
  if (!selection.rangeCount || !page?.contains(selection.getRangeAt(0).commonAncestorContainer)) return ""
  return selection.toString().replace(/\s+/g, " ").trim().slice(0, 500)
}

document.addEventListener("selectionchange", () => {
  const words = selected()
  if (words && field) field.value = words
})

page?.addEventListener("pointerup", () => {
  if (selected() && form) form.open = true
})

// The range of the words in the page, spaces counted as one; null when they are gone.
function find(words) {
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT)
  const places = []
  let text = ""
  while (walker.nextNode()) {
    for (const [at, char] of [...walker.currentNode.data].entries()) {
      const blank = /\s/.test(char)
      if (blank && (!text || text.endsWith(" "))) continue
      text += blank ? " " : char
      places.push([walker.currentNode, at])
    }
  }
  const start = text.indexOf(words.replace(/\s+/g, " ").trim())
  if (start < 0) return null
  const range = document.createRange()
  const last = places[start + words.trim().length - 1] ?? places[places.length - 1]
  range.setStart(...places[start])
  range.setEnd(last[0], last[1] + 1)
  return range
}

for (const quote of document.querySelectorAll("[data-words]")) {
  quote.addEventListener("click", () => {
    const range = page && find(quote.dataset.words)
    if (!range) return
    if (CSS.highlights) CSS.highlights.set("comment", new Highlight(range))
    range.startContainer.parentElement.scrollIntoView({ block: "center" })
  })
}
