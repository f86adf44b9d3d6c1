// Throw-away certificates for the samples, made by openssl.
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { children, oidOf, read } from "./der.mjs";

/** Extension lines of openssl for the kinds of certificates the samples need. */
export const CA = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature"];
export const usage = (...names) => `keyUsage=critical,${names.join(",")}`;
export const purposes = (...names) => `extendedKeyUsage=${names.join(",")}`;
export const upn = (name) => `subjectAltName=otherName:1.3.6.1.4.1.311.20.2.3;UTF8:${name}`;
export const dns = (...names) => `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`;

/** A workshop in `folder`; what it makes stays there, keys too. */
export function workshop(folder) {
  mkdirSync(folder, { recursive: true });
  const openssl = (...words) => execFileSync("openssl", words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });

  /**
   * Issues a certificate. `subject` is in encoding order, `[["C", "US"], ["CN", "X"]]`; `issuer` an earlier certificate, null: self-signed;
   * `from` and `to` as YYYYMMDDHHMMSSZ; `key` is `rsa:2048` or `ec`, `extensions` lines of openssl; `sameKeyAs` an earlier certificate.
   */
  function issue({ file, subject, issuer = null, from = "20250310081500Z", to = "20280309081500Z", key = "rsa:2048", extensions, serial = null, sameKeyAs = null, typed = "utf8only", template = null }) {
    const keyFile = sameKeyAs === null ? `${file}.key` : sameKeyAs.keyFile;
    if (sameKeyAs === null) {
      if (key === "ec") openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", keyFile);
      else openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${key.slice(4)}`, "-out", keyFile);
    }
    writeFileSync(join(folder, "index.txt"), "");
    writeFileSync(join(folder, "serial"), `${serial ?? `1a00${randomBytes(14).toString("hex")}`}\n`);
    const config = [
      "[req]", "prompt=no", "distinguished_name=dn", `string_mask=${typed}`, "utf8=yes",
      "[dn]", ...subject.map(([type, value], at) => `${at}.${type}=${value.replace(/[$,'"\\#]/g, "\\$&")}`),
      "[ca]", "default_ca=x", "[x]", "database=index.txt", "serial=serial", "new_certs_dir=.", "default_md=sha256", "policy=any", "preserve=yes", "unique_subject=no", "email_in_dn=yes", "x509_extensions=ext",
      "[any]", "commonName=optional",
      "[ext]", ...extensions, "subjectKeyIdentifier=hash", ...(issuer === null ? [] : ["authorityKeyIdentifier=keyid"]), ...(template === null ? [] : template),
    ];
    writeFileSync(join(folder, `${file}.cnf`), `${config.join("\n")}\n`);
    openssl("req", "-new", "-config", `${file}.cnf`, "-key", keyFile, "-out", `${file}.csr`);
    openssl("ca", "-batch", "-notext", "-preserveDN", "-config", `${file}.cnf`, "-in", `${file}.csr`, "-out", `${file}.pem`, "-startdate", from, "-enddate", to,
      ...(issuer === null ? ["-selfsign", "-keyfile", keyFile] : ["-cert", issuer.pemFile, "-keyfile", issuer.keyFile]));
    openssl("x509", "-in", `${file}.pem`, "-outform", "DER", "-out", `${file}.der`);
    return describe(folder, file, keyFile, issuer);
  }

  return { folder, issue };
}

/** What the renderers need to know of a certificate, read from its DER. */
function describe(folder, file, keyFile, issuer) {
  const der = readFileSync(join(folder, `${file}.der`));
  const [tbs, , signature] = children(der, read(der, 0));
  const [, serial, algorithm, issuerName, validity, subjectName, publicKey, ...rest] = children(der, tbs);
  const [from, to] = children(der, validity).map((time) => timeOf(der.toString("latin1", time.start, time.end)));
  const bits = children(der, publicKey)[1];
  const keyBytes = der.subarray(bits.start + 1, bits.end);
  const wrapped = rest.find((one) => one.tag === 0xa3);
  const extensions = children(der, children(der, wrapped)[0]).map((one) => {
    const parts = children(der, one);
    const value = parts.at(-1);
    return { oid: oidOf(der.subarray(parts[0].start, parts[0].end)), critical: parts.length === 3, value: der.subarray(value.start, value.end) };
  });
  return {
    file, folder, keyFile, pemFile: `${file}.pem`, issuerCertificate: issuer, der,
    serial: der.toString("hex", serial.start, serial.end).replace(/^00(?=[89a-f])/, ""),
    issuerDer: der.subarray(issuerName.at, issuerName.end), subjectDer: der.subarray(subjectName.at, subjectName.end),
    issuer: nameOf(der, issuerName), subject: nameOf(der, subjectName), from, to,
    tbs: der.subarray(tbs.at, tbs.end), publicKeyInfo: der.subarray(publicKey.at, publicKey.end), keyBytes,
    isEc: oidOf(der.subarray(children(der, children(der, publicKey)[0])[0].start, children(der, children(der, publicKey)[0])[0].end)) === "1.2.840.10045.2.1",
    bits: bitsOf(keyBytes), signature: der.subarray(signature.start + 1, signature.end), signedBy: oidOf(der.subarray(children(der, algorithm)[0].start, children(der, algorithm)[0].end)), extensions,
    thumbprint: digest("sha1", der), keyId: digest("sha1", keyBytes),
  };
}

export function digest(name, bytes) {
  return createHash(name).update(bytes).digest("hex");
}

const TYPES = { "2.5.4.6": "C", "2.5.4.8": "S", "2.5.4.7": "L", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.3": "CN", "0.9.2342.19200300.100.1.25": "DC", "1.2.840.113549.1.9.1": "E" };

/** RDNs in encoding order, each `{ type, value }` with the short names of Windows. */
function nameOf(der, name) {
  return children(der, name).flatMap((set) => children(der, set).map((pair) => {
    const [type, value] = children(der, pair);
    return { type: TYPES[oidOf(der.subarray(type.start, type.end))], value: der.toString("utf8", value.start, value.end) };
  }));
}

function bitsOf(keyBytes) {
  if (keyBytes[0] === 4) return ((keyBytes.length - 1) / 2) * 8;
  const [modulus] = children(keyBytes, read(keyBytes, 0));
  return (modulus.end - modulus.start - 1) * 8;
}

function timeOf(text) {
  const full = text.length === 13 ? `20${text}` : text;
  return new Date(`${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}T${full.slice(8, 10)}:${full.slice(10, 12)}:${full.slice(12, 14)}Z`);
}
