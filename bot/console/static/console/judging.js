// Judging by keyboard: 1–6 the verdict (1 saves at once), Enter saves, S later, Z the one before.
"use strict";

const form = document.getElementById("verdicts");
const correction = document.getElementById("correction");
const search = document.getElementById("record_q");

function chosen() {
  return form.elements.verdict.value;
}

function show() {
  correction.hidden = !chosen() || chosen() === "right";
}

form.addEventListener("change", (event) => {
  if (event.target.name === "verdict") {
    show();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
    return;
  }
  const typing = event.target.matches("input:not([type=radio]), textarea, select");
  if (typing) {
    if (event.key === "Enter" && event.target.matches("[data-finds]")) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      event.target.blur();
    }
    return;
  }
  if (event.key === "Enter" && !event.target.matches("a, button, summary") && chosen()) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) {
    return;
  }
  event.preventDefault();
  if (target.type !== "radio") {
    target.click();
    return;
  }
  target.checked = true;
  target.focus();
  show();
  if (target.value === "right") {
    form.requestSubmit();
  } else if (["wrong_record", "content_missing"].includes(target.value)) {
    search.focus();
  }
});

show();
