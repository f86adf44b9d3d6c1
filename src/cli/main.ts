#!/usr/bin/env node
import { exitCode } from "./exit-code.ts";
import { processIo } from "./io.ts";
import { run } from "./run.ts";

/** Node itself would end with 1, which means "cause found". */
function ownFault(fault: unknown): void {
  const stack = fault instanceof Error ? fault.stack ?? fault.message : String(fault);
  process.stderr.write(`certwhy: this is a fault of certwhy itself, please report it with these lines:\n${stack}\n`);
  process.exitCode = exitCode.ownFault;
}

process.on("uncaughtException", ownFault);
process.on("unhandledRejection", ownFault);

run(process.argv.slice(2), processIo()).then((code) => { process.exitCode = code; }, ownFault);
