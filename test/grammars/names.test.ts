import { describe, expect, test } from "@jest/globals";
import type { Name } from "../../src/model/name.ts";
import { isCutName, looksLikeName, readName, type Notation } from "../../grammars/shared/names/index.ts";

/** Root first, RDNs joined by ` | `, members of one RDN by ` + `. */
function shown(name: Name): string {
  return name.rdns.map((rdn) => rdn.map(({ type, value }) => `${type}=${value}`).join(" + ")).join(" | ");
}

describe.each<readonly [Notation, readonly (readonly [printed: string, expected: string])[]]>([
  ["x500", [
    ['C=US, O="VeriSign, Inc.", CN=Class 3 - G5', "C=US | O=VeriSign, Inc. | CN=Class 3 - G5"],
    ["S=Washington, L=Redmond, E=a@b.example", "ST=Washington | L=Redmond | E=a@b.example"],
    ['O=Northwind, OU="Class ""2"" Personal"', 'O=Northwind | OU=Class "2" Personal'],
    ["C=EE, OU=ESTEID + O=AS Klass, SERIALNUMBER=10747013 + CN=Klass3", "C=EE | OU=ESTEID + O=AS Klass | serialNumber=10747013 + CN=Klass3"],
    ['CN="  blanks "', "CN=  blanks "],
    ["OID.1.2.3.4=x, OID.2.5.4.97=VAT", "1.2.3.4=x | organizationIdentifier=VAT"],
    ["OU=www.entrust.net/CPS_2048 incorp. by ref. (limits liab.), CN=Entrust.net (2048)", "OU=www.entrust.net/CPS_2048 incorp. by ref. (limits liab.) | CN=Entrust.net (2048)"],
    ["O=\u201CVeriSign, Inc.\u201D, CN=x", "O=VeriSign, Inc. | CN=x"],
    ["CN=NT AUTHORITY", "CN=NT AUTHORITY"],
    ["DC=com, DC=contoso, CN=Users, CN=Jane", "DC=com | DC=contoso | CN=Users | CN=Jane"],
    ["CN=Example Root CA, OU=Certification, O=Example Inc., C=US", "CN=Example Root CA | OU=Certification | O=Example Inc. | C=US"],
    ["CN=Back\\slash", "CN=Back\\slash"],
    ["OU=GlobalSign Root CA - R3, O=GlobalSign, CN=GlobalSign", "OU=GlobalSign Root CA - R3 | O=GlobalSign | CN=GlobalSign"],
  ]],
  ["slash", [
    ["/C=US/O=VeriSign, Inc./CN=x", "C=US | O=VeriSign, Inc. | CN=x"],
    ["/O=AC/DC/OU=See www.entrust.net/legal-terms", "O=AC/DC | OU=See www.entrust.net/legal-terms"],
    ["/CN=Soci\\xC3\\xA9t\\xC3\\xA9", "CN=Soci\u00E9t\u00E9"],
    ["/O=\\x01\\x0C\\x00e\\x00s\\x00k/CN=x", "O=\u010Cesk | CN=x"],
    ["/CN=back\\slash and \\x41", "CN=back\\slash and \\x41"],
    ["/DC=com/DC=contoso/CN=Users/CN=Jane", "DC=com | DC=contoso | CN=Users | CN=Jane"],
    ["/O=NLB d.d./2.5.4.97=VATSI/emailAddress=a@b.example", "O=NLB d.d. | organizationIdentifier=VATSI | E=a@b.example"],
    ["/O=Multi/serialNumber=12345+OU=Sales+CN=Many", "O=Multi | serialNumber=12345 + OU=Sales + CN=Many"],
    ["/C=US/OU=http://www.usertrust.com/CN=UTN-USERFirst", "C=US | OU=http://www.usertrust.com | CN=UTN-USERFirst"],
    ["/O=A \\/ B/CN=1 \\+ 1", "O=A / B | CN=1 + 1"],
  ]],
  ["spaced", [
    ['C = US, O = "VeriSign, Inc.", CN = x', "C=US | O=VeriSign, Inc. | CN=x"],
    ["O = Quote \\\"Inc\\\" & Sons, CN = back\\\\slash", 'O=Quote "Inc" & Sons | CN=back\\slash'],
    ['CN = " blanks "', "CN= blanks "],
    ["O = Soci\\C3\\A9t\\C3\\A9, CN = Tab\\09here", "O=Soci\u00E9t\u00E9 | CN=Tab\there"],
    ["serialNumber = 12 + OU = Sales + CN = Many", "serialNumber=12 + OU=Sales + CN=Many"],
    ["CN = http://www.example.com/ca/CN=evil", "CN=http://www.example.com/ca/CN=evil"],
  ]],
  ["comma", [
    ["C=US, O=VeriSign, Inc., CN=x", "C=US | O=VeriSign, Inc. | CN=x"],
    ["C=CZ, O=\u010Cesk\u00E1 po\u0161ta, s.p.", "C=CZ | O=\u010Cesk\u00E1 po\u0161ta, s.p."],
    ["serialNumber=12 + OU=Sales + CN=Many", "serialNumber=12 + OU=Sales + CN=Many"],
    ["C=US, CN=x/emailAddress=a@b.example", "C=US | CN=x | E=a@b.example"],
    ["C=US, CN=Back\\\\slash", "C=US | CN=Back\\slash"],
    ["C=US, CN=Back\\slash", "C=US | CN=Back\\slash"],
    ["2.5.4.6=CZ; 2.5.4.10=\\U010Cesk, s.p.; 2.5.4.3=\\W0001F510", "C=CZ | O=\u010Cesk, s.p. | CN=\u{1F510}"],
    ["CN=x, DC=contoso, DC=com", "DC=com | DC=contoso | CN=x"],
    ["C=FR, O=Soci\\xC3\\xA9t\\xC3\\xA9", "C=FR | O=Soci\u00E9t\u00E9"],
  ]],
  ["rfc4514", [
    ["CN=x,O=Lab\\, Inc.,C=US", "C=US | O=Lab, Inc. | CN=x"],
    ["C=US,O=Lab\\, Inc.,OU=PKI,CN=Root", "C=US | O=Lab, Inc. | OU=PKI | CN=Root"],
    ["CN=\\ blanks\\ ,O=\\#1", "O=#1 | CN= blanks "],
    ['CN=Root, OU=PKI, O="Lab, Inc.", C=US', "C=US | O=Lab, Inc. | OU=PKI | CN=Root"],
    ["CN=x+OU=y,DC=contoso,DC=com", "DC=com | DC=contoso | CN=x + OU=y"],
    ["CN=x,1.2.3.4=#0C0361C3A9", "1.2.3.4=a\u00E9 | CN=x"],
    ["CN=x,1.2.3.4=#0500", "1.2.3.4=#0500 | CN=x"],
    ['O=Quote "Inc",CN=x', 'O=Quote "Inc" | CN=x'],
  ]],
  ["certutil", [
    ["CN=x, OU=NO LIABILITY ACCEPTED, (c)97 VeriSign, Inc., OU=VeriSign, Inc., C=US", "C=US | OU=VeriSign, Inc. | OU=NO LIABILITY ACCEPTED, (c)97 VeriSign, Inc. | CN=x"],
    ["C=US, O=Lab, CN=Root", "C=US | O=Lab | CN=Root"],
    ["DC=net + DC=windows + CN=MS-Organization-Access + OU=82db", "DC=net + DC=windows + CN=MS-Organization-Access + OU=82db"],
    ["E=a@b.example, CN=x, S=UT, DC=corp, DC=com", "DC=com | DC=corp | ST=UT | CN=x | E=a@b.example"],
  ]],
  ["lines", [
    ["    CN=Issuing CA 01\r\n    DC=corp\r\n    DC=contoso\r\n    DC=com", "DC=com | DC=contoso | DC=corp | CN=Issuing CA 01"],
    ["countryName               = US\norganizationName          = Lab, Inc.\ncommonName                = x", "C=US | O=Lab, Inc. | CN=x"],
    ["CN=x + OU=y\nO=z", "O=z | CN=x + OU=y"],
  ]],
])("%s", (notation, cases) => {
  test.each(cases)("%s", (printed, expected) => {
    const name = readName(printed, notation);
    expect(shown(name)).toBe(expected);
    expect(name.printed).toBe(printed);
    expect(name.doubt).toBeNull();
  });
});

