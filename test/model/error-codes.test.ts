import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { alerts, findAlert, findAlertByName } from "../../src/model/alerts.ts";
import {
  errorCodes, findErrorByDecimal, findErrorByHex, findErrorByName, findErrorCode, findSchannelEvent, findVerifyError, signedDecimal,
} from "../../src/model/error-codes.ts";
import { findHttpStatus, httpStatuses } from "../../src/model/http-status.ts";

describe("the catalogue of codes", () => {
  test("names are unique and every entry says something", () => {
    expect(new Set(errorCodes.map((code) => code.name)).size).toBe(errorCodes.length);
    for (const code of errorCodes) expect(code.meaning).toMatch(/^[A-Z.a-z].{10,}\.$/);
  });

  test("a hexadecimal code is eight lower-case digits and agrees with its decimal", () => {
    for (const code of errorCodes.filter((entry) => entry.hex !== null)) {
      expect(code.hex).toMatch(/^0x[0-9a-f]{8}$/);
      expect(Number(code.hex)).toBe(code.decimal);
    }
  });

  // Number, unsigned and signed decimal as Windows prints them.
  test.each([
    ["NTE_BAD_KEYSET", "0x80090016", 2148073494, -2146893802],
    ["SEC_E_ALGORITHM_MISMATCH", "0x80090331", 2148074289, -2146893007],
    ["SEC_E_UNKNOWN_CREDENTIALS", "0x8009030d", 2148074253, -2146893043],
    ["CERT_E_UNTRUSTEDROOT", "0x800b0109", 2148204809, -2146762487],
    ["CRYPT_E_REVOCATION_OFFLINE", "0x80092013", 2148081683, -2146885613],
    ["SCARD_F_INTERNAL_ERROR", "0x80100001", 2148532225, -2146435071],
    ["ERROR_FILE_NOT_FOUND", "0x80070002", 2147942402, -2147024894],
  ])("%s is found in every printed form", (name, hex, unsigned, signed) => {
    const code = findErrorByName(name);
    expect(code?.hex).toBe(hex);
    expect(code?.decimal).toBe(unsigned);
    for (const found of [
      findErrorByName(name.toLowerCase()), findErrorByHex(hex), findErrorByHex(hex.toUpperCase().replace("0X", "0x")), findErrorByHex(hex.slice(2)),
      findErrorByDecimal(unsigned), findErrorByDecimal(signed), findErrorCode(name), findErrorCode(hex), findErrorCode(String(signed)), findErrorCode(` ${unsigned} `),
    ]) expect(found).toBe(code);
    expect(code && signedDecimal(code)).toBe(signed);
  });

  test("a Win32 number is found as itself and as the HRESULT made of it", () => {
    expect(findErrorByDecimal(5)?.name).toBe("ERROR_ACCESS_DENIED");
    expect(findErrorByHex("0x80070005")?.name).toBe("ERROR_ACCESS_DENIED");
    expect(findErrorByDecimal(12186)?.name).toBe("ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY");
    expect(findErrorByHex("80072f9a")?.name).toBe("ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY");
    expect(findErrorByHex("0x00002746")?.name).toBe("WSAECONNRESET");
  });

  test("what is no code is not found, and nothing throws", () => {
    for (const text of ["", "0x", "0xg", "80090331x", "1e5", "Infinity", "-", "0x800903310", "constructor", "__proto__"]) expect(findErrorCode(text)).toBeNull();
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 33, -(2 ** 40)]) expect(findErrorByDecimal(number)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => {
      const found = findErrorCode(text);
      return found === null || errorCodes.includes(found);
    }));
  });

  test("verification results and events have their own numbers", () => {
    expect(findVerifyError(26)?.name).toBe("X509_V_ERR_INVALID_PURPOSE");
    expect(findVerifyError(20)?.name).toBe("X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY");
    expect(findVerifyError(1000)).toBeNull();
    expect(findSchannelEvent(36885)?.meaning).toContain("cut");
    expect(findSchannelEvent(36867)).toBeNull();
    expect(findErrorCode("36870")?.name).toBe("SCHANNEL_EVENT_36870");
  });

  test("a code that both sides print says nothing about arrival", () => {
    for (const code of errorCodes.filter((entry) => entry.side === "either" && entry.name !== "BORINGSSL_NO_RENEGOTIATION")) expect([code.name, code.arrived]).toEqual([code.name, null]);
  });
});

describe("alerts", () => {
  test("numbers and names are unique and lead to the same alert", () => {
    expect(new Set(alerts.map((alert) => alert.number)).size).toBe(alerts.length);
    for (const alert of alerts) {
      expect(findAlert(alert.number)).toBe(alert);
      expect(findAlertByName(alert.name.replaceAll("_", " ").toUpperCase())).toBe(alert);
    }
  });

  test("empty against refused", () => {
    expect([41, 116].map((number) => findAlert(number)?.arrived)).toEqual([false, false]);
    expect([43, 44, 45, 46, 48, 51].map((number) => findAlert(number)?.arrived)).toEqual([true, true, true, true, true, true]);
    // JDK and older Go servers send bad_certificate for an empty list, too.
    expect(findAlert(42)?.arrived).toBeNull();
    // 40 is the usual answer to an empty list, and the answer to much else.
    expect(findAlert(40)?.arrived).toBeNull();
    expect(findAlertByName("Certificate is required")?.number).toBe(116);
    expect(findAlertByName("nothing")).toBeNull();
  });
});

describe("HTTP statuses", () => {
  test("sub-statuses of IIS", () => {
    expect(findHttpStatus(403, 7)?.arrived).toBe(false);
    expect([12, 13, 16, 17].map((substatus) => findHttpStatus(403, substatus)?.arrived)).toEqual([true, true, true, true]);
    expect(findHttpStatus(403, null)?.arrived).toBeNull();
    expect(findHttpStatus(403, 4)?.substatus).toBeNull();
    expect(findHttpStatus(418, null)).toBeNull();
    expect(new Set(httpStatuses.map((row) => `${row.status}.${row.substatus}`)).size).toBe(httpStatuses.length);
  });
});
