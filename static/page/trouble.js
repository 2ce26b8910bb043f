// When a part of the page that htmx fetches does not come as expected, the person is told or taken on.

const SENTENCES = {
  403: "Your role does not allow this.",
  404: "This is no longer there. Reload the page to see what is.",
  offline: "Placework cannot be reached. Check your connection; nothing that you see is lost.",
  other: "This did not work, and it is our fault. Try again, or reload the page.",
};

const say = (sentence) => (document.getElementById("trouble").textContent = sentence);

export function watchForTrouble() {
  document.body.addEventListener("htmx:responseError", ({ detail }) => {
    say(SENTENCES[detail.xhr.status] ?? SENTENCES.other);
  });
  document.body.addEventListener("htmx:sendError", () => say(SENTENCES.offline));
  // A whole page where a part was asked for: the sign-in page, once the session has ended.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, isError } = event.detail;
    if (isError) return;
    say("");
    if (!/^\s*<!doctype/i.test(xhr.responseText)) return;
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  });
}
