import { describe, expect, test } from "@jest/globals";
import { findCertificateType, findCertificateTypeByName } from "../../src/model/certificate-types.ts";

describe("certificate types", () => {
  test("have the names of openssl, whatever names them", () => {
    expect([1, 2, 64].map(findCertificateType)).toEqual(["RSA sign", "DSA sign", "ECDSA sign"]);
    expect(["rsa_sign", "RSA", "dss", "ECDSA", "rsa_fixed_ecdh"].map(findCertificateTypeByName))
      .toEqual(["RSA sign", "RSA sign", "DSA sign", "ECDSA sign", "RSA fixed ECDH"]);
  });

  test("that are not known have no name", () => {
    expect([findCertificateType(0), findCertificateType(67), findCertificateTypeByName(""), findCertificateTypeByName("fixed_dh")]).toEqual([null, null, null, null]);
  });
});
