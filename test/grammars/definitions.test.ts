import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Lexer, type CstParser, type TokenType } from "chevrotain";
// @ts-expect-error -- a script without types
import { cstTypes, diagramPage, grammarFolders } from "../../scripts/grammars.mjs";

interface Definition {
  readonly name: string;
  readonly tokens: readonly TokenType[];
  readonly parser: CstParser;
}

interface Production {
  readonly terminalType?: TokenType;
  readonly definition?: readonly Production[];
}

/** Tokens that a production mentions, at any depth. */
function mentioned(production: Production): readonly TokenType[] {
  return [...(production.terminalType ? [production.terminalType] : []), ...(production.definition ?? []).flatMap(mentioned)];
}

/** The token and all categories above it. */
function withCategories(token: TokenType): readonly TokenType[] {
  return [token, ...(token.CATEGORIES ?? []).flatMap(withCategories)];
}

const folders: readonly string[] = grammarFolders();

test("there are grammars", () => {
  expect(folders).toContain("grammars/strace");
  expect(folders).toContain("grammars/shared/names");
});

describe.each(folders)("%s", (folder) => {
  const load = async (): Promise<Definition> => {
    const module = (await import(`../../${folder}/parser.ts`)) as { readonly grammarDefinition: () => Definition };
    return module.grammarDefinition();
  };

  test("its parser analyses itself without an error", async () => {
    const { parser } = await load();
    expect(Object.keys(parser.getGAstProductions()).length).toBeGreaterThan(0);
    expect((parser as unknown as { readonly definitionErrors: readonly unknown[] }).definitionErrors).toEqual([]);
  });

  test("no token is unused and no name is given twice", async () => {
    const { tokens, parser } = await load();
    const used = new Set(Object.values(parser.getGAstProductions()).flatMap((rule) => mentioned(rule as Production)));
    // An abstract token is a category for readers and test code as well; only printed ones must appear in a rule.
    const unused = tokens.filter((token) => token.PATTERN !== Lexer.NA && token.GROUP !== Lexer.SKIPPED && !withCategories(token).some((type) => used.has(type)));
    expect(unused.map((token) => token.name)).toEqual([]);
    expect(new Set(tokens.map((token) => token.name)).size).toBe(tokens.length);
  });

  test("cst.d.ts is current (else: node scripts/grammars.mjs)", async () => {
    expect(readFileSync(`${folder}/cst.d.ts`, "utf8")).toBe(cstTypes(await load()));
  });

  test("diagram.html is current and needs nothing from elsewhere", async () => {
    const page = readFileSync(`${folder}/diagram.html`, "utf8");
    expect(page).toBe(diagramPage(await load()));
    expect(page).not.toMatch(/<script|<link|https?:\/\//);
  });
});
