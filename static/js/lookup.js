// Enter in a search box inside a larger form shows what was found; it does not send the form.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-no-submit]")) event.preventDefault();
});
