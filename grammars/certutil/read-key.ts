import type { KeyAssociation, KeyTest } from "../../src/model/fact.ts";
import { located, type Located, type Span } from "../../src/text/source-text.ts";
import type { Entry, Field, Plain } from "./entry.ts";
import { labelOf } from "./labels/index.ts";
import { isPlaceholder, isProviderName } from "./line-kind.ts";
import { wholeText } from "./read-extension.ts";

/** What a key block prints, in printed order: fields, constants and status lines that stand in or after it. */
export type KeyLine = Field | Plain;

/** Types of the providers of Windows that are no key storage providers; decides how a bare number of an old version is meant. */
const PROVIDER_TYPES: Readonly<Record<string, number>> = {
  "microsoft rsa schannel cryptographic provider": 12,
  "microsoft dh schannel cryptographic provider": 18,
  "microsoft enhanced rsa and aes cryptographic provider": 24,
};
/** Highest PROV_* number of wincrypt.h. */
const HIGHEST_TYPE = 24;
/** CRYPT_MACHINE_KEYSET. */
const MACHINE_KEYSET = 0x20;
/** CRYPT_EXPORT among the bits of KP_PERMISSIONS; NCRYPT_ALLOW_EXPORT_FLAG among those of Export Policy. */
const CRYPT_EXPORT = 0x04;
const NCRYPT_ALLOW_EXPORT = 0x01;
const NCRYPT_USAGES: readonly (readonly [number, string])[] = [
  [0x1, "NCRYPT_ALLOW_DECRYPT_FLAG"], [0x2, "NCRYPT_ALLOW_SIGNING_FLAG"], [0x4, "NCRYPT_ALLOW_KEY_AGREEMENT_FLAG"],
];

/** `0x80090016 (-2146893802 NTE_BAD_KEYSET)`, `0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)` */
export const HRESULT = /\b0x([89a-f][0-9a-f]{7})\b(?:[ \u00A0]{0,2}\((?:(?:WIN32|HTTP|INET|NTSTATUS)?:?[ \u00A0]?-?\d{1,12})?[ \u00A0]?([A-Z][A-Z0-9_]{3,60})?)?/i;

/** What the lines of one certificate, or of a key block without one, say about the private key. */
export function readKey(lines: readonly KeyLine[], ending: Extract<Entry, { kind: "ending" }> | null, isCard: boolean): KeyAssociation {
  const fields = lines.filter((line) => line.kind === "field");
  const provider = printed(fields.find((field) => isProvider(field) && field.value !== null));
  const container = containerOf(fields, isCard);
  const providerType = providerTypeOf(fields, provider?.value ?? null);
  const flags = hexNumber(roleOf(fields, "flags"));
  const machine = lines.find((line) => line.kind === "constant" && /^CRYPT\\?_MACHINE\\?_KEYSET\b/.test(line.text));
  const tests = testsOf(lines);
  const none = lines.find((line) => line.id === "no-provider");
  // A test needs a key, and `Missing stored keyset` an association, even where a cut paste lost the lines that name it.
  const linked: { readonly span: Span } | null = provider ?? container ?? printed(fields.find((field) => roleIs(field, "key-container"))) ?? tests[0] ?? lines.find((line) => line.id === "missing-keyset") ?? null;
  const error = errorOf(lines, linked === null ? null : ending);
  return {
    linked: linked !== null ? located(true, linked.span) : none ? located(false, none.span) : null,
    container,
    uniqueContainer: unescaped(printed(fields.find((field) => field.value !== null && (field.id === "unique-container" || field.id === "simple-container")) ?? unknownUnique(fields))),
    provider,
    providerType,
    flags,
    machineKeyset: flags !== null ? located((flags.value & MACHINE_KEYSET) !== 0, flags.span) : machine && linked !== null ? located(true, machine.span) : null,
    keySpec: keySpecOf(fields, provider?.value ?? null),
    cngKeyUsage: cngUsageOf(lines),
    tests,
    exportable: exportableOf(lines),
    error,
    status: statusOf(lines, tests, linked, error),
  };
}

function printed(field: Field | undefined): Located<string> | null {
  return field?.value == null || isPlaceholder(field.value.value) ? null : field.value;
}

/** Markdown puts a backslash before an underscore, which stands in most names of key files. */
function unescaped<T extends Located<string> | null>(name: T): T | Located<string> {
  return name === null ? name : located(name.value.replace(/\\_/g, "_"), name.span);
}

function roleIs(field: Field, id: Field["id"]): boolean {
  return field.id === id;
}

/** A provider by its label, or by a value that only a provider has. */
export function isProvider(field: Field): boolean {
  return field.sign === "=" && (field.id === "provider" || (field.id === null && field.value !== null && isProviderName(field.value.value)));
}

/** `Key Container = X`; `(null)` asks for no container by name, `[Default Container]` is a remark of -scinfo. */
function containerOf(fields: readonly Field[], isCard: boolean): Located<string> | null {
  const known = fields.filter((field) => field.id === "key-container");
  const candidates = known.length > 0 ? known : unknownContainers(fields);
  for (const field of candidates) {
    const value = printed(field);
    if (value === null || /^\(null\)/i.test(value.value)) continue;
    const remark = isCard ? (/[ \u00A0]{1,3}\[[^\]]{1,60}\]$/.exec(value.value)?.[0].length ?? 0) : 0;
    return unescaped(located(value.value.slice(0, value.value.length - remark), { ...value.span, end: value.span.end - remark }));
  }
  return null;
}