describe("doubt", () => {
  test.each<readonly [Notation, string, string, RegExp]>([
    ["slash", "/C=DE/CN=http://www.example.com/ca/CN=evil", "C=DE | CN=http://www.example.com/ca/CN=evil", /"\/CN=" occurs twice/],
    ["slash", "/C=US/CN=subject=/C=US/CN=fake", "C=US | CN=subject=/C=US/CN=fake", /"\/CN=" occurs twice/],
    ["slash", "/C=ES/O=Certificaci\\xF3n", "C=ES | O=Certificaci\u00F3n", /Latin-1/],
    ["slash", "\u2026/DC=com/CN=CA Emmanubo", "DC=com | CN=CA Emmanubo", /beginning was cut/],
    ["slash", `/O=${"a".repeat(240)}`, `O=${"a".repeat(240)}`, /256 characters/],
    ["comma", "C=US, O=X, CN=Y, CN=Z", "C=US | O=X | CN=Y | CN=Z", /CN stands 2 times/],
    ["certutil", "CN=a, O=X, O=Y, C=US", "C=US | O=Y | O=X | CN=a", /O stands 2 times/],
    ["x500", "C=US, O=Foo, Inc., CN=x", "C=US | O=Foo, Inc. | CN=x", /bare comma/],
    ["x500", "C=US, O=Foo...", "C=US | O=Foo...", /end was cut/],
    ["slash", "/C=US/.../CN=x", "C=US/... | CN=x", /a part of it was cut out/],
    ["x500", "C=FR, O=Soci\uFFFDt\uFFFD", "C=FR | O=Soci\uFFFDt\uFFFD", /characters were lost/],
    ["x500", "CN=a=b", "CN=a=b", /"="/],
    ["lines", "CN=a\nlong name\nO=b", "O=b | CN=a\nlong name", /continued on the next line/],
    ["spaced", "CN = \\F3", "CN=\u00F3", /Latin-1/],
  ])("%s %s", (notation, printed, expected, doubt) => {
    const name = readName(printed, notation);
    expect(shown(name)).toBe(expected);
    expect(name.doubt).toMatch(doubt);
  });

  test("two CNs of a directory are no reason for doubt", () => {
    expect(readName("CN=Jane, CN=Users, DC=contoso, DC=com", "certutil").doubt).toBeNull();
  });
});

