import { describe, expect, test } from "@jest/globals";
import type { Citation, Report, Station } from "../../src/report/report.ts";
import type { Cause, Outcome } from "../../src/causes/cause.ts";
import { judge } from "../../src/causes/judge.ts";
import { buildReport } from "../../src/report/build-report.ts";
import { answerOf, analyzeTexts, DURING, findingOf, situationOfTexts } from "../support/analyze-texts.ts";
import type { Texts } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, SERVER_AUTH, clientCertificate, legacyKey, softwareKey } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const OTHER = ["CN=Andere Root CA", "O=Andere AG", "C=CH"];
const orphan = clientCertificate({ key: { ...softwareKey, outcome: "missing", uniqueContainer: null } });

function stationsOf(report: Report): Readonly<Record<Station, string>> {
  return Object.fromEntries(report.path.map((one) => [one.station, one.state])) as Record<Station, string>;
}

/** Cases of every kind, by name. */
const cases: Readonly<Record<string, Texts>> = {
  nothing: { "mail.txt": "Hello,\nit does not work.\n" },
  "served page": caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }),
  "one fault": caseOf({ my: [clientCertificate({ keyUsage: "30" })], call: browserCall([ROOT_NAME]) }),
  "two faults": caseOf({ my: [clientCertificate({ keyUsage: "30", extendedKeyUsage: [SERVER_AUTH] })], call: browserCall([ROOT_NAME]) }),
  "not asked": caseOf({ probe: { iisPage: "403.7" } }),
  "not listed": caseOf({ my: [clientCertificate()], call: browserCall([OTHER]) }),
  "orphaned key": caseOf({ my: [orphan], call: browserCall([ROOT_NAME], { matches: 1 }), after: { apiError: { api: "InitializeSecurityContextW", code: "0x8009030D" } } }),
  refused: caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), note: "HTTP Error 403.16 - Forbidden\n" }),
  "trace alone": caseOf({ call: browserCall([ROOT_NAME]) }),
  "certificates alone": caseOf({ my: [clientCertificate()] }),
  "transcript alone": caseOf({ probe: { first: requestFor(ROOT_NAME) } }),
  "old key": caseOf({ my: [clientCertificate({ key: legacyKey })], probe: { first: requestFor(ROOT_NAME) } }),
};

describe("the path", () => {
  test("is unbroken where the page was served", async () => {
    expect(stationsOf(await analyzeTexts(cases["served page"] ?? {}))).toEqual({ asked: "ok", listed: "ok", candidates: "ok", selected: "ok", usable: "ok", sent: "ok", accepted: "ok" });
  });

  test.each<[string, Partial<Record<Station, string>>]>([
    ["not asked", { asked: "broken", selected: "not-reached", sent: "not-reached", accepted: "not-reached" }],
    ["not listed", { asked: "ok", listed: "broken", candidates: "ok", selected: "broken", sent: "not-reached" }],
    ["one fault", { asked: "ok", listed: "ok", candidates: "ok", selected: "broken", usable: "ok", sent: "not-reached", accepted: "not-reached" }],
    ["orphaned key", { selected: "ok", usable: "broken", sent: "not-reached", accepted: "not-reached" }],
    ["refused", { asked: "ok", selected: "ok", sent: "ok", accepted: "broken" }],
    ["trace alone", { asked: "ok", listed: "unknown", candidates: "unknown", selected: "broken" }],
    ["transcript alone", { asked: "ok", listed: "unknown", candidates: "unknown", selected: "unknown", usable: "unknown", sent: "unknown", accepted: "unknown" }],
    ["nothing", { asked: "unknown", listed: "unknown", candidates: "unknown", selected: "unknown", usable: "unknown", sent: "unknown", accepted: "unknown" }],
  ])("of the case \"%s\"", async (name, expected) => {
    expect(stationsOf(await analyzeTexts(cases[name] ?? {}))).toMatchObject(expected);
  });

  test("has its seven stations in order, and lines for each that is known", async () => {
    for (const texts of Object.values(cases)) {
      const { path } = await analyzeTexts(texts);
      expect(path.map((one) => one.station)).toEqual(["asked", "listed", "candidates", "selected", "usable", "sent", "accepted"]);
      expect(path.filter((one) => (one.state === "broken" || one.state === "ok") && one.evidence.length === 0)).toEqual([]);
    }
  });
});

