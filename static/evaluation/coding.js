// Coding a passage of a text: it is selected with the mouse or the keyboard, a dimension is chosen by
// its number or its button, and it is saved at once. The server counts in code points, the browser in
// UTF-16 units; what is selected is sent along, and the server saves only what agrees with its text.

import { isSignedOut, newToken } from "../documents/same_person.js";

const NOT_SAVED = "This was not saved: the server did not answer. Try again.";
const NOT_UNDERSTOOD = "This was not saved, and it is our fault. Try again, or load the page again.";
const SIGNED_OUT =
  "This was not saved: you are signed out, or may no longer code here. What you selected stays selected;" +
  " choose the dimension again once you have signed in.";
const SHOWN = 80;

/** How many code points these are. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What of the selection lies in `text`, as a range, or null. */
export function selectedRange(text, selection = document.getSelection()) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(text)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(text);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) {
    range.setStart(whole.startContainer, whole.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
    range.setEnd(whole.endContainer, whole.endOffset);
  }
  return range.collapsed ? null : range;
}

/** A range within `text` as a span of code points with its words; no character is cut in half. */
export function spanOf(text, range) {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const whole = text.textContent;
  let first = before.toString().length;
  let last = first + range.toString().length;
  if (isInside(whole, first)) first -= 1;
  if (isInside(whole, last)) last += 1;
  const quote = whole.slice(first, last);
  const start = codePoints(whole.slice(0, first));
  return { start, end: start + codePoints(quote), quote };
}

/** Whether this place lies between the two halves of one character. */
function isInside(text, place) {
  return /[\uD800-\uDBFF]/.test(text[place - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[place] ?? "");
}

/** The place in the page that lies `count` code points into `text`. */
export function placeAt(text, count) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = count;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = codePoints(node.data);
    if (left <= length) return [node, [...node.data].slice(0, left).join("").length];
    left -= length;
  }
  return [text, text.childNodes.length];
}

class Coding {
  constructor(section) {
    this.section = section;
    this.text = section.querySelector("#text");
    this.said = section.querySelector("#coded");
    this.selected = section.querySelector("#selected");
    this.codes = section.querySelector(".placework-coding__codes");
    this.token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    this.span = null;
    this.queue = Promise.resolve();
    this.show();
    this.listen();
  }

  /** With a caret the text can be selected from the keyboard; nothing can be typed into it. */
  show() {
    for (const hidden of this.section.querySelectorAll("[hidden]")) hidden.hidden = false;
    const attributes = {
      contenteditable: "true",
      role: "textbox",
      "aria-readonly": "true",
      "aria-multiline": "true",
      "aria-labelledby": "text-heading",
      "aria-describedby": "how-to-code",
      inputmode: "none",
      spellcheck: "false",
      autocorrect: "off",
      autocapitalize: "off",
      translate: "no",
      "data-gramm": "false",
    };
    for (const [name, value] of Object.entries(attributes)) this.text.setAttribute(name, value);
    this.stored = this.text.innerHTML;
  }

