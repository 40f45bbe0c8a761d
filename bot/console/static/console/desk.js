// The desk: canned replies into the field, Ctrl+Enter sends, the talk stays at its end.
"use strict";

const talk = document.getElementById("talk");
const field = document.getElementById("text");
const canned = document.getElementById("canned");
const other = document.getElementById("other");

function toTheEnd() {
  if (talk) {
    talk.scrollTop = talk.scrollHeight;
  }
}

canned?.addEventListener("change", () => {
  const option = canned.selectedOptions[0];
  const text = other.checked ? option.dataset.other : option.dataset.text;
  if (text) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
  }
  canned.value = "";
});

field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    field.form.requestSubmit();
  }
});

// A second press while the first is under way sends nothing more; the server would ignore it as well.
document.getElementById("answer")?.addEventListener("submit", (event) => {
  event.target.querySelector("button.main").disabled = true;
});

document.addEventListener("htmx:oobAfterSwap", toTheEnd);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "fresh") {
    toTheEnd();
  }
});
toTheEnd();
