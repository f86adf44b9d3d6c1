import { describe, expect, test } from "@jest/globals";
import { canonicalType, describeDifference, isReadableName, makeName, nameKey, sameName, type Name, type Rdn } from "../../src/model/name.ts";

/** A name of single-valued RDNs, root first, written `C=US|O=Lab`; members of one RDN are joined with `+`. */
function name(text: string): Name {
  const rdns: Rdn[] = text.split("|").map((rdn) => rdn.split("+").map((part) => {
    const at = part.indexOf("=");
    return { type: part.slice(0, at), value: part.slice(at + 1) };
  }));
  return makeName(text, rdns, null);
}

describe("canonicalType", () => {
  test.each([
    ["S", "ST"], ["ST", "ST"], ["stateOrProvinceName", "ST"], ["emailAddress", "E"], ["EMAIL", "E"], ["E", "E"], ["1.2.840.113549.1.9.1", "E"],
    ["OID.1.2.840.113549.1.9.1", "E"], ["streetAddress", "street"], ["STREET", "street"], ["2.5.4.97", "organizationIdentifier"],
    ["oid.2.5.4.3", "CN"], ["commonName", "CN"], ["G", "GN"], ["T", "title"], ["SERIALNUMBER", "serialNumber"], ["DC", "DC"],
    ["OID.1.2.3.4", "1.2.3.4"], ["1.2.3.4", "1.2.3.4"], ["shoeSize", "SHOESIZE"], [" cn ", "CN"],
  ])("%s is %s", (printed, canonical) => {
    expect(canonicalType(printed)).toBe(canonical);
  });
});

describe("rfc4514", () => {
  test.each([
    ["C=US|O=VeriSign, Inc.|CN=x", "CN=x,O=VeriSign\\, Inc.,C=US"],
    ["O=Quote \"Inc\" & Sons|CN=A; <D>", "CN=A\\; \\<D\\>,O=Quote \\\"Inc\\\" & Sons"],
    ["CN= both ends ", "CN=\\ both ends\\ "],
    ["CN=#hash", "CN=\\#hash"],
    ["CN=Tab\there", "CN=Tab\\09here"],
    ["CN=back\\slash", "CN=back\\\\slash"],
    ["C=US|serialNumber=12+OU=Sales+CN=Many", "CN=Many+OU=Sales+serialNumber=12,C=US"],
    ["1.3.6.1.4.1.311.99.5=custom oid value|CN=x", "CN=x,1.3.6.1.4.1.311.99.5=#0C10637573746F6D206F69642076616C7565"],
    ["1.2.3=#0500", "1.2.3=#0500"],
  ])("%s", (text, expected) => {
    expect(name(text).rfc4514).toBe(expected);
  });

  test("a long value of a dotted type has its length in more bytes", () => {
    expect(name(`1.2.3=${"a".repeat(200)}`).rfc4514.slice(0, 14)).toBe("1.2.3=#0C81C86");
    expect(name(`1.2.3=${"a".repeat(300)}`).rfc4514.slice(0, 16)).toBe("1.2.3=#0C82012C6");
    expect(name(`1.2.3=${"a".repeat(70000)}`).rfc4514.slice(0, 16)).toBe("1.2.3=#0C8301117");
  });
});

describe("sameName", () => {
  test.each([
    ["case, blanks and composed letters do not count", "C=US|O=Lab  Inc|CN=Caf\u00E9", "C=us|O=lab inc |CN=CAFE\u0301"],
    ["a no-break blank is a blank", "O=Lab Inc", "O=Lab\u00A0Inc"],
    ["the whole order may be reversed", "C=US|O=Lab|CN=Root", "CN=Root|O=Lab|C=US"],
    ["a multi-valued RDN may have been printed as several", "C=EE|OU=ESTEID+O=Klass|CN=x", "C=EE|O=Klass|OU=ESTEID|CN=x"],
  ])("%s", (_, a, b) => {
    expect(sameName(name(a), name(b))).toBe(true);
    expect(nameKey(name(a))).toBe(nameKey(name(b)));
  });

  test.each([
    ["another value", "C=US|CN=Root G2", "C=US|CN=Root G3"],
    ["one attribute more", "C=US|CN=Root", "C=US|OU=PKI|CN=Root"],
    ["the same attribute twice", "OU=a|CN=Root", "OU=a|OU=a|CN=Root"],
    ["the same value under another type", "O=Lab", "OU=Lab"],
    ["a comma more", "O=Fabrikam, Inc.", "O=Fabrikam Inc."],
  ])("differs by %s", (_, a, b) => {
    expect(sameName(name(a), name(b))).toBe(false);
    expect(nameKey(name(a))).not.toBe(nameKey(name(b)));
  });

  test("what is no name equals only itself", () => {
    const broken = makeName("???", [], "no name");
    expect(isReadableName(broken)).toBe(false);
    expect(sameName(broken, makeName("???", [], null))).toBe(true);
    expect(sameName(broken, makeName("", [], null))).toBe(false);
    expect(isReadableName(name("CN=x"))).toBe(true);
  });
});

describe("describeDifference", () => {
  test.each([
    ["C=US|O=Fabrikam, Inc.|CN=Root G2", "C=US|O=Fabrikam Inc.|CN=Root G2", "same CN, other O: O=Fabrikam, Inc. here, O=Fabrikam Inc. there"],
    ["C=US|O=Lab|CN=Root", "C=US|O=Lab|OU=PKI|CN=Root", "same CN, but OU=PKI is only in the other name"],
    ["C=US|O=Lab|OU=PKI|CN=Root", "C=US|O=Lab|CN=Root", "same CN, but OU=PKI is only in this name"],
    ["C=US|O=Lab|CN=Lab Root CA G2", "C=US|O=Lab|CN=Lab Root CA G3", "all the same but the CN: CN=Lab Root CA G2 here, CN=Lab Root CA G3 there"],
    ["C=FR|O=Soci\uFFFDt\uFFFD|CN=x", "C=FR|O=Soci\u00E9t\u00E9|CN=x", "the same but for characters that an encoding destroyed: O=Soci\uFFFDt\uFFFD here, O=Soci\u00E9t\u00E9 there"],
    ["OU=Class 3|O=VeriSign", "OU=Class 3|O=Verisign, Inc.", "same OU, other O: O=VeriSign here, O=Verisign, Inc. there"],
  ])("%s and %s", (a, b, expected) => {
    expect(describeDifference(name(a), name(b))).toBe(expected);
  });

  test.each([
    ["C=US|CN=Root", "C=US|CN=Root"],
    ["C=US|O=Lab|CN=Root", "C=US|O=Lab|CN=Something else"],
    ["C=US|O=DigiCert|CN=a", "C=DE|O=Telekom|CN=b"],
    ["CN=a", "CN=b"],
  ])("says nothing about %s and %s", (a, b) => {
    expect(describeDifference(name(a), name(b))).toBeNull();
  });

  test("says nothing about what is no name", () => {
    expect(describeDifference(makeName("?", [], null), name("CN=x"))).toBeNull();
  });
});