/** In a language nobody knows: the ` = ` line before the provider, with at most one other line between. */
function unknownContainers(fields: readonly Field[]): readonly Field[] {
  const at = fields.findIndex(isProvider);
  const before = fields.slice(Math.max(0, at - 2), Math.max(0, at));
  return before.filter((field) => field.id === null && field.sign === "=" && field.value !== null);
}

function unknownUnique(fields: readonly Field[]): Field | undefined {
  const at = fields.findIndex(isProvider);
  const before = at > 0 ? fields[at - 1] : undefined;
  const container = at > 1 ? fields[at - 2] : undefined;
  return before?.id === null && before.sign === ":" && container?.sign === "=" ? before : undefined;
}

/**
 * The field with a role: by its label, or by its place among the ` = ` lines that follow the provider of an association:
 * type, flags, key specification.
 */
function roleOf(fields: readonly Field[], id: "provider-type" | "flags" | "key-spec"): Field | undefined {
  const at = fields.findIndex(isProvider);
  // Other sections of a verbose listing have a line `Flags =`, too: the association's stands behind its provider.
  const isKnown = (field: Field): boolean => field.id === id && field.value !== null;
  const known = fields.slice(Math.max(0, at)).find(isKnown) ?? (id === "flags" ? undefined : fields.find(isKnown));
  if (known) return known;
  if (at < 0) return undefined;
  const order = ["provider-type", "flags", "key-spec"] as const;
  const following = fields.slice(at + 1, at + 4).filter((field) => field.sign === "=" && /^[0-9a-f]{1,8}(?:[ \u00A0]|$)/i.test(field.value?.value ?? ""));
  const placed = following[order.indexOf(id)];
  return placed?.id === null ? placed : undefined;
}

