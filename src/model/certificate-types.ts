/** ClientCertificateType (RFC 5246 7.4.4, RFC 8422 5.5): the number, the name of the registry, and the one that openssl prints, which is used here. */
const TYPES: readonly (readonly [number: number, registered: string, name: string])[] = [
  [1, "rsa_sign", "RSA sign"], [2, "dss_sign", "DSA sign"], [3, "rsa_fixed_dh", "RSA fixed DH"], [4, "dss_fixed_dh", "DSS fixed DH"],
  [64, "ecdsa_sign", "ECDSA sign"], [65, "rsa_fixed_ecdh", "RSA fixed ECDH"], [66, "ecdsa_fixed_ecdh", "ECDSA fixed ECDH"],
];

const byNumber = new Map(TYPES.map(([number, , name]) => [number, name]));
const byRegistered = new Map(TYPES.map(([, registered, name]) => [registered, name]));

/** Name of a certificate type by its number; null for one that is not known. */
export function findCertificateType(number: number): string | null {
  return byNumber.get(number) ?? null;
}

/** Name of a certificate type by its name in the registry, with or without `_sign`; null for one that is not known. */
export function findCertificateTypeByName(registered: string): string | null {
  const name = registered.toLowerCase();
  return byRegistered.get(name) ?? byRegistered.get(`${name}_sign`) ?? null;
}
