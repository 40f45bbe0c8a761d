// What makes the pages more comfortable; every link and form works without it.
const chat = document.querySelector("heza-chat");

for (const link of document.querySelectorAll("[data-ask]")) {
  link.addEventListener("click", (event) => {
    if (!chat?.ask || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    chat.ask(link.dataset.ask);
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const name = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = name), 2000);
  });
}

for (const field of document.querySelectorAll("form.filters select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}
