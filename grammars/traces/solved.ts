import { lineIndexAt, lineSpan, type SourceText } from "../../src/text/source-text.ts";
import { startOfLine } from "../shared/span.ts";

// What people write of a matter that is done with: "that is fixed", "has been solved since", "(fixed)", "das ist inzwischen behoben".
const DONE = "(?:fixed|solved|resolved|repaired|corrected|sorted(?: out)?|settled|remedied|behoben|gelöst|geloest|erledigt|repariert|bereinigt)";
const SUBJECT = "(?:that|this|it|which|(?:the|this|that) (?:matter|problem|issue|error|fault|case|one)|das|dies|dieses|es|(?:das|dieses) problem|der fehler|dieser fehler|die sache)";
const SOLVED = new RegExp([
  `\\b${SUBJECT}(?:'s| is| was| has been| had been| got| ist| war| wurde| haben wir| hat sich)(?: (?:now|since|meanwhile|already|all|then|quickly|long|soon|finally|by now|in the meantime|inzwischen|mittlerweile|schon|bereits|dann|längst|jetzt|nun|wieder)){0,3} ${DONE}\\b`,
  `\\b${SUBJECT} ha(?:s|d) (?:(?:now|since|meanwhile|already|all|then|long|finally|in the meantime) ){0,2}been (?:now )?${DONE}\\b`,
  `\\b(?:ist|wurde|war) (?:das|dies|es)(?: (?:inzwischen|mittlerweile|schon|bereits|dann|längst|jetzt|nun)){0,2} ${DONE}\\b`,
  `\\bwe (?:have )?(?:since |already |then )?(?:fixed|solved|resolved|repaired|corrected) (?:that|this|it)\\b`,
  `[,;(–—-] {0,2}(?:(?:since|now|meanwhile|already|long|inzwischen|mittlerweile|bereits|längst) ){0,2}${DONE}\\b(?=[ ]{0,2}(?:[).,;!]|$|by |with |on |am |durch ))`,
].join("|"), "i");
/** Any word of the above: looked for first, since most texts have none. */
const MAY_BE_SOLVED = new RegExp(DONE, "i");
const PAST = /\b(?:yesterday|last|previous(?:ly)?|earlier|former(?:ly)?|in the past|back then|once|ago|used to|had|got|was|were|came|saw|answered|failed|returned|showed|threw|reported|refused|gave|gestern|vorgestern|letzte[rnsm]?|vorige[rnsm]?|früher|damals|hatten?|kam|war(?:en)?|bekam(?:en)?|meldeten?|lieferten?|zeigten?|brachten?)\b/i;
const PRESENT = /\b(?:now|today|since|currently|still|again|keeps?|heute|jetzt|seit|seither|immer noch|erneut|aktuell)\b/i;
/** It was not solved, was believed to be, or came back. */
const DOUBTED = /\b(?:not|never|until|unless|if|whether|should|hope[ds]?|thought|believed?|supposed|seem(?:s|ed)|want|must|has to|have to|needs? to|please|nicht|nie|bis|wenn|falls|ob|soll|sollte|muss|bitte|dachten?|scheint|scheinbar)\b/i;
/** It is asked, or told what will be when it is. */
const OPEN = /\b(?:once|as soon as|before|when|how|who|can|could|will|would|may|might|sobald|bevor|wann|wie|wer|kann|könnte|wird|werden|würde)\b[^.,;:]{0,60}$/i;
const CAME_BACK = /\b(?:but|however|yet|again|still|back|same|aber|jedoch|trotzdem|dennoch|wieder|erneut|immer noch|gleiche[rnsm]?)\b/i;

/** Lines above and below that are looked at. */
const REACH = 12;
const LONGEST = 1000;
const TIME = /\d\d:\d\d:\d\d/;
const NEW_ITEM = /^[> \t]{0,12}(?:[-*•]|\d{1,2}[.)])[ \t]/;
/** Words of a sentence: lines of programs have fewer, or marks that no sentence has. */
const PROSE = /^[> \t*•-]{0,12}(?:[^\s{}<>|=\\]{1,40}[ ,;:]{1,2}){3}/;

