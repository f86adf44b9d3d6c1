import { createToken, Lexer, type TokenType } from "chevrotain";

/** `<ErrorStatus`, `<Data` */
export const TagOpen = createToken({ name: "TagOpen", pattern: /<[A-Za-z_][A-Za-z0-9_.:-]{0,80}/, line_breaks: false, push_mode: "tag" });
/** `</ErrorStatus>` */
export const TagClose = createToken({ name: "TagClose", pattern: /<\/[A-Za-z_][A-Za-z0-9_.:-]{0,80}[ \t\r\n]{0,8}>/, line_breaks: true });
/** What stands between tags. */
export const Text = createToken({ name: "Text", pattern: /[\u0000-;=-\uFFFF]+/, line_breaks: true });
/** A `<` that begins no tag. */
export const Less = createToken({ name: "Less", pattern: /</, line_breaks: false });
/** `value` */
export const AttributeName = createToken({ name: "AttributeName", pattern: /[A-Za-z_][A-Za-z0-9_.:-]{0,80}/, line_breaks: false });
/** `=` */
export const Equals = createToken({ name: "Equals", pattern: /=/, line_breaks: false });
/** `"20"`, `'20'`, and what a mail made of the quotation marks */
export const Quoted = createToken({ name: "Quoted", pattern: /"[^"<]{0,2000}"|'[^'<]{0,2000}'|\u201C[^\u201D<]{0,2000}\u201D|\u201D[^\u201D<]{0,2000}\u201D/, line_breaks: true });
/** `/>` */
export const TagEndEmpty = createToken({ name: "TagEndEmpty", pattern: /\/>/, line_breaks: false, pop_mode: true });
/** `>` */
export const TagEnd = createToken({ name: "TagEnd", pattern: />/, line_breaks: false, pop_mode: true });
/** Blanks and line ends between attributes. */
export const Blank = createToken({ name: "Blank", pattern: /[ \t\r\n\u00A0]+/, line_breaks: true, group: Lexer.SKIPPED });
/** A tag that was cut: another one begins inside it. */
export const TagCut = createToken({ name: "TagCut", pattern: /<[A-Za-z_\/]/, line_breaks: false, pop_mode: true });
/** Any other character inside a tag. */
export const Stray = createToken({ name: "Stray", pattern: /[\u0000-\uFFFF]/, line_breaks: true });

const modes = { content: [TagClose, TagOpen, Text, Less], tag: [Blank, TagEndEmpty, TagEnd, AttributeName, Equals, Quoted, TagCut, Stray] };

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...modes.content, ...modes.tag];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "content" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
