import type { Reading, Passage } from "../format.ts";
import { type LabelledLine, labelledLines, type LineReader, readByLine } from "../shared/labelled-lines.ts";
import type { Block } from "../shared/span.ts";
import { factsOfPackets } from "./connections.ts";
import { type Packet, PacketCollector } from "./packets.ts";
import { grammar } from "./parser.ts";

class CaptureReader implements LineReader {
  private readonly packets: Packet[] = [];

  read(lines: readonly LabelledLine[]): void {
    const collector = new PacketCollector();
    for (const line of lines) collector.take(line);
    // One by one: a hostile text gives more than a call takes arguments.
    for (const packet of collector.packets) this.packets.push(packet);
  }

  finish(): Reading {
    return { facts: factsOfPackets(this.packets), notUnderstood: [] };
  }
}

function parse(block: Block): readonly LabelledLine[] {
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(block.text).tokens;
  return labelledLines(parser.lines(), ["line"], block);
}

/** Reads packets: what was asked and answered in handshakes that are not encrypted or were decrypted, and the alerts. */
export function read(passages: readonly Passage[]): Reading {
  return readByLine(passages, parse, () => new CaptureReader());
}