describe("what is not one whole name has no RDNs", () => {
  test.each<readonly [Notation, string, RegExp]>([
    // Two names that a web page merged; its text has no token that holds a dot.
    ["x500", 'C=US, O="Lab, Inc.", OU=Class 3 Authority, incorp. by ref. (limits liab.), OU=(c) 1999 Limited, Authority (2048)', /merged/],
    ["x500", 'O="VeriSign, Inc., CN=x', /not closed/],
    ["x500", "C=US, O=Equifax, OU=Equifax Secure CertificateC=US, O=b", /inside an unquoted value/],
    ["x500", "C=US, O=Eq, CN=a, C=DE, O=b, CN=c", /two names/],
    ["x500", "CN=NT AUTHORITYCN=Foo", /inside an unquoted value/],
    ["x500", "C=US, O=Eq, CN=a, O=b, CN=c", /two names/],
    ["x500", 'O="Lab" Inc, CN=x', /beside a quoted value/],
    ["x500", "Some text", /TYPE=value/],
    ["slash", "/just a path", /TYPE=value/],
    ["certutil", "EMPTY (DNS Name=host.example)", /empty/],
    ["comma", "  ", /empty/],
    ["lines", "", /empty/],
    ["spaced", "CN", /TYPE=value/],
  ])("%s %s", (notation, printed, doubt) => {
    const name = readName(printed, notation);
    expect(name.rdns).toEqual([]);
    expect(name.rfc4514).toBe("");
    expect(name.doubt).toMatch(doubt);
  });
});

test.each<readonly [string, Notation | null]>([
  ["/C=US/O=Lab", "slash"], ["\u2026/DC=com/CN=x", "slash"], ["C = US, O = Lab", "spaced"], ['C=US, O="Lab, Inc."', "x500"],
  ["CN=x,O=Lab,C=US", "rfc4514"], ["  C=US, O=Lab, Inc.", "comma"], ["2.5.4.3=x", "comma"], ["CN=x", "comma"],
  ["GET /path?C=US", null], ["Value = 1", null], ["/usr/bin/env", null], ["", null], ["Number of issuer(s) : 2", null],
])("looksLikeName(%j) is %s", (line, notation) => {
  expect(looksLikeName(line)).toBe(notation);
});

test.each<readonly [string, boolean]>([
  ["C=US, O=Ver...", true], ["C=US, O=Ver\u2026", true], ["\u2026/DC=com", true], ["C=US, O=Ver [...] ", true], ["O=Inc.", false], ["O=a..b", false],
])("isCutName(%j) is %s", (printed, cut) => {
  expect(isCutName(printed)).toBe(cut);
});

test("text longer than any name can be is no name", () => {
  const name = readName(`/CN=${"a".repeat(300_000)}`, "slash");
  expect([name.rdns, name.doubt]).toEqual([[], "longer than any name can be"]);
  expect(readName(`/CN=${"a".repeat(60_000)}`, "slash").rdns).toHaveLength(1);
});
