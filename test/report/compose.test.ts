import { describe, expect, test } from "@jest/globals";
import { collectNext, compose } from "../../src/report/compose.ts";
import type { Block, Words } from "../../src/report/document.ts";
import type { Report } from "../../src/report/report.ts";
import { citation, replayed, sampleReport } from "../render/sample-report.ts";

function text(words: Words): string {
  return words.map((one) => one.text).join("");
}

/** Every text of a block, a line each. */
function lines(block: Block): readonly string[] {
  switch (block.kind) {
    case "heading": return [`${"#".repeat(block.level)} ${text(block.text)}`];
    case "paragraph": return [text(block.text)];
    case "list": return block.items.map((item) => `- ${text(item)}`);
    case "steps": return block.steps.map((step, index) => `${index + 1}. [${step.where ?? ""}] ${text(step.text)} $ ${step.command ?? ""}`);
    case "table": return [block.head.join(" | "), ...block.rows.map((row) => row.map(text).join(" | "))];
    case "matrix": return [[block.corner, ...block.columns].join(" | "), ...block.rows.map(({ name, cells }) => [name, ...cells.map((cell) => text(cell.verdict))].join(" | "))];
    case "excerpt": return [`${block.title}:`, ...block.excerpts.map((one) => `${one.place} ${one.shows} <${one.quote.slice(one.from, one.from + one.length)}>`)];
    case "sample": return [block.title ?? "", ...block.lines];
    case "command": return [`$ ${block.command}`];
    case "path": return block.stations.map((station) => `${station.state} ${station.name} ${text(station.says)}`.trim());
  }
}

function composed(change: Partial<Report> = {}): readonly string[] {
  return compose({ ...sampleReport, ...change }).flatMap(lines);
}

/** The lines of one section, without its heading. */
function section(all: readonly string[], title: string): readonly string[] {
  const start = all.indexOf(`## ${title}`);
  const end = all.findIndex((line, index) => index > start && line.startsWith("## "));
  return start < 0 ? [] : all.slice(start + 1, end < 0 ? undefined : end);
}

describe("the order of the report", () => {
  test("verdict, path, findings, notes, matrix, issuers, ruled out, collect, inputs, damage", () => {
    const all = composed();
    expect(all[1]).toBe(sampleReport.verdict);
    expect(all.filter((line) => line.startsWith("## "))).toEqual([
      "## Where it broke", "## What was found", "## Worth knowing, but no fault", "## Which certificate meets which criterion", "## Issuers the server accepts",
      "## What is ruled out, and by which line", "## What to collect next", "## What was read", "## Damage of the inputs",
    ]);
    expect(all.at(-1)).toBe("certwhy 0.1.0");
  });

  test("the path says where it broke and cites", () => {
    expect(section(composed(), "Where it broke")).toEqual([
      "ok asked The server asked for a certificate. (strace.log:180:46)",
      "unknown listed Whether the server accepts a CA of the certificate's chain cannot be told.",
      "ok candidates The searched store holds a certificate with a private key. (certutil.txt:41:5)",
      "broken selected No certificate meets every criterion. (strace.log:214:68)",
      "not-reached usable", "not-reached sent", "not-reached accepted",
    ]);
  });
});

describe("findings", () => {
  test("headline, certificate, why, evidence, fix with machine, what would overturn it", () => {
    const found = section(composed(), "What was found");
    expect(found).toContain("### 1. PROVED  Key Usage lacks digitalSignature");
    expect(found).toContain("Certificate: CN=alice, OU=Sales, O=\"Example, Inc.\", SHA-1 0123456789abcdef0123456789abcdef01234567, certutil.txt:12:1");
    expect(found).toContain("strace.log:212:32 the client demands digitalSignature <00000080>");
    expect(found).toContain("2. [on the client] Check the new certificate. $ certutil -v -user -store my");
    expect(found).toContain("What would overturn this: The list is cut: the whole list would confirm or overturn it.");
    // One is only possible: nobody is told that both must be mended.
    expect(found.join("\n")).not.toContain("each of them must be mended");
  });

  test("two faults are both to be mended", () => {
    const [first, second] = sampleReport.findings;
    const found = section(composed({ findings: [first!, { ...second!, weight: "likely" }] }), "What was found");
    expect(found[0]).toBe("2 faults stand beside each other: each of them must be mended.");
  });

  test("long evidence is shortened, with a count and places", () => {
    const many = Array.from({ length: 30 }, (_, index) => citation("a.log", index + 1, `line ${index}`, "line", "x"));
    const found = section(composed({ findings: [{ ...sampleReport.findings[0]!, evidence: many }] }), "What was found");
    expect(found.filter((line) => line.startsWith("a.log:"))).toHaveLength(4);
    expect(found).toContain("and 26 further lines: a.log:5:1, a.log:6:1, a.log:7:1, a.log:8:1, a.log:9:1, a.log:10:1, and 20 more");
  });

  test("nothing found is said, and whether that is all", () => {
    expect(section(composed({ findings: [], cannotTell: [], path: [] }), "What was found")).toEqual(["Nothing in the inputs is broken, as far as they show."]);
    expect(section(composed({ findings: [], path: [] }), "What was found")).toEqual(["Nothing in the inputs is broken, as far as they show. What they do not show could be: see what to collect next."]);
    const unknown = sampleReport.path.map((station) => ({ ...station, state: "unknown" as const }));
    expect(section(composed({ findings: [], path: unknown }), "What was found")).toEqual(["The inputs do not show where it broke: see what to collect next."]);
    expect(section(composed({ findings: [] }), "What was found")).toEqual(["The inputs show where it broke, but not why: see what to collect next."]);
  });
});