  listen() {
    for (const kind of ["beforeinput", "drop", "dragstart"]) {
      this.text.addEventListener(kind, (event) => event.preventDefault());
    }
    // What an input method writes cannot be prevented, only taken back.
    this.text.addEventListener("input", () => this.draw(this.stored));
    document.addEventListener("selectionchange", () => this.look());
    this.text.addEventListener("keydown", (event) => this.press(event));
    this.codes.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-dimension]");
      if (button) this.choose(button);
    });
    // A press among the dimensions must not take the selection away before it is read.
    this.codes.addEventListener("mousedown", (event) => event.preventDefault());
    // Nor must one on what is offered when something was said.
    this.said.addEventListener("mousedown", (event) => {
      if (event.target.closest("a, button")) event.preventDefault();
    });
  }

  /** Notes what is selected. The browser tells of changes late, so this is asked again when it counts. */
  look() {
    const range = selectedRange(this.text);
    if (range) this.span = spanOf(this.text, range);
    else if (![this.codes, this.said].some((part) => part.contains(document.activeElement))) this.span = null;
    this.section.classList.toggle("placework-coding--selected", this.span !== null);
    this.selected.textContent = this.span
      ? `Selected: “${shortened(this.span.quote)}”`
      : "Nothing is selected.";
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    const button = this.codes.querySelector(`[data-key="${event.key}"]`);
    if (button) this.choose(button);
  }

  /** Codes what is selected now. One after the other, however fast they are chosen. */
  choose(button) {
    this.look();
    const span = this.span;
    if (span) this.enqueue(() => this.code(span, Number(button.dataset.dimension)));
    else this.say("Select a passage first.");
  }

  enqueue(action) {
    this.queue = this.queue.then(action);
  }

  async code({ start, end, quote }, dimension) {
    const version = Number(this.section.dataset.version);
    const answer = await this.ask(this.section.dataset.coding, { version, dimension, start, end, quote });
    if (!answer) return;
    this.redraw(answer);
    const isSame = answer.quote === quote;
    const doubt = isSame ? "" : ` But what was saved is not what you selected: “${answer.quote}”.`;
    this.say(answer.sentence + doubt, answer.undo);
  }

  async undo(address) {
    const answer = await this.ask(address, {}, address);
    if (!answer) return;
    this.redraw(answer);
    this.say(answer.sentence);
  }

  /** The server's answer, or nothing once it was said why there is none; an undo can then be tried again. */
  async ask(address, body, undo = "") {
    try {
      const response = await this.sendAsSelf(address, body);
      if (isSignedOut(response)) return this.say(SIGNED_OUT, undo, this.section.dataset.signIn);
      const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json");
      const answer = isAnswer ? await response.json() : { refused: NOT_UNDERSTOOD };
      if (!answer.refused) return answer;
      this.say(answer.refused);
    } catch {
      this.say(NOT_SAVED, undo);
    }
    return null;
  }

  /** Sent once more, if the same person has signed in again in another tab. */
  async sendAsSelf(address, body) {
    const response = await this.send(address, body);
    if (!isSignedOut(response)) return response;
    const token = await newToken("data-coder");
    if (!token) return response;
    this.token = token;
    return this.send(address, body);
  }

  send(address, body) {
    return fetch(address, {
      method: "POST",
      redirect: "manual",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.token,
      },
      body: JSON.stringify(body),
    });
  }

  redraw(answer) {
    this.stored = answer.text;
    this.draw(answer.text);
    document.querySelector("#excerpts").outerHTML = answer.excerpts;
  }

  /** The same text with other marks: what was selected in it stays selected. */
  draw(html) {
    const selection = document.getSelection();
    const ends = [
      [selection.anchorNode, selection.anchorOffset],
      [selection.focusNode, selection.focusOffset],
    ];
    const isInText = ends.every(([node]) => node && this.text.contains(node));
    const counts = isInText ? ends.map((end) => this.countTo(...end)) : [];
    this.text.innerHTML = html;
    if (!isInText) return;
    const [anchor, focus] = counts.map((count) => placeAt(this.text, count));
    selection.setBaseAndExtent(...anchor, ...focus);
  }

  /** How many code points of the text lie before this place. */
  countTo(node, offset) {
    const range = document.createRange();
    range.selectNodeContents(this.text);
    range.setEnd(node, offset);
    return codePoints(range.toString());
  }

  say(sentence, undo = "", signIn = "") {
    const said = document.createElement("p");
    said.className = "govuk-body";
    said.textContent = `${sentence} `;
    if (signIn) {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = signIn;
      link.target = "_blank";
      link.textContent = "Sign in (opens in a new tab)";
      said.append(link, " ");
    }
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "placework-link-button";
      button.textContent = "Undo";
      button.addEventListener("click", () => this.enqueue(() => this.undo(undo)));
      said.append(button);
    }
    this.said.replaceChildren(said);
  }
}

function shortened(quote) {
  const characters = [...quote];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : quote;
}

for (const section of document.querySelectorAll("[data-coding]")) new Coding(section);
