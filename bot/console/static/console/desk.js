// The desk: canned replies into the field, Ctrl+Enter sends, the talk stays at its end, and what was written is kept
// while the page is drawn anew because somebody else took over or gave back.
"use strict";

const talk = document.getElementById("talk");
const field = document.getElementById("text");
const canned = document.getElementById("canned");
const other = document.getElementById("other");

const unsent = document.getElementById("unsent");
const draft = `heza-draft-${document.querySelector("[data-talk]")?.dataset.talk}`;

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
    sessionStorage.setItem(draft, field.value);
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

field?.addEventListener("input", () => sessionStorage.setItem(draft, field.value));

const kept = sessionStorage.getItem(draft);
if (kept && field && !field.value) {
  field.value = kept;
} else if (kept && unsent && unsent.hidden) {
  unsent.querySelector("textarea").value = kept;
  unsent.hidden = false;
}

// A second press while the first is under way sends nothing more; the server would ignore it as well.
document.getElementById("answer")?.addEventListener("submit", (event) => {
  event.target.querySelector("button.main").disabled = true;
  // Should it be refused, the page brings the words back.
  sessionStorage.removeItem(draft);
});

document.addEventListener("htmx:oobAfterSwap", toTheEnd);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "fresh") {
    toTheEnd();
  }
});
toTheEnd();