describe("the matrix", () => {
  test("closest certificate first, a column each, reasons for what is not met, counts compared", () => {
    const matrix = section(composed(), "Which certificate meets which criterion");
    expect(matrix).toEqual([
      "### Selection call at strace.log:168:24, and 2 further calls that ask the same",
      "Flags 0x00000088: CERT_SELECT_HAS_PRIVATE_KEY, CERT_SELECT_ALLOW_DUPLICATES",
      "- A not decidable from the inputs: CN=bob, SHA-1 0123456789abcdef0123456789abcdef01234567, certutil.txt:60:1",
      "- B not selectable: CN=alice, SHA-1 0123456789abcdef0123456789abcdef01234567, certutil.txt:12:1",
      "criterion | A | B", "has a private key | meets | meets", "within its validity | meets | meets", "Key Usage | unknown | FAILS", "issuer in the list | meets | unknown",
      "- A Key Usage unknown: its Key Usage is (a0) (certutil.txt:41:5)",
      "- B Key Usage FAILS: its Key Usage (30) lacks digitalSignature (80) (certutil.txt:41:5)",
      "- B issuer in the list unknown: 3 of 22 announced names are printed (strace.log:180:46)",
      "Matches: 0 reported, 0 predicted. The two agree: the explanation is complete.",
    ]);
  });

  test("of many certificates the closest are shown, the others counted; tables stay narrow", () => {
    const many = Array.from({ length: 40 }, (_, index) => replayed(`CN=user${index}`, index + 1, index === 33 ? "meets" : "fails"));
    const blocks = compose({ ...sampleReport, selections: [{ ...sampleReport.selections[0]!, certificates: many, predictedMatches: 1, reportedMatches: null, countCheck: null }] });
    const all = section(blocks.flatMap(lines), "Which certificate meets which criterion");
    expect(all[2]).toMatch(/^- A selectable: CN=user33,/);
    expect(all).toContain("30 further certificates of the inputs fail at least as many criteria; all are in the JSON report.");
    expect(all).toContain("Matches: number not in the trace, 1 predicted. ");
    expect(Math.max(...blocks.flatMap((block) => (block.kind === "table" ? [block.head.length] : [])))).toBe(6);
  });

  test("without a trace it says whose criteria are replayed", () => {
    const matrix = section(composed({ selections: [{ ...sampleReport.selections[0]!, call: null, flags: null, certificates: [], reportedMatches: null }] }), "Which certificate meets which criterion");
    expect(matrix[0]).toBe("### Criteria of a default Windows client, replayed; there is no trace of a selection call");
    expect(matrix.slice(1)).toEqual(["No certificate of the inputs could be judged.", "Matches: 0 predicted. The two agree: the explanation is complete."]);
  });
});