/**
 * Whether the sentence of a person around this place tells of a case that is done with: "Last month the till got 403.7 because the key was
 * gone. That was solved by importing the PFX." Nothing of it is a symptom of the case at hand.
 */
export function isToldAsSolved(source: SourceText, offset: number): boolean {
  const index = lineIndexAt(source, offset);
  if (!isProse(source, index)) return false;
  let first = index;
  while (first > 0 && index - first < REACH && !startsItem(source, first) && isProse(source, first - 1)) first--;
  let last = index;
  while (last + 1 < source.lineStarts.length && last - index < REACH && !startsItem(source, last + 1) && isText(source, last + 1)) last++;
  const start = lineSpan(source, first).start;
  const paragraph = source.text.slice(start, lineSpan(source, last).end).replace(/[\r\n\t\u00A0>]/g, " ");
  if (!MAY_BE_SOLVED.test(paragraph)) return false;
  const sentences = sentencesOf(paragraph);
  const at = sentences.findIndex(({ end }) => offset - start < end);
  const own = sentences[at];
  return own !== undefined && isSolved(own.text, offset - start - own.start, sentences.slice(at + 1, at + 4).map(({ text }) => text));
}

function isSolved(own: string, place: number, following: readonly string[]): boolean {
  const within = SOLVED.exec(own.slice(place));
  const told = own.slice(0, within === null ? own.length : place + within.index);
  if (PRESENT.test(told) || DOUBTED.test(told.slice(place))) return false;
  if (within !== null) {
    const rest = own.slice(place + within.index + within[0].length);
    if (isOpen(told.slice(place), rest)) return false;
    return !CAME_BACK.test(`${rest} ${following[0] ?? ""}`) && !DOUBTED.test(rest) && (PAST.test(told) || rest.trim().length < 3 || within[0].startsWith("("));
  }
  if (!PAST.test(told)) return false;
  // "Because somebody had removed the key. It took an hour. That was solved by …": what stands between may explain, and bring up nothing new.
  const solving = following.slice(0, 2).findIndex((sentence) => SOLVED.test(sentence));
  const solution = following[solving];
  if (solution === undefined || following.slice(0, solving).some((sentence) => PRESENT.test(sentence))) return false;
  const match = SOLVED.exec(solution);
  const before = solution.slice(0, match?.index ?? 0);
  const after = solution.slice((match?.index ?? 0) + (match?.[0].length ?? 0));
  return !DOUBTED.test(before) && !isOpen(before, after) && !CAME_BACK.test(`${before} ${after} ${following[solving + 1] ?? ""}`);
}

function isOpen(before: string, after: string): boolean {
  return OPEN.test(before) || after.trimEnd().endsWith("?");
}

/** A line within a paragraph: not empty, and without the time that programs print. */
function isText(source: SourceText, index: number): boolean {
  const line = startOfLine(source, index, LONGEST);
  return line.replace(/[> \t]/g, "") !== "" && line.length < LONGEST && !TIME.test(line);
}

function isProse(source: SourceText, index: number): boolean {
  return isText(source, index) && PROSE.test(startOfLine(source, index, LONGEST));
}

function startsItem(source: SourceText, index: number): boolean {
  return NEW_ITEM.test(startOfLine(source, index, LONGEST));
}

interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function sentencesOf(paragraph: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const mark of paragraph.matchAll(/[.!?](?= |$)/g)) {
    const end = mark.index + 1;
    sentences.push({ text: paragraph.slice(start, end), start, end });
    start = end;
  }
  if (start < paragraph.length) sentences.push({ text: paragraph.slice(start), start, end: paragraph.length });
  return sentences;
}
