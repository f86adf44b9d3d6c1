import type { SettingFact } from "../../src/model/fact.ts";
import { located, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { joinLines, nodesOf, spanOfToken, tokensOf } from "../shared/span.ts";
import { settingOf } from "./names.ts";
import { grammar } from "./parser.ts";

function readPassage(passage: Passage): readonly SettingFact[] {
  const block = joinLines(passage.span.source, [passage.span]);
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(block.text).tokens;
  return nodesOf(parser.lines(), "setting").flatMap((node): readonly SettingFact[] => {
    const [cut] = tokensOf(node, "CutName");
    const [name] = [...tokensOf(node, "SettingName"), ...tokensOf(node, "CutName")];
    const [value] = cut === undefined ? tokensOf(node, "Value") : [cut];
    const span = name === undefined ? null : spanOfToken(block, name);
    const valueSpan = value === undefined ? null : spanOfToken(block, value);
    if (span === null || valueSpan === null) return [];
    return [{
      kind: "setting", format: "openssl-config", setting: settingOf(textOf(span)), span: { ...span, end: valueSpan.end },
      // The name alone says that the setting is made; its value is not there.
      value: located(cut === undefined ? textOf(valueSpan) : "", valueSpan),
    }];
  });
}

/** Reads claimed settings, each with the characters that print its value; an empty value was cut off. */
export function read(passages: readonly Passage[]): Reading {
  return { facts: passages.flatMap(readPassage), notUnderstood: [] };
}
