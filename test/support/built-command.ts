import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./source-files.ts";

/** The entry of the built command. */
export const entry = join(root, "dist/bin/certwhy.cjs");

/** Builds when dist is older than its sources; throws with what tsc says when that fails. */
export function buildCommand(): void {
  const run = spawnSync(process.execPath, [join(root, "scripts/setup.mjs"), "--build"], { cwd: root, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`the build failed:\n${run.stderr}`);
}

export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command as a process of its own, without colour and with nothing on standard input unless given. */
export function runCommand(words: readonly string[], options: { readonly cwd?: string; readonly input?: string | Uint8Array; readonly environment?: Readonly<Record<string, string>> } = {}): CommandRun {
  const { NO_COLOR: _none, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...environment } = process.env;
  const run = spawnSync(process.execPath, [entry, ...words], {
    cwd: options.cwd ?? root, input: options.input ?? "", encoding: "utf8", env: { ...environment, ...options.environment }, maxBuffer: 1 << 28,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}
