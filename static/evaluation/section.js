// Writing a section: what is typed is saved by itself, and stays in the page until it is.
//
// One save at a time. When the line drops, the text waits here and is sent again; when somebody else
// saved first, the server keeps it as a draft and says where the two are put together.

import { isSignedOut, newToken } from "./same_person.js";

const SAVE_AFTER = 1500; // milliseconds without a key
const RETRY_AFTER = [2000, 4000, 8000, 15000, 30000];

class SectionEditor {
  constructor(form) {
    this.form = form;
    this.text = form.elements.text;
    this.basedOn = form.elements.based_on;
    this.status = form.querySelector("[data-autosave-status]");
    this.saved = this.text.value; // what the server holds, as far as this page knows
    this.failures = 0;
    this.saving = false;
    this.timer = null;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.isDirty() && this.save());
    window.addEventListener("beforeunload", (event) => this.warn(event));
  }

  isDirty() {
    return this.text.value !== this.saved;
  }

  typed() {
    if (!this.isDirty()) return;
    if (this.failures === 0) this.say("Not saved yet.");
    this.saveIn(SAVE_AFTER);
  }

  saveIn(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  submitted(event) {
    if (event.submitter?.name === "then") return this.leave();
    event.preventDefault();
    const quote = event.submitter?.name === "place" ? event.submitter.value : "";
    if (quote) this.place(quote);
    this.save();
  }

  // The browser sends the form itself, and another page opens.
  leave() {
    clearTimeout(this.timer);
    this.saved = this.text.value;
  }

  // The quote goes in as a paragraph of its own, where the cursor last was.
  place(reference) {
    if (this.text.hidden) {
      this.text.dispatchEvent(new CustomEvent("placework:insert", { detail: `[${reference}]` }));
      return; // the rich text editor has placed it
    }
    const at = this.text.selectionEnd;
    const before = this.text.value.slice(0, at).replace(/\s*$/, "");
    const after = this.text.value.slice(at).replace(/^\s*/, "");
    const mark = `[${reference}]`;
    this.text.value = [before, mark, after].filter(Boolean).join("\n\n");
    const end = before ? before.length + 2 + mark.length : mark.length;
    this.text.setSelectionRange(end, end);
    this.text.focus();
  }

  async save() {
    clearTimeout(this.timer);
    if (this.saving) return this.saveIn(SAVE_AFTER);
    this.saving = true;
    const sent = this.text.value;
    this.say("Saving…");
    try {
      const response = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        redirect: "manual",
        headers: { Accept: "application/json" },
      });
      await this.answered(response, sent);
    } catch {
      this.failed("No connection");
    } finally {
      this.saving = false;
    }
    if (this.failures === 0 && this.isDirty() && this.text.value !== sent) this.saveIn(SAVE_AFTER);
  }

  async answered(response, sent) {
    if (isSignedOut(response)) {
      const token = await newToken("data-writer");
      if (token) this.form.elements.csrfmiddlewaretoken.value = token;
      return this.failed("You are signed out, or may no longer write here. Sign in in another window");
    }
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
      return this.failed("Placework does not answer");
    }
    const { state, sentence, number, address } = await response.json();
    this.failures = 0;
    if (state === "saved") {
      this.basedOn.value = number;
      this.saved = sent;
    }
    if (state === "conflict") this.saved = sent; // kept as a draft: leaving loses nothing
    this.say(sentence, address);
  }

  failed(why) {
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)];
    this.failures += 1;
    this.say(`${why}. What you typed is still on this page, and will be sent again in ${wait / 1000} seconds.`);
    this.saveIn(wait);
  }

  say(sentence, address) {
    const parts = [document.createTextNode(sentence)];
    if (address) {
      const link = document.createElement("a");
      link.href = address;
      link.className = "govuk-link";
      link.textContent = "See the difference and put both together";
      parts.push(document.createTextNode(" "), link);
    }
    this.status.replaceChildren(...parts);
  }

  warn(event) {
    if (this.isDirty() || this.saving) event.preventDefault();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new SectionEditor(form);
