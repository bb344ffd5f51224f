// The menu of signature variants fills the lines below it; without scripts the server does it on saving.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const data = document.getElementById("signature-variants");
  if (!data) return;
  const variants = JSON.parse(data.textContent);
  document.addEventListener("change", (event) => {
    const row = event.target.closest("[data-signature]");
    if (!row || !event.target.name.endsWith("-variant") || !(event.target.value in variants)) return;
    row.querySelector("textarea").value = variants[event.target.value];
  });
});