describe("the verdict", () => {
  const verdictOf = async (name: string): Promise<string> => (await analyzeTexts(cases[name] ?? {})).verdict;

  test("says when nothing could be read", async () => {
    expect(await verdictOf("nothing")).toBe("Nothing in the input is of a kind this tool reads.");
  });

  test("says when nothing is wrong", async () => {
    expect(await verdictOf("served page")).toContain("Nothing is wrong");
  });

  test("names one proved fault", async () => {
    expect(await verdictOf("one fault")).toMatch(/^Proved: Key Usage lacks digitalSignature/);
  });

  test("names two, and that both must be mended", async () => {
    const verdict = await verdictOf("two faults");
    expect(verdict).toMatch(/^Two faults, and both must be mended: /);
    expect(verdict).toContain("Key Usage lacks digitalSignature");
    expect(verdict).toContain("Enhanced Key Usage lacks Client Authentication");
  });

  test("of a trace alone asks for the certificates and blames none", async () => {
    expect(await verdictOf("trace alone")).toContain("the certificates themselves are needed");
  });

  test("is one sentence or two, without line ends", async () => {
    for (const texts of Object.values(cases)) expect((await analyzeTexts(texts)).verdict).toMatch(/^[A-Z][^\r\n]{10,400}[.!?]$/);
  });
});

describe("findings", () => {
  test("come strongest first", async () => {
    const expiredOther = clientCertificate({ subject: ["CN=alice mail", "O=Fabrik, Inc."], keyUsage: "30", extendedKeyUsage: [SERVER_AUTH], key: null });
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "30" }), expiredOther], call: browserCall([ROOT_NAME]) }));
    const rank = { proved: 0, likely: 1, possible: 2 } as const;
    const weights = report.findings.map((finding) => rank[finding.weight]);
    expect(weights.length).toBeGreaterThan(1);
    expect(weights).toEqual([...weights].sort());
    expect(report.findings[0]?.cause).toBe("ku-missing-digitalsignature");
  });

  test("of two faults are two", async () => {
    const report = await analyzeTexts(cases["two faults"] ?? {});
    expect(report.findings.map((finding) => finding.cause).sort()).toEqual(["eku-missing-clientauth", "ku-missing-digitalsignature"]);
  });

  test("of a general cause give way to those that refine it", async () => {
    const report = await analyzeTexts({ "event.txt": "Event ID: 36885 When asking for client authentication, this server sends a list of trusted certificate authorities to the client.\n", ...cases["not listed"] });
    expect(answerOf(report, "issuer-list-truncated-16k")).toBe("found");
    expect(answerOf(report, "issuer-not-in-server-list")).not.toBe("found");
    expect(answerOf(report, "issuer-not-in-server-list")).not.toBe("cannot-tell");
  });

  test("that are not proved say what would overturn them, proved ones are settled", async () => {
    for (const texts of Object.values(cases)) {
      for (const finding of (await analyzeTexts(texts)).findings) expect([finding.cause, finding.overturnedBy === null]).toEqual([finding.cause, finding.weight === "proved"]);
    }
  });

  test("each has lines, a reason and a repair", async () => {
    for (const texts of Object.values(cases)) {
      for (const finding of (await analyzeTexts(texts)).findings) {
        expect(finding.evidence.length).toBeGreaterThan(0);
        expect(finding.fix.length).toBeGreaterThan(0);
        expect(`${finding.headline} ${finding.why}`).not.toMatch(/undefined|\[object|NaN|null/);
      }
    }
  });
});

/** Everything a report cites. */
function citationsOf(report: Report): readonly Citation[] {
  return [
    ...report.path.flatMap((one) => one.evidence), ...report.findings.flatMap((one) => one.evidence), ...report.ruledOut.flatMap((one) => one.evidence), ...report.notes.flatMap((one) => one.evidence),
    ...report.selections.flatMap((one) => one.certificates.flatMap((certificate) => certificate.criteria.flatMap((criterion) => criterion.evidence))),
    ...report.issuerLists.flatMap((list) => [...list.matches, ...list.nearMisses]), ...(report.atFrom.evidence === null ? [] : [report.atFrom.evidence]),
  ];
}

