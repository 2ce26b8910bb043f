// The row of buttons above the editor: one tab stop, arrow keys within, Alt+F10 from the text.

import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { closeHistory, redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { schema } from "./markdown.js";

const { nodes, marks } = schema;

function hasMark({ selection: { from, $from, to, empty }, doc, storedMarks }, type) {
  return empty ? Boolean(type.isInSet(storedMarks || $from.marks())) : doc.rangeHasMark(from, to, type);
}

function isHeading({ selection: { $from } }, level) {
  return $from.parent.type === nodes.heading && $from.parent.attrs.level === level;
}

// The innermost list around the selection, or null.
function listAround({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { type } = $from.node(depth);
    if (type === nodes.bullet_list || type === nodes.ordered_list) {
      return { type, position: $from.before(depth) };
    }
  }
  return null;
}

function isInQuote({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type === nodes.blockquote) return true;
  }
  return false;
}

const toggleHeading = (level) => (state, dispatch) => {
  const turn = isHeading(state, level) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level });
  return turn(state, dispatch);
};

const toggleList = (type) => (state, dispatch) => {
  const around = listAround(state);
  if (!around) return wrapInList(type)(state, dispatch);
  if (around.type === type) return liftListItem(nodes.list_item)(state, dispatch);
  if (dispatch) dispatch(state.tr.setNodeMarkup(around.position, type));
  return true;
};

const toggleQuote = (state, dispatch) =>
  (isInQuote(state) ? lift : wrapIn(nodes.blockquote))(state, dispatch);

const button = (label, keys, run, is) => ({ label, keys, run, is });
const mark = (label, keys, type) => button(label, keys, toggleMark(type), (state) => hasMark(state, type));
const heading = (label, keys, level) =>
  button(label, keys, toggleHeading(level), (state) => isHeading(state, level));
const list = (label, keys, type) =>
  button(label, keys, toggleList(type), (state) => listAround(state)?.type === type);

// `is` says whether a button is pressed; one without it only does something. The link's `run` is the
// form that asks for its address, which the editor brings.
export const BUTTONS = [
  mark("Bold", "Mod-b", marks.strong),
  mark("Italic", "Mod-i", marks.em),
  heading("Heading", "Mod-Alt-3", 3),
  heading("Subheading", "Mod-Alt-4", 4),
  list("Bullets", "Mod-Shift-8", nodes.bullet_list),
  list("Numbers", "Mod-Shift-7", nodes.ordered_list),
  button("Quote", "Mod-Shift-9", toggleQuote, isInQuote),
  button("Link", "Mod-k", null, (state) => hasMark(state, marks.link)),
  button("Undo", "Mod-z", undo),
  button("Redo", "Mod-Shift-z", redo),
];

// ProseMirror's name of a key combination, for people and for aria-keyshortcuts.
function spoken(keys) {
  const control = /Mac|iP/.test(navigator.platform) ? "Meta" : "Control";
  return keys.replace("Mod", control).replaceAll("-", "+");
}

function makeButton({ label, keys, is }, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "placework-editor__button";
  button.textContent = label;
  button.title = `${label} (${spoken(keys)})`;
  button.setAttribute("aria-keyshortcuts", spoken(keys));
  if (is) button.setAttribute("aria-pressed", "false");
  // The selection in the text must outlive the click.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", run);
  return button;
}

function moveWithin(buttons, event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const end = { Home: 0, End: buttons.length - 1 }[event.key];
  if (step === undefined && end === undefined) return;
  const next = end ?? (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
  buttons.forEach((button, index) => (button.tabIndex = index === next ? 0 : -1));
  buttons[next].focus();
  event.preventDefault();
}

// `getView` because the toolbar stands in the page before the view is made.
export function makeToolbar(getView, editorId, askForLink) {
  const bar = document.createElement("div");
  bar.className = "placework-editor__toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  bar.setAttribute("aria-controls", editorId);
  const run = (spec) => () => {
    if (!spec.run) return askForLink();
    const view = getView();
    // Each press is undone by itself.
    spec.run(view.state, (change) => view.dispatch(closeHistory(change)), view);
    return view.focus();
  };
  const buttons = BUTTONS.map((spec) => makeButton(spec, run(spec)));
  buttons.forEach((button, index) => (button.tabIndex = index === 0 ? 0 : -1));
  bar.append(...buttons);
  bar.addEventListener("keydown", (event) => moveWithin(buttons, event));
  return {
    element: bar,
    focus: () => buttons.find((button) => button.tabIndex === 0).focus(),
    update(state) {
      BUTTONS.forEach(({ is }, index) => {
        if (is) buttons[index].setAttribute("aria-pressed", String(is(state)));
      });
    },
  };
}
