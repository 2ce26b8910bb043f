// Asks for the address of a link, beneath the toolbar. Not a form: the editor stands within one already.

import { safeAddress, schema } from "./markdown.js";

const { link } = schema.marks;
const HELP = "Enter a web address that starts with https://, or mailto: and an e-mail address";

// The whole link around the cursor, or the selection.
function span({ selection, doc }) {
  const { $from, from, to, empty } = selection;
  if (!empty) return { from, to, href: link.isInSet(doc.nodeAt(from)?.marks ?? [])?.attrs.href };
  const beside = [$from.nodeBefore, $from.nodeAfter].map((node) => link.isInSet(node?.marks ?? []));
  const mark = beside[0] || beside[1];
  if (!mark) return { from, to };
  let start = from;
  let end = to;
  $from.parent.forEach((child, offset) => {
    const begin = $from.start() + offset;
    if (mark.isInSet(child.marks) && begin <= from && begin + child.nodeSize >= from) {
      start = begin;
      end = begin + child.nodeSize;
    }
  });
  return { from: start, to: end, href: mark.attrs.href };
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function makeLinkForm(getView, id) {
  const input = element("input", {
    class: "govuk-input",
    id,
    type: "url",
    "aria-describedby": `${id}-error`,
  });
  const error = element("p", { class: "govuk-error-message", id: `${id}-error`, role: "alert" });
  const button = (label, run) => {
    const made = element("button", { class: "govuk-button govuk-button--secondary", type: "button" }, label);
    made.addEventListener("click", run);
    return made;
  };
  const remove = button("Remove link", () => apply(""));
  const group = element(
    "div",
    { class: "placework-editor__link", role: "group", "aria-label": "Link" },
    element("label", { class: "govuk-label", for: id }, "Address of the link"),
    error,
    input,
    element(
      "div",
      { class: "govuk-button-group" },
      button("Use this address", submit),
      remove,
      button("Cancel", close),
    ),
  );
  group.hidden = true;
  let target = null;

  function close() {
    group.hidden = true;
    getView().focus();
  }
  function apply(href) {
    const view = getView();
    const { from, to } = target;
    const change = view.state.tr.removeMark(from, to, link);
    if (href && from === to) change.insert(from, schema.text(href, [link.create({ href })]));
    else if (href) change.addMark(from, to, link.create({ href }));
    view.dispatch(change.removeStoredMark(link));
    close();
  }
  function submit() {
    const href = safeAddress(input.value);
    error.textContent = href ? "" : HELP;
    if (href) return apply(href);
    input.setAttribute("aria-invalid", "true");
    return input.focus();
  }
  group.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === input) submit();
    else return;
    event.preventDefault();
  });
  return {
    element: group,
    open() {
      target = span(getView().state);
      error.textContent = "";
      input.removeAttribute("aria-invalid");
      input.value = target.href || "https://";
      remove.hidden = !target.href;
      group.hidden = false;
      input.focus();
      return true;
    },
  };
}