describe("citations", () => {
  test("are real places: the quoted line is that line of that file, the marked part stands in it", async () => {
    let checked = 0;
    for (const texts of Object.values(cases)) {
      const report = await analyzeTexts(texts);
      for (const citation of citationsOf(report)) {
        const line = (texts[citation.file] ?? "").split(/\r\n|\n/)[citation.line - 1];
        expect(citation.quote).toBe(line);
        expect(citation.from).toBe(citation.column - 1);
        expect(citation.from + citation.length).toBeLessThanOrEqual(citation.quote.length);
        expect(citation.shows).not.toBe("");
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(150);
  });

  test("of one answer never repeat a place with the same words", async () => {
    for (const texts of Object.values(cases)) {
      const report = await analyzeTexts(texts);
      for (const { evidence } of [...report.findings, ...report.ruledOut, ...report.notes]) {
        const places = evidence.map((one) => `${one.file} ${one.line} ${one.column} ${one.shows}`);
        expect(new Set(places).size).toBe(places.length);
      }
    }
  });

  test("of a very long line are shortened around what matters", async () => {
    const padding = "x".repeat(900);
    const report = await analyzeTexts({ "log.txt": `${padding} HTTP Error 403.17 - Forbidden ${padding}\n` });
    const [citation] = findingOf(report, "expired-or-not-yet-valid").evidence;
    expect(citation?.quote.length).toBeLessThan(450);
    expect(citation?.quote.slice(citation.from, citation.from + citation.length)).toBe("403.17");
    expect(citation?.column).toBe(padding.length + " HTTP Error ".length + 1);
  });
});

describe("every cause answers", () => {
  test("at most once, and never by a fault of its own", async () => {
    for (const texts of Object.values(cases)) {
      const report = await analyzeTexts(texts);
      expect(report.failures).toEqual([]);
      const answers = [...new Set(report.findings.map((one) => one.cause)), ...report.ruledOut.map((one) => one.cause), ...report.cannotTell.map((one) => one.cause), ...report.notes.map((one) => one.cause)];
      expect(new Set(answers).size).toBe(answers.length);
    }
  });

  test("what cannot be told names a command and the machine to run it on", async () => {
    for (const texts of Object.values(cases)) {
      for (const one of (await analyzeTexts(texts)).cannotTell) {
        expect(one.missing.length).toBeGreaterThan(0);
        for (const missing of one.missing) expect(["client", "server", "ca"]).toContain(missing.on);
      }
    }
  });

  test("one that throws fails alone, and is named", async () => {
    const situation = await situationOfTexts(cases["one fault"] ?? {});
    const broken: Cause = { id: "broken", title: "Broken", sources: ["none"], refines: [], check(): Outcome { throw new Error("a slip"); } };
    const report = buildReport({ version: "1", inputs: [], situation, verdicts: [judge(broken, situation)], notUnderstood: [] });
    expect(report.failures).toEqual([{ cause: "broken", error: "a slip" }]);
    expect(report.findings).toEqual([]);
  });
});

describe("laws", () => {
  const summary = (report: Report): readonly string[] => report.findings.map((finding) => `${finding.cause} ${finding.weight} ${finding.about?.certificate ?? ""}`).sort();

  test("the order of the inputs does not change what is found", async () => {
    for (const texts of Object.values(cases)) {
      const turned = Object.fromEntries(Object.entries(texts).reverse());
      expect(summary(await analyzeTexts(turned))).toEqual(summary(await analyzeTexts(texts)));
    }
  });

  test("an input given twice changes nothing", async () => {
    for (const [name, texts] of Object.entries(cases)) {
      const doubled = { ...texts, ...Object.fromEntries(Object.entries(texts).filter(([file]) => file !== "probe.txt").map(([file, text]) => [`copy-${file}`, text])) };
      expect([name, summary(await analyzeTexts(doubled))]).toEqual([name, summary(await analyzeTexts(texts))]);
    }
  });

  test("all in one file is read as several", async () => {
    for (const [name, texts] of Object.entries(cases)) {
      const joined = { "mail.txt": Object.values(texts).join("\n\n") };
      expect([name, summary(await analyzeTexts(joined))]).toEqual([name, summary(await analyzeTexts(texts))]);
    }
  });
});

test("selections are plain data: flags by name, counts, and a verdict for each criterion", async () => {
  const report = await analyzeTexts(cases["one fault"] ?? {});
  const [selection] = report.selections;
  expect(selection).toMatchObject({
    call: { file: "strace.log", line: 4 }, flags: { hex: "00000088", names: ["CERT_SELECT_HAS_PRIVATE_KEY", "CERT_SELECT_ALLOW_DUPLICATES"] },
    reportedMatches: 0, predictedMatches: 0, countCheck: expect.stringContaining("complete"), sameCalls: 0,
  });
  expect(selection?.certificates[0]?.selectable).toBe("no");
  expect(selection?.certificates[0]?.criteria.map((one) => `${one.criterion} ${one.verdict}`)).toEqual(["HAS_PRIVATE_KEY meets", "NOT_EXPIRED meets", "ENHKEY_USAGE meets", "ISSUER_NAME meets", "KEY_USAGE fails"]);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test("the moment of judgement and where it comes from are told", async () => {
  expect(await analyzeTexts(cases["one fault"] ?? {})).toMatchObject({ at: DURING, atFrom: { source: "option", evidence: null } });
  const dated = caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK", date: "Mon, 15 Jun 2026 11:58:00 GMT" } });
  expect(await analyzeTexts(dated, { at: null })).toMatchObject({ at: "2026-06-15T11:58:00.000Z", atFrom: { source: "evidence", evidence: { file: "strace.log", quote: "Date: Mon, 15 Jun 2026 11:58:00 GMT" } } });
});

test("lists of issuers tell what matches, what nearly does, and whether they are whole", async () => {
  const near = ["CN=Fabrik Root CA", "O=Fabrik GmbH", "C=DE"];
  const report = await analyzeTexts(caseOf({ my: renderStore([clientCertificate()]), call: browserCall([near, ROOT_NAME], { matches: 1 }) }));
  expect(report.issuerLists).toMatchObject([{ from: "selection-call", announced: 2, listed: 2, complete: true, matches: [{ quote: "C=DE, O=\"Fabrik, Inc.\", CN=Fabrik Root CA" }] }]);
});
