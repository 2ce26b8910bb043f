// Turns every <textarea data-rich-text> into an editor that shows what its Markdown means.
//
// The textarea stays the form's field: each change is written back as Markdown and told by an `input`
// event. Without this script it is an ordinary field in which Markdown can be typed.
//
// Events on the textarea from the page's other scripts:
//   placework:insert   detail: Markdown that goes below the paragraph with the cursor, as "[Q7]"
//   placework:replace  detail: Markdown that takes the place of the whole text

import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, Plugin, Selection, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { makeLinkForm } from "./rich_text/link_form.js";
import { QUOTE_REFERENCE, parse, schema, serialize } from "./rich_text/markdown.js";
import { BUTTONS, makeToolbar } from "./rich_text/toolbar.js";

const { nodes } = schema;

const typingRules = inputRules({
  rules: [
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, ([, number]) => ({ order: Number(number) })),
    textblockTypeInputRule(/^(#{3,4})\s$/, nodes.heading, ([, signs]) => ({ level: signs.length })),
  ],
});

// A paragraph that places a quote looks unlike text.
const quoteReferences = new Plugin({
  props: {
    decorations({ doc }) {
      const found = [];
      doc.descendants((node, position) => {
        if (node.type !== nodes.paragraph || !QUOTE_REFERENCE.test(node.textContent)) return;
        const looks = { class: "placework-editor__quote-reference" };
        found.push(Decoration.node(position, position + node.nodeSize, looks));
      });
      return DecorationSet.create(doc, found);
    },
  },
});

function insertBreak(state, dispatch) {
  if (state.selection.$from.parent.type !== nodes.paragraph) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

// From the first letter to the last, and not the document as such, from which no list can be lifted.
function selectAllText({ doc, tr }, dispatch) {
  if (dispatch) dispatch(tr.setSelection(TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size))));
  return true;
}

// Tab is left alone: it leads out of the editor, as everywhere on the page.
function keys(openLink, focusToolbar) {
  const bound = {
    Enter: splitListItem(nodes.list_item),
    "Shift-Enter": chainCommands(exitCode, insertBreak),
    "Mod-]": sinkListItem(nodes.list_item),
    "Mod-[": liftListItem(nodes.list_item),
    "Mod-a": selectAllText,
    "Alt-F10": () => focusToolbar() ?? true,
  };
  for (const { keys: combination, run } of BUTTONS) bound[combination] = run ?? openLink;
  return keymap(bound);
}

// The editor takes the textarea's id, so that its label and the error summary lead to it.
function editorAttributes(textarea, id, label) {
  const attributes = {
    id,
    role: "textbox",
    "aria-multiline": "true",
    class: "placework-editor__text",
    tabindex: "0",
  };
  if (label) attributes["aria-labelledby"] = label.id;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  return attributes;
}

// Word and web pages bring styles and handlers along. The schema drops them, and this spares the content
// security policy from having to refuse them first.
function withoutInline(html) {
  return html
    .replaceAll(/<style\b[^]*?<\/style>/gi, "")
    .replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/\s(style|on\w+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ""));
}

function listen(textarea, view) {
  textarea.addEventListener("placework:insert", ({ detail }) => {
    const below = view.state.selection.$to.after(1);
    const change = view.state.tr.insert(below, parse(detail).content);
    const end = change.doc.resolve(change.mapping.map(below));
    view.dispatch(change.setSelection(Selection.near(end, -1)).scrollIntoView());
    view.focus();
  });
  textarea.addEventListener("placework:replace", ({ detail }) => {
    view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, parse(detail).content));
  });
}

function edit(textarea) {
  const id = textarea.id || `editor-${textarea.name}`;
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
  if (label) label.id ||= `${id}-label`;
  const attributes = editorAttributes(textarea, id, label);
  textarea.id = `${id}-markdown`;
  textarea.hidden = true;

  let view = null;
  const getView = () => view;
  const linkForm = makeLinkForm(getView, `${id}-link`);
  const toolbar = makeToolbar(getView, id, linkForm.open);
  const frame = document.createElement("div");
  frame.className = "placework-editor";
  frame.append(toolbar.element, linkForm.element);
  textarea.after(frame);

  const isLocked = textarea.disabled || textarea.readOnly;
  toolbar.element.hidden = isLocked;
  if (isLocked) attributes["aria-readonly"] = "true";

  view = new EditorView(frame, {
    attributes,
    editable: () => !isLocked,
    transformPastedHTML: withoutInline,
    state: EditorState.create({
      doc: parse(textarea.value),
      plugins: [
        keys(linkForm.open, toolbar.focus),
        keymap(baseKeymap),
        typingRules,
        history(),
        quoteReferences,
      ],
    }),
    dispatchTransaction(change) {
      view.updateState(view.state.apply(change));
      toolbar.update(view.state);
      if (!change.docChanged) return;
      textarea.value = serialize(view.state.doc);
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  toolbar.update(view.state);
  label?.addEventListener("click", () => view.focus());
  listen(textarea, view);
}

document.querySelectorAll("textarea[data-rich-text]").forEach(edit);
