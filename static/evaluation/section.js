// Writing a section: a quote's button places it where the cursor is. `documents/autosave.js` saves.

// The quote goes in as a paragraph of its own, where the cursor last was.
function place(reference, text) {
  const mark = `[${reference}]`;
  if (text.hidden) {
    text.dispatchEvent(new CustomEvent("placework:insert", { detail: mark }));
    return; // the rich text editor has placed it
  }
  const at = text.selectionEnd;
  const before = text.value.slice(0, at).replace(/\s*$/, "");
  const after = text.value.slice(at).replace(/^\s*/, "");
  text.value = [before, mark, after].filter(Boolean).join("\n\n");
  const end = before ? before.length + 2 + mark.length : mark.length;
  text.setSelectionRange(end, end);
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

const form = document.querySelector("form[data-autosave]");
form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "place") return;
  event.preventDefault();
  place(event.submitter.value, form.elements.text);
});