describe("issuer lists", () => {
  test("announced, listed, cut, near misses, shortened names", () => {
    const issuers = section(composed(), "Issuers the server accepts");
    expect(issuers[0]).toBe("The list the client searched with at strace.log:180:24: 22 announced, 8 listed. The list is not complete here: that a name is absent proves nothing.");
    expect(issuers).toContain("strace.log:183:20 the certificate's issuer ends in G2 <G3>");
    expect(issuers.at(-1)).toBe("- and 5 further names");
    expect(issuers.filter((line) => line.startsWith("- CN="))).toHaveLength(3);
  });

  test("one name left over is shown, not counted", () => {
    const list = sampleReport.issuerLists[0]!;
    const issuers = section(composed({ issuerLists: [{ ...list, names: list.names.slice(0, 7), nearMisses: [] }] }), "Issuers the server accepts");
    expect(issuers.at(-1)).toBe("- CN=Example Root CA 6, O=Example  strace.log:187:1");
  });

  test("an empty list accepts every issuer", () => {
    const issuers = section(composed({ issuerLists: [{ ...sampleReport.issuerLists[0]!, from: "certificate-request", announced: null, listed: 0, complete: true, names: [], nearMisses: [] }] }), "Issuers the server accepts");
    expect(issuers).toEqual(["The list the server sent at strace.log:180:24: 0 listed.", "An empty list accepts every issuer."]);
  });
});

describe("what is ruled out and what to collect", () => {
  test("one line each, with the proving line", () => {
    expect(section(composed(), "What is ruled out, and by which line")).toEqual([
      "- The key has another KeySpec than the call demands – neither 10 nor 20 is set (strace.log:170:11)",
      "- A newer duplicate hides the certificate – duplicates are allowed (strace.log:170:11)",
    ]);
  });

  test("without words of its own the proving line speaks; many are shortened", () => {
    const one = (cause: string): Report["ruledOut"][number] => ({ cause, title: cause, evidence: [citation("a.log", 1, `${"x ".repeat(80)}KeySpec = 1`, "KeySpec = 1", "")] });
    expect(section(composed({ ruledOut: [one("c")] }), "What is ruled out, and by which line")).toEqual(["- c: KeySpec = 1 (a.log:1:161)"]);
    const many = section(composed({ ruledOut: Array.from({ length: 20 }, (_, index) => one(`c${index}`)) }), "What is ruled out, and by which line");
    expect(many).toHaveLength(13);
    expect(many.at(-1)).toBe("- and 8 further causes, in the JSON report");
  });

  test("each command once, the most deciding first, with machine and account", () => {
    const next = collectNext(sampleReport.cannotTell);
    expect(next.map((one) => [one.missing.command, one.decides.length])).toEqual([["certutil -v -user -store my", 2], ["certutil -user -store CA", 1], [null, 1]]);
    const steps = section(composed(), "What to collect next");
    expect(steps[1]).toBe("1. [on the client, as the user whose client fails] Whether the key opens; whether the key opens for this account. Decides: The key is gone; The account may not use the key. $ certutil -v -user -store my");
    expect(steps[0]).toContain("proved");
  });

  test("the same command under another account is another thing to collect", () => {
    const ask = (account: string | null): Report["cannotTell"][number] => ({ cause: "c", title: `t ${account}`, missing: [{ what: "w", command: "whoami", on: "client", account }] });
    expect(collectNext([ask("SYSTEM"), ask(null), ask("SYSTEM")])).toHaveLength(2);
  });

  test("many things to collect are shortened", () => {
    const cannotTell = Array.from({ length: 12 }, (_, index) => ({ cause: `c${index}`, title: `t${index}`, missing: [{ what: `w${index}`, command: `cmd ${index}`, on: "server" as const, account: null }] }));
    const steps = section(composed({ cannotTell, findings: [] }), "What to collect next");
    expect(steps.filter((line) => /^\d\. /.test(line))).toHaveLength(6);
    expect(steps.at(-1)).toBe("6 further things could be collected that would decide less; see the JSON report.");
  });
});

describe("inputs", () => {
  test("what each file holds, and what nobody understood", () => {
    const inputs = section(composed(), "What was read");
    expect(inputs).toEqual([
      "file | holds | encoding | lines | used | not understood",
      "strace.log | STRACE log | utf-16le | 300 | 40 | 1", "certutil.txt | certutil output, other lines | cp850 | 120 | 118 | 0", "holiday.txt | nothing recognized | utf-8 | 1 | 0 | 0",
      "Validity was judged at 2026-03-02 08:14:11 UTC, the time the inputs show (sclient.txt:62:7).",
      "1 line inside what was recognized was not understood:",
      "- strace.log:199:24  10:15:00:470 4312.1a4c pvReserved : 0",
    ]);
  });

  test("the clock is named as the source of the moment", () => {
    expect(section(composed({ atFrom: { source: "clock", evidence: null } }), "What was read").join(" ")).toContain("the time of the clock: no date of the attempt was recognized in the inputs. Give it with --at.");
  });

  test("a check that failed is named", () => {
    expect(section(composed({ failures: [{ cause: "x-y", error: "boom" }] }), "Checks that failed").at(-2)).toBe("- x-y: boom");
  });
});
