// Copies the text of another element with one press; the button shows itself only where copying works.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue
  button.hidden = false
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy)
    await navigator.clipboard.writeText(source.innerText.trim())
    const words = button.lastChild.textContent
    button.lastChild.textContent = " Đã sao chép"
    setTimeout(() => (button.lastChild.textContent = words), 2000)
  })
}
