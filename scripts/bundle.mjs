// Makes the installed command: the sources and their packages in a few files, each with V8's code cache beside it.
// What a command does not need is in files that it never loads; what it needs is not compiled again in every process.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Oldest Node that package.json allows. */
const target = "node20";

/** Chevrotain checks a grammar each time it builds a lexer or parser, which takes as long as building it. The tests check all of them. */
const checkedGrammars = {
  name: "checked grammars",
  setup(build) {
    build.onLoad({ filter: /[\\/]chevrotain[\\/]lib[\\/]src[\\/](?:scan[\\/]lexer_public|parse[\\/]parser[\\/]parser)\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const contents = text.replace("skipValidations: false", "skipValidations: true");
      return contents === text ? { errors: [{ text: `${path} has no default for skipValidations` }] } : { contents };
    });
  },
};

/** Holds, for each regular expression of a token, the characters that its matches may begin with; filled by code-cache.cjs. */
const startsPiece = "starts.cjs";

/**
 * To learn which characters a token may begin with, chevrotain parses its regular expression: for the tokens of one format that takes as long as
 * Node's own start. They are the same each time; an expression that is not known is parsed as usual.
 */
const knownStarts = {
  name: "known starts of tokens",
  setup(build) {
    build.onResolve({ filter: /^certwhy:starts$/ }, () => ({ path: `./${startsPiece}`, external: true }));
    build.onLoad({ filter: /[\\/]chevrotain[\\/]lib[\\/]src[\\/]scan[\\/]reg_exp\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const parsing = text.replace("export function getOptimizedStartCodesIndices(", "function parseStartCodes(");
      const contents = `import * as starts from "certwhy:starts";\n${parsing}
        export function getOptimizedStartCodesIndices(regExp, ensureOptimizations) {
          const known = starts.get(regExp);
          if (known !== undefined) return known;
          const codes = parseStartCodes(regExp, ensureOptimizations);
          starts.set(regExp, codes);
          return codes;
        }`;
      return parsing === text ? { errors: [{ text: `${path} has no getOptimizedStartCodesIndices` }] } : { contents };
    });
  },
};

/**
 * yargs measures the words of its help with `string-width`, whose segmenter and emoji pattern take a third of the time that Node itself needs
 * to start. ASCII is as wide as it is long; the package is evaluated only for other text.
 */
const asciiWidth = {
  name: "ASCII width",
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, async ({ importer, resolveDir, pluginData, kind }) => {
      if (pluginData === "real" || !/[\\/](?:yargs|cliui|wrap-ansi)[\\/]/.test(importer)) return undefined;
      const { path, errors } = await build.resolve("string-width", { resolveDir, kind, pluginData: "real" });
      return errors.length > 0 ? { errors } : { path, namespace: "ascii-width" };
    });
    build.onLoad({ filter: /.*/, namespace: "ascii-width" }, ({ path }) => ({
      resolveDir: dirname(path),
      contents: `export default (text, options) => /^[\\x20-\\x7e]*$/.test(text) ? text.length : require(${JSON.stringify(path)}).default(text, options);`,
    }));
  },
};

/**
 * Writes the command into `folder`: `certwhy.cjs`, which is started, and the pieces that it loads.
 * Returns an exit code; esbuild prints what it minds to standard error.
 */
export async function bundle(root, folder) {
  // Here and not above: the packages may not be installed yet when this file is loaded.
  const { build, transform } = await import("esbuild");
  mkdirSync(folder, { recursive: true });
  let pieces;
  try {
    pieces = await build({
      absWorkingDir: root, entryPoints: { main: "src/cli/main.ts", run: "src/cli/run.ts", io: "src/cli/io.ts", "ticket-worker": "src/cli/ticket-worker.ts" }, outdir: folder, write: false,
      bundle: true, splitting: true, format: "esm", platform: "node", target, chunkNames: "piece-[hash]", legalComments: "none",
      outExtension: { ".js": ".cjs" }, define: { "import.meta.url": "certwhyPlace" }, plugins: [checkedGrammars, knownStarts, asciiWidth], logLevel: "warning",
    });
  } catch {
    return 1;
  }
  for (const { path, text } of pieces.outputFiles) {
    // esbuild splits ES modules only, and V8 takes a code cache for scripts only.
    const { code } = await transform(text, { format: "cjs", platform: "node", target, supported: { "dynamic-import": false } });
    writeFileSync(join(folder, basename(path)), code.replace(/^#!.*\n/, ""));
  }
  const launcher = join(folder, "certwhy.cjs");
  copyFileSync(join(root, "scripts", "launcher.cjs"), launcher);
  chmodSync(launcher, 0o755);
  copyFileSync(join(root, "scripts", "starts.cjs"), join(folder, startsPiece));
  copyFileSync(join(root, "scripts", "worker.cjs"), join(folder, "worker.cjs"));
  const warmUp = spawnSync(process.execPath, [join(root, "scripts", "code-cache.cjs"), folder], { cwd: root, stdio: ["ignore", 2, 2] });
  return warmUp.status ?? 1;
}
