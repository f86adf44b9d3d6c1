import type { CstNode, IToken } from "chevrotain";
import type { Fact } from "../../src/model/fact.ts";
import { located, type SourceText, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { answerOf, beginRun, type ClientRun, requestOf } from "../shared/client-run.ts";
import { joinLines, nodesOf, spanOfToken } from "../shared/span.ts";
import { bytesOfBase64 } from "../shared/x509.ts";
import { decodeCertificateRequest } from "./certificate-request.ts";
import { grammar } from "./parser.ts";

const CERTIFICATE_REQUEST = 13;

/** Errors of Chromium's net_error_list.h that are about the client's certificate. */
const NET_ERRORS: Readonly<Record<number, string>> = {
  [-110]: "ERR_SSL_CLIENT_AUTH_CERT_NEEDED", [-117]: "ERR_BAD_SSL_CLIENT_AUTH_CERT", [-134]: "ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED",
  [-135]: "ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY", [-141]: "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", [-164]: "ERR_SSL_CLIENT_AUTH_CERT_BAD_FORMAT",
};

interface Part {
  readonly kind: string;
  readonly span: Span;
  /** Last number of the part. */
  readonly number: number;
}

function partsOf(root: CstNode, passage: Passage): readonly Part[] {
  const block = joinLines(passage.span.source, [passage.span]);
  return nodesOf(root, "part").flatMap((node): readonly Part[] => {
    const token = Object.values(node.children).flat().find((child): child is IToken => "image" in child);
    const span = token === undefined ? null : spanOfToken(block, token);
    return token === undefined || span === null ? [] : [{ kind: token.tokenType.name, span, number: Number(/-?\d{1,12}$/.exec(token.image)?.[0] ?? Number.NaN) }];
  });
}

/** Events of one connection make one run. */
class Connections {
  readonly facts: Fact[] = [];
  private readonly runs = new Map<string, ClientRun>();
  private readonly asked = new Set<ClientRun>();
  private readonly told = new Set<string>();

  async take(passage: Passage): Promise<void> {
    const { lexer, parser } = grammar();
    parser.input = lexer.tokenize(textOf(passage.span)).tokens;
    const parts = partsOf(parser.events(), passage);
    for (const [index, part] of parts.entries()) {
      if (part.kind === "NetError") this.error(part);
      if (part.kind !== "CertificateCount" && part.kind !== "MessageBytes" && part.kind !== "Requested") continue;
      const rest = parts.slice(index + 1, index + 8);
      const source = rest.find((one) => one.kind === "SourceId");
      const run = this.runOf(source === undefined ? "" : String(source.number));
      if (part.kind === "CertificateCount" && part.number >= 0) this.facts.push(answerOf(run, part.span, part.number));
      if (part.kind === "Requested" && !this.asked.has(run)) this.facts.push(requestOf(run, { span: part.span, requested: true }));
      if (part.kind === "MessageBytes" && rest[0]?.kind === "TypeNumber" && rest[0].number === CERTIFICATE_REQUEST) await this.request(run, part.span);
    }
  }

  /** Each layer of the connection reports the same error: once for a log. */
  private error({ span, number }: Part): void {
    const name = NET_ERRORS[number];
    if (name === undefined || this.told.has(name)) return;
    this.told.add(name);
    this.facts.push({ kind: "error-code", format: "net-export", span, name, code: null, reportedBy: "client" });
  }

  private async request(run: ClientRun, span: Span): Promise<void> {
    const image = textOf(span);
    const start = span.start + image.indexOf("DQ", image.indexOf(":"));
    const bytes: Span = { ...span, start, end: span.end - 1 };
    const octets = bytesOfBase64(textOf(bytes));
    const contents = octets === null ? null : await decodeCertificateRequest(octets);
    if (contents === null) return;
    this.facts.push(requestOf(run, {
      span: bytes, requested: true, because: located("CertificateRequest", bytes), authorities: contents.authorities.map((name) => located(name, bytes)), authoritiesLine: bytes,
      certificateTypes: contents.certificateTypes === null ? null : located(contents.certificateTypes, bytes),
      signatureAlgorithms: contents.signatureAlgorithms === null ? null : located(contents.signatureAlgorithms, bytes),
      // A second question on the same connection comes after the request.
      when: this.asked.has(run) ? "after-request" : null, whole: true,
    }));
    this.asked.add(run);
  }

  private runOf(source: string): ClientRun {
    const run = this.runs.get(source) ?? beginRun("net-export", "browser", this.runs.size + 1);
    this.runs.set(source, run);
    return run;
  }
}

/** Reads the events of a log: what the server asked for, decoded, and how many certificates the browser sent. */
export async function read(passages: readonly Passage[]): Promise<Reading> {
  const logs = new Map<SourceText, Connections>();
  for (const passage of passages) {
    const log = logs.get(passage.span.source) ?? new Connections();
    logs.set(passage.span.source, log);
    await log.take(passage);
  }
  return { facts: [...logs.values()].flatMap((log) => log.facts), notUnderstood: [] };
}
