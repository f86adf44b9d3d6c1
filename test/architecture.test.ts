import { describe, expect, test } from "@jest/globals";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, read, root, sourceFile } from "./support/source-files.ts";

interface Layer {
  /** Files of the layer: a folder or one file. The longest match decides. */
  readonly at: string;
  /** Layers and packages it may import; its own files always. `node:` stands for all of Node. */
  readonly may: readonly string[];
  /** Of these it may import types only. */
  readonly typesOf?: readonly string[];
  readonly because: string;
}

const core = ["src/text", "src/model"];
const stages = [...core, "grammars", "src/correlate", "src/causes", "src/report", "src/redact"];
const formatFolders = readdirSync(join(root, "grammars"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "shared").map((entry) => `grammars/${entry.name}`);

/** Who may import whom. Imports point one way only, from what a thing means back to the bytes it was read from. */
const layers: readonly Layer[] = [
  { at: "src/text", may: [], because: "positions in text rest on nothing" },
  { at: "src/text/zip-archive.ts", may: ["src/text", "@zip.js/zip.js"], because: "only the reader of zip archives needs a package for it" },
  { at: "src/model", may: ["src/text"], because: "the model says what can be known, not how it is printed or judged" },
  { at: "grammars/format.ts", may: core, because: "the interface of a format knows no format" },
  { at: "grammars/shared", may: [...core, "chevrotain"], because: "what formats share knows no format" },
  { at: "grammars/shared/der.ts", may: [...core, "grammars/shared", "asn1js"], because: "only the reader of DER needs a package for it" },
  ...formatFolders.map((folder): Layer => ({
    at: folder, may: [...core, "grammars/shared", "grammars/format.ts", "chevrotain"],
    because: "a format knows how its tool prints; it knows no other format and no cause",
  })),
  { at: "grammars/claim-passages.ts", may: [...core, "grammars/format.ts"], because: "who claims what is settled without knowing a format" },
  { at: "grammars/index.ts", may: [...core, "grammars"], because: "the list of formats" },
  { at: "src/correlate", may: core, because: "facts are joined without knowing who printed them" },
  { at: "src/causes", may: [...core, "src/correlate"], because: "causes look at the situation, never at how a tool prints" },
  { at: "src/report", may: [...core, "src/correlate", "src/causes", "src/redact/secrets.ts"], because: "the report is plain data about verdicts, without secrets" },
  { at: "src/render", may: [], typesOf: ["src/report"], because: "renderers decide nothing" },
  { at: "src/redact", may: [...core, "grammars/shared", "src/correlate"], because: "redaction replaces what was read" },
  { at: "src/version.ts", may: [], because: "it is one constant" },
  {
    at: "src/read-inputs.ts", may: [...core, "grammars/claim-passages.ts", "grammars/format.ts", "src/redact/facts-without-secrets.ts"], typesOf: ["src/report"],
    because: "the formats are handed to it",
  },
  { at: "src/redact-inputs.ts", may: [...core, "grammars", "src/redact", "src/read-inputs.ts"], because: "it joins reading and redaction, and runs in a browser" },
  { at: "src/analyze.ts", may: [...stages, "src/read-inputs.ts", "src/version.ts"], because: "it joins the stages, and runs in a browser" },
  { at: "src/index.ts", may: [...stages, "src/render", "src/analyze.ts", "src/redact-inputs.ts", "src/read-inputs.ts", "src/version.ts"], because: "the library has no command line" },
  { at: "src/cli", may: [...core, "grammars", "src", "yargs", "cli-progress", "node:"], because: "the command line is the only layer that touches files, clock and terminal" },
];

const isWithin = (target: string, layer: string): boolean =>
  target === layer || target.startsWith(layer.endsWith(":") ? layer : `${layer}/`);

function layerOf(file: string): Layer | undefined {
  return layers.filter((layer) => isWithin(file, layer.at)).sort((a, b) => b.at.length - a.at.length)[0];
}

const sources = [...filesBelow("grammars"), ...filesBelow("src")].filter((file) => file.endsWith(".ts")).map(sourceFile);

describe("imports", () => {
  test("every source file belongs to a layer", () => {
    expect(sources.map(({ file }) => file).filter((file) => layerOf(file) === undefined)).toEqual([]);
  });

  test("point only to the layers before", () => {
    const wrong = sources.flatMap(({ file, imports }) => {
      const layer = layerOf(file);
      if (layer === undefined) return [];
      return imports.filter(({ target, typesOnly }) => {
        if (isWithin(target, layer.at) || layer.may.some((allowed) => isWithin(target, allowed))) return false;
        return !(typesOnly && (layer.typesOf ?? []).some((allowed) => isWithin(target, allowed)));
      }).map(({ target }) => `${file} imports ${target}, but ${layer.because}`);
    });
    expect(wrong).toEqual([]);
  });

  test("name files with their extension", () => {
    const wrong = sources.flatMap(({ file, imports }) => imports.filter(({ target }) => target.includes("/") && !target.startsWith("node:") && !target.endsWith(".ts"))
      .map(({ target }) => `${file} imports ${target}`));
    expect(wrong.filter((line) => !/yargs\/|@zip\.js\//.test(line))).toEqual([]);
  });

  test("packages are in package.json", () => {
    const manifest = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    const packages = new Set(sources.flatMap(({ imports }) => imports.map(({ target }) => target)).filter((target) => !target.endsWith(".ts") && !target.startsWith("node:")));
    for (const name of packages) expect(Object.keys(manifest.dependencies)).toContain(name.split("/").slice(0, name.startsWith("@") ? 2 : 1).join("/"));
  });
});

describe("the core runs in a browser", () => {
  test("nothing outside the command line uses what only Node has", () => {
    const wrong = sources.filter(({ file }) => !file.startsWith("src/cli/"))
      .filter(({ file }) => /\bprocess\.(?:env|argv|std(?:in|out|err)|exit|cwd|platform|versions?|hrtime|memoryUsage|nextTick)\b|\bBuffer\.|\brequire\(|\b__dirname\b/.test(read(file)))
      .map(({ file }) => file);
    expect(wrong).toEqual([]);
  });
});

describe("causes", () => {
  const folder = filesBelow("src/causes");

  test("hold no regular expression: text is read by grammars", () => {
    const wrong = sources.filter(({ file }) => file.startsWith("src/causes/")).flatMap(({ file, patterns }) => patterns.map((pattern) => `${file}: ${pattern}`));
    expect(wrong).toEqual([]);
  });

  test("each listed cause has its file, its page and its test", async () => {
    const { causes } = await import("../src/causes/index.ts");
    const missing = causes.flatMap(({ id }) => [`src/causes/${id}.ts`, `src/causes/${id}.md`, `test/causes/${id}.test.ts`])
      .filter((file) => !existsSync(join(root, file)));
    expect(missing).toEqual([]);
  });

  test("each page belongs to a listed cause", async () => {
    const { causes } = await import("../src/causes/index.ts");
    const pages = folder.filter((file) => file.endsWith(".md")).map((file) => file.slice("src/causes/".length, -".md".length));
    const ids = causes.map(({ id }) => id);
    expect(pages.filter((page) => !ids.includes(page))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("samples", () => {
  test("each folder of forms belongs to a format and is read by a test", () => {
    const forms = existsSync(join(root, "samples/forms")) ? readdirSync(join(root, "samples/forms")) : [];
    const readers = filesBelow("test").filter((file) => file.endsWith(".test.ts") && read(file).includes("samples/forms"));
    const isRead = (form: string): boolean =>
      readers.some((file) => file.startsWith(`test/grammars/${form}/`) || read(file).includes(`samples/forms/${form}`));
    const wrong = forms.filter((form) => !formatFolders.includes(`grammars/${form}`) || !isRead(form));
    expect(wrong).toEqual([]);
  });
});

describe("the project stands alone", () => {
  // Put together here, so that this file does not hold what it looks for.
  const forbidden = [["", "work", ""], ["", "farm", ""]].map((parts) => parts.join("/")).concat(["registry", "npmjs"].join("."), ["npm", "pkg", "github"].join("."));
  const own = [".ci", "grammars", "samples", "scripts", "src", "test"].filter((folder) => existsSync(join(root, folder))).flatMap(filesBelow)
    .concat(readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name));

  test("no file names a machine's own path or a package registry", () => {
    const wrong = own.flatMap((file) => forbidden.filter((word) => read(file).includes(word)).map((word) => `${file} holds ${word}`));
    expect(wrong).toEqual([]);
  });

  test("files are named in kebab-case, and no folder is a drawer for everything", () => {
    const named = sources.map(({ file }) => file).filter((file) => !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d)?\.ts$/.test(file));
    expect(named).toEqual([]);
    expect(sources.map(({ file }) => file).filter((file) => /\/(?:utils?|helpers?|common|lib|misc)\//.test(file))).toEqual([]);
  });
});