/** Numbers are hexadecimal: `20 (32)`, in older versions `20`. */
function hexNumber(field: Field | undefined): Located<number> | null {
  const digits = /^(?:0x)?([0-9a-f]{1,8})(?=[ \u00A0(]|$)/i.exec(field?.value?.value ?? "");
  if (!field?.value || !digits) return null;
  const span = { ...field.value.span, end: field.value.span.start + digits[0].length };
  return located(Number.parseInt(digits[1] as string, 16), span);
}

/** A type that is none in hexadecimal, or that the provider's name contradicts, was printed as a decimal number. */
function providerTypeOf(fields: readonly Field[], provider: string | null): Located<number> | null {
  const field = roleOf(fields, "provider-type");
  const type = hexNumber(field);
  if (type === null || /\(\d{1,4}\)/.test(field?.value?.value ?? "")) return type;
  const decimal = /^\d{1,2}(?=[ \u00A0]|$)/.exec(field?.value?.value ?? "")?.[0];
  const expected = provider === null ? undefined : PROVIDER_TYPES[provider.toLowerCase()];
  if (decimal !== undefined && (type.value > HIGHEST_TYPE || (expected === Number(decimal) && expected !== type.value))) return located(Number(decimal), type.span);
  return type;
}

const KEY_SPEC_NAMES: readonly (readonly [RegExp, 0 | 1 | 2])[] = [
  [/AT\\?_KEYEXCHANGE/, 1], [/XCN\\?_AT\\?_NONE/, 0], [/AT\\?_SIGNATURE/, 2],
];

/** `KeySpec = 1 -- AT_KEYEXCHANGE` under any label, `KeySpec = 1`, or `<provider>: KeySpec=1` for the provider of the association. */
function keySpecOf(fields: readonly Field[], provider: string | null): Located<0 | 1 | 2> | null {
  const named = fields.find((field) => field.sign === "=" && /^[012][ \u00A0]{0,4}(?:-{1,2}|[\u2013\u2014])[ \u00A0]{0,4}(?:AT|XCN)\\?_/.test(field.value?.value ?? ""));
  const field = roleOf(fields, "key-spec") ?? named;
  const number = hexNumber(field);
  if (number !== null && number.value <= 2) return located(number.value as 0 | 1 | 2, field?.value?.span ?? number.span);
  for (const [pattern, value] of KEY_SPEC_NAMES) {
    if (field?.value && pattern.test(field.value.value)) return located(value, field.value.span);
  }
  const tested = fields.find((other) => other.sign === ":" && (provider === null || other.label.value === provider) && isProviderName(other.label.value)
    && /^KeySpec[ ]?=[ ]?[012]\b/.test(other.value?.value ?? ""));
  if (!tested?.value) return null;
  return located(Number(/[012]/.exec(tested.value.value)?.[0]) as 0 | 1 | 2, tested.value.span);
}

/** `Key Usage = 3` of the CNG section and the constants below it. */
function cngUsageOf(lines: readonly KeyLine[]): Located<readonly string[]> | null {
  const at = lines.findIndex((line) => line.kind === "field" && line.id === "cng-key-usage");
  const field = lines[at];
  const constants = lines.filter((line) => line.kind === "constant" && /^NCRYPT\\?_ALLOW\\?_\w/.test(line.text) && !/EXPORT|ARCHIV/.test(line.text));
  const names = constants.map((line) => /^[A-Z0-9_\\]+/.exec(wholeText(line))?.[0].replace(/\\/g, "") ?? "");
  const first = field ?? constants[0];
  if (first === undefined) return null;
  const bits = field?.kind === "field" ? (hexNumber(field)?.value ?? 0) : 0;
  const decoded = NCRYPT_USAGES.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
  return located(names.length > 0 ? names : decoded, { ...first.span, end: (constants.at(-1) ?? first).span.end });
}

/** `Encryption test passed`, `Public key matching test succeeded`, `AES256+RSAES_OAEP(RSA:AT_KEYEXCHANGE) test passed`, … */
function testsOf(lines: readonly KeyLine[]): readonly Located<KeyTest>[] {
  const tests: Located<KeyTest>[] = [];
  const add = (name: KeyTest["name"], passed: boolean, span: Span): void => void tests.push(located({ name, passed }, span));
  for (const line of lines) {
    if (line.kind === "field") {
      if (line.id === "error" && line.value !== null && labelOf(line.value.value) === "key-mismatch") add("public-key-match", false, line.span);
      continue;
    }
    switch (line.id) {
      case "encryption-passed": add("encryption", true, line.span); continue;
      case "encryption-failed": add("encryption", false, line.span); continue;
      case "signature-passed": add("signature", true, line.span); continue;
      case "signature-failed": add("signature", false, line.span); continue;
      case "matching-passed": add("public-key-match", true, line.span); continue;
      case "matching-failed": add("public-key-match", false, line.span); continue;
    }
    const found = line.kind === "status" ? /^(.{0,140}?)\btest (passed|succeeded|FAILED)\b/i.exec(line.text) : null;
    if (!found) continue;
    const what = (found[1] as string).toLowerCase();
    add(what.includes("matching") ? "public-key-match" : what.includes("sign") ? "signature" : "encryption", !/failed/i.test(found[2] as string), line.span);
  }
  return tests;
}

function exportableOf(lines: readonly KeyLine[]): Located<boolean> | null {
  for (const line of lines) {
    if (line.id === "not-exportable") return located(false, line.span);
    // The key may leave the machine encrypted, as a PFX file does it.
    if (line.id === "not-plain-exportable") return located(true, line.span);
  }
  for (const line of lines) {
    if (line.kind !== "field") continue;
    const bits = hexNumber(line);
    if (bits === null) continue;
    if (line.id === "key-permissions") return located((bits.value & CRYPT_EXPORT) !== 0, line.span);
    if (line.id === "export-policy") return located((bits.value & NCRYPT_ALLOW_EXPORT) !== 0, line.span);
  }
  return null;
}

/** The HRESULT of a failed test, or of the command if it broke off at this key. */
function errorOf(lines: readonly KeyLine[], ending: Extract<Entry, { kind: "ending" }> | null): Located<string> | null {
  for (const line of lines) {
    const text = wholeText(line);
    const code = HRESULT.exec(text);
    if (code && (line.kind === "status" || line.id === "error" || line.id === "cannot-open" || /FAILED|ERROR/.test(text))) return located(`0x${(code[1] as string).toLowerCase()}`, line.span);
  }
  const code = ending === null ? null : HRESULT.exec(ending.text);
  // 0x8009…: NTE_* and CRYPT_E_*, the errors of opening a key; 0x8010…: those of smart cards.
  return ending !== null && code !== null && /^80(?:09|10)/.test(code[1] as string) ? located(`0x${(code[1] as string).toLowerCase()}`, ending.span) : null;
}

function statusOf(lines: readonly KeyLine[], tests: readonly Located<KeyTest>[], linked: { readonly span: Span } | null, error: Located<string> | null): KeyAssociation["status"] {
  const missing = lines.find((line) => line.id === "missing-keyset");
  if (missing) return located("missing", missing.span);
  const mismatch = tests.find((test) => test.value.name === "public-key-match" && !test.value.passed);
  if (mismatch) return located("unusable", mismatch.span);
  const passed = tests.find((test) => test.value.passed) ?? lines.find((line) => line.id === "key-verifies");
  if (passed) return located("usable", passed.span);
  const failed = tests.find((test) => !test.value.passed);
  if (failed) return located("unusable", failed.span);
  const closed = lines.find((line) => line.id === "cannot-open" && (linked !== null));
  if (closed) return located("unusable", closed.span);
  if (error !== null) return located("unusable", error.span);
  return linked === null ? null : located("untested", linked.span);
}
