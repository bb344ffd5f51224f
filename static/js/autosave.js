// Saves a block by itself a moment after the last key, one request at a time; keeps the text on this computer until
// the server has it; says who else writes here.
"use strict"
{
  const REST = 700 // ms after the last key
  const PULSE = 15000 // ms between two signs of life
  const desk = document.querySelector(".drafting")
  const user = desk.dataset.user
  const tab = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(16).slice(2, 10)}`.slice(0, 36)
  const waiting = new Map() // block element id -> what is going on with it

  const forms = () => document.querySelectorAll(".block-form")
  const blockOf = (form) => form.closest(".block")
  const keyOf = (form) => `draft:${user}:${blockOf(form).dataset.blockForm}`
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value

  function values(form) {
    const data = new URLSearchParams(new FormData(form))
    data.delete("csrfmiddlewaretoken")
    return data
  }

  // What counts as the text: everything but the version it was opened with.
  function text(data) {
    const copy = new URLSearchParams(data)
    copy.delete("version")
    return copy.toString()
  }

  function say(form, words, isWrong = false) {
    const state = form.querySelector(".saved-state")
    if (!state) return
    state.textContent = words
    state.classList.toggle("field-error", isWrong)
  }

  function keep(form) {
    try {
      localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), data: values(form).toString() }))
    } catch {
      say(form, "Máy này không giữ tạm được chữ; hãy bấm Lưu thường xuyên.", true)
    }
  }

  // --- saving ---------------------------------------------------------------------------------------------------

  function touched(form) {
    keep(form)
    const job = waiting.get(form) ?? { timer: 0, busy: false, again: false, delay: 1000 }
    waiting.set(form, job)
    clearTimeout(job.timer)
    job.timer = setTimeout(() => save(form), REST)
  }

  async function save(form) {
    const job = waiting.get(form)
    if (!job || !form.isConnected || job.shown) return
    if (job.busy) {
      job.again = true
      return
    }
    job.busy = true
    clearTimeout(job.timer)
    const data = values(form)
    say(form, "Đang lưu…")
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: data,
        redirect: "manual",
        headers: { "X-Autosave": "1", "X-CSRFToken": token() },
      })
      await settled(form, data, answer)
      job.delay = 1000
    } catch {
      say(form, "Chưa lưu được: mất kết nối. Chữ được giữ trên máy này và sẽ tự lưu khi có mạng.", true)
      job.timer = setTimeout(() => save(form), job.delay)
      job.delay = Math.min(job.delay * 2, 30000)
    }
    job.busy = job.asked = false
    if (job.again) {
      job.again = false
      save(form)
    }
  }

  async function settled(form, data, answer) {
    const block = blockOf(form)
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      return say(form, "Chưa lưu được: phiên đăng nhập đã hết. Chữ được giữ trên máy này; đăng nhập ở thẻ khác rồi gõ tiếp ở đây.", true)
    }
    if (answer.status === 409) {
      const page = await answer.text()
      localStorage.removeItem(keyOf(form))
      waiting.delete(form)
      return swap(block, page)
    }
    if (answer.status === 403) {
      return say(form, "Chưa lưu được: báo cáo vừa chuyển bước, hoặc phiên đăng nhập đã đổi. Chữ được giữ trên máy này; tải lại trang.", true)
    }
    if (answer.status === 422) {
      const { errors } = await answer.json()
      if (waiting.get(form)?.asked) return showErrors(form)
      return say(form, `Chưa lưu: ${errors.join(" ")}`, true)
    }
    if (!answer.ok) throw new Error(answer.status)
    const { version, words, changed, begun } = await answer.json()
    form.elements.version.value = version
    const isLatest = text(values(form)) === text(data)
    if (!isLatest) return keep(form)
    localStorage.removeItem(keyOf(form))
    block.classList.remove("dirty")
    say(form, words)
    document.body.dispatchEvent(new CustomEvent("block-saved"))
    if (begun) for (const state of document.querySelectorAll("#tasks [aria-current] .task-not_started")) state.textContent = "Đang viết"
    if (changed) normalise(form)
  }

  // Who pressed “Lưu” sees the errors beside their fields and in the summary: the server draws the form again.
  function showErrors(form) {
    waiting.get(form).shown = true
    form.requestSubmit()
  }

  function swap(block, markup) {
    const made = document.createRange().createContextualFragment(markup)
    const fresh = made.querySelector(".block")
    block.replaceWith(made)
    htmx.process(fresh)
    fresh.querySelector("[data-focus]")?.focus()
    return fresh
  }

  async function again(block) {
    const answer = await fetch(block.dataset.again, { redirect: "manual" })
    if (answer.ok && !block.classList.contains("dirty")) swap(block, await answer.text())
  }

  // The editor shows what the server keeps, as soon as nobody types in it.
  function normalise(form) {
    const block = blockOf(form)
    if (!block.contains(document.activeElement)) return again(block)
    block.addEventListener("focusout", (event) => {
      if (!block.contains(event.relatedTarget) && !block.classList.contains("dirty")) again(block)
    }, { once: true })
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.(".block-form")
    if (form) touched(form)
  })
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.(".block-form")
    if (form) touched(form)
  })
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-row-step], [data-add-row]")) return
    const form = event.target.closest(".block-form")
    if (form) setTimeout(() => blockOf(form)?.classList.contains("dirty") && touched(form))
  })
  document.addEventListener("submit", (event) => {
    const form = event.target
    if (!form.matches(".block-form") || waiting.get(form)?.shown) return
    event.preventDefault()
    event.stopImmediatePropagation()
    touched(form)
    waiting.get(form).asked = true
    save(form)
  }, true)
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt
    if (!form.matches?.(".block-form") || !event.detail.successful) return
    clearTimeout(waiting.get(form)?.timer)
    waiting.delete(form)
    localStorage.removeItem(`draft:${user}:b${form.action.match(/doan\/(\d+)/)[1]}`)
  })
  addEventListener("online", () => { for (const form of waiting.keys()) save(form) })
  addEventListener("focus", () => {
    for (const form of forms()) if (blockOf(form).classList.contains("dirty")) save(form)
  })

  // --- what this computer still holds ---------------------------------------------------------------------------

  function offer(form) {
    const held = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null")
    if (!held) return
    const data = new URLSearchParams(held.data)
    if (text(data) === text(values(form))) return localStorage.removeItem(keyOf(form))
    const box = document.createElement("div")
    box.className = "notice kept-here"
    const at = new Date(held.at)
    const words = document.createElement("p")
    words.textContent = `Máy này còn giữ chữ bạn gõ lúc ${at.toLocaleString("vi-VN")} mà máy chủ chưa nhận.`
    box.append(words, button("Lấy lại", () => restore(form, data, box)), button("Bỏ", () => drop(form, box)))
    form.prepend(box)
  }

  function button(words, act) {
    const made = document.createElement("button")
    made.type = "button"
    made.className = "btn btn-secondary btn-sm"
    made.textContent = words
    made.addEventListener("click", act)
    return made
  }

  function drop(form, box) {
    localStorage.removeItem(keyOf(form))
    box.remove()
  }

  // The server draws the form with these values, rows and all, without saving; then it saves by itself as if typed.
  async function restore(form, data, box) {
    const body = new URLSearchParams(data)
    body.set("rows", "show")
    body.set("version", form.elements.version.value)
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token() } })
    if (!answer.ok) return (box.querySelector("p").textContent = "Chưa lấy lại được; thử lại sau. Chữ vẫn còn trên máy này.")
    const fresh = swap(blockOf(form), await answer.text())
    const made = fresh.querySelector(".block-form")
    fresh.classList.add("dirty")
    touched(made)
  }

  // --- who else is here -----------------------------------------------------------------------------------------

  async function pulse() {
    if (document.hidden) return
    const block = document.activeElement?.closest?.(".block")?.dataset.blockForm?.slice(1) ?? ""
    try {
      const body = new URLSearchParams({ tab, block })
      const answer = await fetch(desk.dataset.here, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token() } })
      if (answer.ok) tell(await answer.json())
    } catch {
      // the next sign of life comes soon
    }
  }

  function tell({ others, versions }) {
    const names = [...new Set(others.map(({ who }) => who))]
    document.getElementById("here-now").textContent = names.length ? `Đang mở mục này: ${names.join(", ")}.` : ""
    for (const block of document.querySelectorAll(".block")) {
      const id = block.dataset.blockForm.slice(1)
      const writer = others.find((other) => String(other.block) === id)
      block.classList.toggle("busy", Boolean(writer))
      block.querySelector(".block-head").dataset.busy = writer ? `${writer.who} đang viết đoạn này` : ""
      const form = block.querySelector(".block-form")
      const isOld = form && versions[id] !== undefined && versions[id] > Number(form.elements.version.value)
      if (isOld && !block.classList.contains("dirty") && !block.contains(document.activeElement)) again(block)
    }
  }

  addEventListener("pagehide", () => {
    const body = new URLSearchParams({ tab, left: "1", csrfmiddlewaretoken: token() })
    navigator.sendBeacon(desk.dataset.here, body)
  })
  addEventListener("load", () => {
    for (const form of forms()) offer(form)
    pulse()
    setInterval(pulse, PULSE)
  })
}
