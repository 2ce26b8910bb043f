// Markdown in, Markdown out: what the editor can hold is exactly what the server's pages can show.

import MarkdownIt from "markdown-it";
import {
  MarkdownParser,
  MarkdownSerializer,
  defaultMarkdownParser,
  defaultMarkdownSerializer,
  schema as full,
} from "prosemirror-markdown";
import { Schema } from "prosemirror-model";

const SCHEMES = ["http:", "https:", "mailto:"];

// A paragraph that is nothing but this places a quote; it must reach the server as it stands.
export const QUOTE_REFERENCE = /^\[Q\d+\]$/;

// The address as a link may hold it, or "" if it is not one to the web or to somebody's mail.
export function safeAddress(text) {
  try {
    const address = new URL(text.trim());
    return SCHEMES.includes(address.protocol) ? address.href : "";
  } catch {
    return "";
  }
}

const heading = { ...full.spec.nodes.get("heading"), content: "text*" };
const link = {
  ...full.spec.marks.get("link"),
  parseDOM: [
    {
      tag: "a[href]",
      getAttrs: (element) => {
        const href = safeAddress(element.getAttribute("href"));
        return href ? { href, title: element.getAttribute("title") } : false;
      },
    },
  ],
};
export const schema = new Schema({
  nodes: full.spec.nodes.remove("image").update("heading", heading),
  marks: full.spec.marks.update("link", link),
});
const nodeTypes = schema.nodes;

// References ([name]: address) are off: a line that begins like one would vanish.
const tokens = new MarkdownIt("commonmark", { html: false }).disable(["image", "reference"]);
tokens.validateLink = (address) => safeAddress(address) !== "";

const { image, ...known } = defaultMarkdownParser.tokens;
const parser = new MarkdownParser(schema, tokens, known);

function isAfterBreak(parent, index) {
  return index > 0 && parent.child(index - 1).type === nodeTypes.hard_break;
}

const isList = (node) => node.type === nodeTypes.bullet_list || node.type === nodeTypes.ordered_list;

// One paragraph, perhaps with a list under it.
function isShort({ firstChild, lastChild, childCount }) {
  const ends = childCount === 1 || (childCount === 2 && isList(lastChild));
  return firstChild.type === nodeTypes.paragraph && ends;
}

// Items stand without an empty line between them, unless one holds paragraphs that would run together.
const isTight = (list) => list.children.every(isShort);

const listWriter = (name) => (state, node, parent, index) => {
  const list = node.type.create({ ...node.attrs, tight: isTight(node) }, node.content);
  defaultMarkdownSerializer.nodes[name](state, list, parent, index);
};

const serializer = new MarkdownSerializer(
  {
    ...defaultMarkdownSerializer.nodes,
    bullet_list: listWriter("bullet_list"),
    ordered_list: listWriter("ordered_list"),
    paragraph(state, node) {
      if (QUOTE_REFERENCE.test(node.textContent)) state.write(node.textContent);
      else state.renderInline(node);
      state.closeBlock(node);
    },
    text(state, node, parent, index) {
      // A line within a paragraph must not begin like a heading or a list either.
      if (isAfterBreak(parent, index)) state.atBlockStart = true;
      const text = state.atBlockStart ? node.text.trimStart() : node.text;
      state.text(text);
    },
  },
  {
    ...defaultMarkdownSerializer.marks,
    // Never as <address>, whose text Markdown rewrites.
    link: { ...defaultMarkdownSerializer.marks.link, open: "[" },
  },
  // Besides what the package escapes: entities, addresses in angle brackets, "1)", and "===" under a line.
  { escapeExtraCharacters: /&(?=#?\w+;)|<(?=[a-z])|(?<=^\s*\d{1,9})\)(?=\s|$)|^=(?==*\s*$)/gi },
);

export const parse = (markdown) => parser.parse(markdown);
export const serialize = (doc) => serializer.serialize(doc);
