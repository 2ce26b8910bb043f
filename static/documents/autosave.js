// A form that saves itself: what is typed is sent by itself, and stays in the page until it is saved.
//
//   <form data-autosave="address" data-writer="id of the person"> … <p data-autosave-status>
//
// One save at a time. When the line drops, what was typed waits here and is sent again; when somebody else
// saved first, the server keeps it as a draft and says where the two are put together. Files are not sent
// by themselves. A button with `data-then` saves, and goes on to that address once all is saved; any other
// button that has a name is the page's own affair, once the save under way has ended.
//
// Whoever never stops typing is saved all the same, and so is who closes the page or turns to another.

import { isSignedOut, newToken } from "./same_person.js";

const SAVE_AFTER = 1500; // milliseconds without a key
const AT_LATEST_AFTER = 10000; // milliseconds of typing without a pause
const RETRY_AFTER = [2000, 4000, 8000, 15000, 30000];
const LARGEST_KEPT_ALIVE = 15000; // characters; browsers refuse 64 kB
const NOT_TYPED = ["csrfmiddlewaretoken", "based_on", "window"];

class Autosave {
  constructor(form) {
    this.form = form;
    this.basedOn = form.elements.based_on;
    this.status = form.querySelector("[data-autosave-status]");
    this.saved = this.typed(); // what the server holds, as far as this page knows
    this.failures = 0;
    this.saving = false;
    this.sent = ""; // what the save under way carries
    this.leaving = false;
    this.then = ""; // where to go on to, once all is saved
    this.waiting = null; // the button that was pressed while a save was under way
    this.unsavedSince = null;
    this.timer = null;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.isDirty() && this.save());
    window.addEventListener("beforeunload", (event) => this.warn(event));
    document.addEventListener("visibilitychange", () => this.hidden());
    window.addEventListener("pagehide", () => this.left());
    window.addEventListener("pageshow", () => (this.leaving = false));
  }

  // All that was typed and chosen, as one text.
  typed() {
    const fields = [...new FormData(this.form)];
    return JSON.stringify(fields.filter(([name, value]) => !NOT_TYPED.includes(name) && typeof value === "string"));
  }

  isDirty() {
    return this.typed() !== this.saved;
  }

  changed() {
    if (!this.isDirty()) return;
    if (this.failures === 0) this.say("Not saved yet.");
    this.unsavedSince ??= Date.now();
    const left = this.unsavedSince + AT_LATEST_AFTER - Date.now();
    this.saveIn(Math.min(SAVE_AFTER, Math.max(left, 0)));
  }

  saveIn(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  submitted(event) {
    if (event.defaultPrevented) return;
    const { name, dataset } = event.submitter ?? {};
    if (name && !dataset.then) {
      if (this.saving) {
        event.preventDefault();
        this.waiting = event.submitter;
        return;
      }
      this.leaving = true; // the page goes, and what was typed goes with it
      return;
    }
    event.preventDefault();
    this.then = dataset?.then ?? "";
    this.save();
  }

  hidden() {
    if (document.visibilityState === "hidden" && this.isDirty() && !this.leaving) this.save();
  }

  // What came after the save under way has no later chance. Should that one be first, the server keeps both.
  left() {
    if (this.saving && !this.leaving && this.typed() !== this.sent) this.send().catch(() => {});
  }

  async save() {
    clearTimeout(this.timer);
    if (this.saving) return this.saveIn(SAVE_AFTER);
    this.saving = true;
    this.unsavedSince = null;
    const sent = (this.sent = this.typed());
    this.say("Saving…");
    try {
      await this.answered(await this.send(), sent);
    } catch {
      this.failed("No connection");
    } finally {
      this.saving = false;
    }
    if (this.waiting) return this.submitAs(this.waiting);
    if (this.failures === 0 && this.isDirty() && this.typed() !== sent) this.saveIn(SAVE_AFTER);
  }

  // `keepalive` lets a small save end after the page is gone.
  send() {
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      body: this.withoutFiles(),
      redirect: "manual",
      keepalive: this.typed().length < LARGEST_KEPT_ALIVE,
      headers: { Accept: "application/json" },
    });
  }

  submitAs(button) {
    this.waiting = null;
    this.form.requestSubmit(button);
  }

  withoutFiles() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    return data;
  }

  async answered(response, sent) {
    if (isSignedOut(response) || response.status === 404) {
      const token = await newToken("data-writer");
      if (token) this.form.elements.csrfmiddlewaretoken.value = token;
      return this.failed("You are signed out, or may no longer write here. Sign in in another window");
    }
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
      return this.failed("Placework does not answer");
    }
    const { state, sentence, number, address } = await response.json();
    this.failures = 0;
    if (state === "saved" || state === "wanting") {
      this.basedOn.value = number;
      this.saved = sent;
    }
    if (state === "conflict") this.saved = sent; // kept as a draft: leaving loses nothing
    this.say(sentence, address);
    if (state === "saved" && this.then && !this.isDirty()) {
      this.leaving = true;
      location.assign(this.then);
    } else if (state !== "saved") this.then = ""; // there is something to read first
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
    if (!this.leaving && (this.isDirty() || this.saving)) event.preventDefault();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
