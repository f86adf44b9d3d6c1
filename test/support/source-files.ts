import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "@swc/core";

/** The folder of package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every file below a folder of the project, paths with `/` relative to the root, sorted. */
export function filesBelow(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true }).map((name) => posix.join(folder, String(name).replaceAll("\\", "/")));
  return names.filter((name) => statSync(join(root, name)).isFile()).sort();
}

export function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

export interface Import {
  /** `chevrotain`, `node:fs`, or the imported file relative to the root. */
  readonly target: string;
  /** Nothing but types come from it. */
  readonly typesOnly: boolean;
}

export interface SourceFile {
  readonly file: string;
  readonly imports: readonly Import[];
  /** Regular expressions, written as literals or made with `RegExp`. */
  readonly patterns: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

/** What a TypeScript file imports (statically, dynamically, by re-export) and which regular expressions it holds. */
export function sourceFile(file: string): SourceFile {
  const imports: Import[] = [];
  const patterns: string[] = [];
  const note = (source: unknown, typesOnly: boolean): void => {
    const value = (source as Node | null | undefined)?.["value"];
    if (typeof value === "string") imports.push({ target: value.startsWith(".") ? posix.join(posix.dirname(file), value) : value, typesOnly });
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== "object" || value === null) return;
    const node = value as Node;
    switch (node["type"]) {
      case "ImportDeclaration": {
        const names = node["specifiers"] as readonly Node[];
        note(node["source"], node["typeOnly"] === true || (names.length > 0 && names.every((name) => name["isTypeOnly"] === true)));
        break;
      }
      case "ExportNamedDeclaration": note(node["source"], node["typeOnly"] === true); break;
      case "ExportAllDeclaration": note(node["source"], false); break;
      case "CallExpression":
        if ((node["callee"] as Node)["type"] === "Import") note(((node["arguments"] as readonly Node[])[0] as Node)["expression"], false);
        break;
      case "TsImportType": note(node["argument"], true); break;
      case "RegExpLiteral": patterns.push(`/${String(node["pattern"])}/`); break;
      case "Identifier": if (node["value"] === "RegExp") patterns.push("RegExp"); break;
      default: break;
    }
    Object.values(node).forEach(visit);
  };
  visit(parseSync(read(file), { syntax: "typescript", target: "es2022" }));
  return { file, imports, patterns };
}
