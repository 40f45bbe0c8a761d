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

// What asks first, asks with the words that stand on it.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
  }
});
