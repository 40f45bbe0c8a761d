// What every page of the console does in the browser: the menu on phones, badges in the title, the session's end.
"use strict";

const burger = document.querySelector(".burger");
burger?.addEventListener("click", () => {
  const open = burger.getAttribute("aria-expanded") !== "true";
  burger.setAttribute("aria-expanded", String(open));
  document.getElementById("menu").classList.toggle("open", open);
});

// htmx sends the token of Django's forms with every request that changes something.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token && event.detail.verb !== "get") {
    event.detail.headers["X-CSRFToken"] = token;
  }
});

// The number of those who wait stands in the title, so that it is seen in another tab.
const title = document.title;
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.matches("[data-badge]")) {
    const waiting = event.target.textContent.trim();
    document.title = waiting ? `(${waiting}) ${title}` : title;
  }
});

// A select or box with this mark sends its form as soon as it is changed.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) {
    event.target.form.requestSubmit();
  }
});

// The day of a field in words: 11/12 is another day in another country.
document.addEventListener("input", (event) => {
  const words = document.querySelector(`[data-day-of="${CSS.escape(event.target.id)}"]`);
  if (words) {
    const day = event.target.valueAsDate;
    const long = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    const locale = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
    words.textContent = day ? new Intl.DateTimeFormat(locale, long).format(day) : "";
  }
});

// A field that is searched by name shows the answers to the words that stand in it, or is not sent yet:
// what answers to half a name is not what was meant.
function unanswered(box) {
  const said = document.getElementById(box.dataset.finds).querySelector("[data-answers]");
  const words = box.value.trim();
  return !box.closest("[hidden]") && (said ? said.dataset.answers !== words : words !== "");
}

document.addEventListener(
  "submit",
  (event) => {
    if ([...event.target.querySelectorAll("[data-finds]")].some(unanswered)) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
  true,
);

// From the words down to what was found.
document.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && event.target.matches("[data-finds]")) {
    const found = document.getElementById(event.target.dataset.finds);
    const first = found.querySelector(":checked") ?? found.querySelector("input");
    if (first) {
      event.preventDefault();
      first.focus();
    }
  }
});

// What asks first, asks with the words that stand on it.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
  }
});
