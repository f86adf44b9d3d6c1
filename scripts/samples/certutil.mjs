// Prints certificates as certutil does. The values come from the certificates; the shapes are those of grammars/certutil/FORMAT.md.
import { children, oidOf, read } from "./der.mjs";
import { digest } from "./pki.mjs";

const EN = {
  certificate: "Certificate", x509: "X509 Certificate:", version: "Version: 3", serial: "Serial Number: ", signatureAlgorithm: "Signature Algorithm:", algorithm: "Algorithm ObjectId: ", parameters: "Algorithm Parameters:",
  issuer: "Issuer:", subject: "Subject:", nameHash: "Name Hash", notBefore: "NotBefore: ", notAfter: "NotAfter: ", publicKeyAlgorithm: "Public Key Algorithm:", publicKeyLength: (bits) => `Public Key Length: ${bits} bits`,
  publicKey: "Public Key: UnusedBits = 0", extensions: "Certificate Extensions: ", flags: (critical, length) => `: Flags = ${critical ? "1(Critical)" : "0"}, Length = ${length}`, signature: "Signature: UnusedBits=0",
  root: ["Signature matches Public Key", "Root Certificate: Subject matches Issuer"], nonRoot: "Non-root Certificate", template: "Template: ", keyIdHash: "Key Id Hash", certHash: "Cert Hash", signatureHash: "Signature Hash: ",
  container: "Key Container = ", unique: "Unique container name: ", simple: "Simple container name: ", provider: "Provider = ", providerType: "ProviderType = ", keyFlags: "Flags = ", keySpec: "KeySpec = ",
  notExportable: "Private key is NOT exportable", encryption: "Encryption test passed", signed: "Signature test passed", missing: "Missing stored keyset", noKey: ["No key provider information", "Cannot find the certificate and private key for decryption."],
  done: (verb) => `CertUtil: -${verb} command completed successfully.`, stores: { my: "Personal", CA: "Intermediate Certification Authorities", Root: "Trusted Root Certification Authorities" },
  names: { "2.5.29.15": "Key Usage", "2.5.29.37": "Enhanced Key Usage", "2.5.29.17": "Subject Alternative Name", "2.5.29.14": "Subject Key Identifier", "2.5.29.35": "Authority Key Identifier", "2.5.29.19": "Basic Constraints", "1.3.6.1.4.1.311.21.7": "Certificate Template Information", "1.3.6.1.5.5.7.1.1": "Authority Information Access" },
  usages: { 0x80: "Digital Signature", 0x40: "Non-Repudiation", 0x20: "Key Encipherment", 0x10: "Data Encipherment", 0x08: "Key Agreement", 0x04: "Certificate Signing", 0x02: "Off-line CRL Signing, CRL Signing" },
  purposes: { "1.3.6.1.5.5.7.3.1": "Server Authentication", "1.3.6.1.5.5.7.3.2": "Client Authentication", "1.3.6.1.5.5.7.3.4": "Secure Email", "1.3.6.1.4.1.311.20.2.2": "Smart Card Logon", "1.3.6.1.4.1.311.10.3.4": "Encrypting File System" },
  subjectType: (ca) => [`Subject Type=${ca ? "CA" : "End Entity"}`, "Path Length Constraint=None"], keyId: "KeyID=", upn: ["Other Name:", "     Principal Name="], dns: "DNS Name=",
  date: (at) => `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()} ${at.getUTCHours() % 12 || 12}:${two(at.getUTCMinutes())} ${at.getUTCHours() < 12 ? "AM" : "PM"}`,
};

const dayFirst = (separator) => (at) => `${two(at.getUTCDate())}${separator}${two(at.getUTCMonth() + 1)}${separator}${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;

const DE = {
  ...EN, certificate: "Zertifikat", x509: "X.509-Zertifikat:", serial: "Seriennummer: ", signatureAlgorithm: "Signaturalgorithmus:", algorithm: "Algorithmus Objekt-ID: ", parameters: "Algorithmusparameter:",
  issuer: "Aussteller:", subject: "Antragsteller:", nameHash: "Namenshash ", notBefore: "Nicht vor: ", notAfter: "Nicht nach: ", publicKeyAlgorithm: "Öffentlicher Schlüssel-Algorithmus:",
  publicKeyLength: (bits) => `Länge des öffentlichen Schlüssels: ${bits} Bits`, publicKey: "Öffentlicher Schlüssel: Nicht verwendete Bits = 0", extensions: "Zertifikaterweiterungen: ",
  flags: (critical, length) => `: Kennzeichen = ${critical ? "1(Kritisch)" : "0"}, Länge = ${length}`, signature: "Signatur: Nicht verwendete Bits=0", root: ["Signatur stimmt mit dem öffentlichen Schlüssel überein.", "Stammzertifikat: Antragsteller stimmt mit Aussteller überein."],
  nonRoot: "Kein Stammzertifikat", template: "Vorlage: ", keyIdHash: "Schlüssel-ID-Hash", certHash: "Zertifikathash", signatureHash: "Signaturhash: ",
  container: "Schlüsselcontainer = ", unique: "Eindeutiger Containername: ", provider: "Anbieter = ", providerType: "Anbietertyp = ", notExportable: "Der private Schlüssel ist NICHT exportierbar", encryption: "Verschlüsselungstest wurde durchgeführt",
  signed: "Signaturtest wurde durchgeführt", done: (verb) => `CertUtil: -${verb}-Befehl wurde erfolgreich ausgeführt.`, stores: { my: "Eigene Zertifikate", CA: "Zwischenzertifizierungsstellen", Root: "Vertrauenswürdige Stammzertifizierungsstellen" },
  names: { ...EN.names, "2.5.29.15": "Schlüsselverwendung", "2.5.29.37": "Erweiterte Schlüsselverwendung", "2.5.29.17": "Alternativer Antragstellername", "2.5.29.14": "Schlüsselkennung des Antragstellers", "2.5.29.35": "Stellenschlüsselkennung", "2.5.29.19": "Basiseinschränkungen" },
  usages: { 0x80: "Digitale Signatur", 0x40: "Zugelassen", 0x20: "Schlüsselverschlüsselung", 0x10: "Datenverschlüsselung", 0x08: "Schlüsselvereinbarung", 0x04: "Zertifikatsignatur", 0x02: "Offline Signieren der Zertifikatsperrliste, Signieren der Zertifikatsperrliste" },
  purposes: { "1.3.6.1.5.5.7.3.1": "Serverauthentifizierung", "1.3.6.1.5.5.7.3.2": "Clientauthentifizierung", "1.3.6.1.5.5.7.3.4": "Sichere E-Mail", "1.3.6.1.4.1.311.10.3.4": "Verschlüsselndes Dateisystem" },
  subjectType: (ca) => [`Typ des Antragstellers=${ca ? "Zertifizierungsstelle" : "Endeinheit"}`, "Einschränkung der Pfadlänge=Keine"], keyId: "Schlüssel-ID=", upn: ["Anderer Name:", "     Prinzipalname="], dns: "DNS-Name=", date: dayFirst("."),
};

const FR = {
  ...EN, certificate: "Certificat", serial: "Numéro de série : ", signatureAlgorithm: "Algorithme de signature :", issuer: "Émetteur:", subject: "Objet:", root: ["La signature correspond à la clé publique", "Certificat racine : le sujet correspond à l’émetteur"],
  nonRoot: "Il ne s’agit pas d’un certificat racine", template: "Modèle: ", certHash: "Hach. cert. ", container: "Conteneur de clé = ", provider: "Fournisseur = ", encryption: "Test de chiffrement réussi",
  noKey: ["Aucune information sur le fournisseur de clé", "Impossible de trouver le certificat et la clé privée pour le déchiffrement."], flags: (critical, length) => ` : indicateurs = ${critical ? "1(Critique)" : "0"}, longueur = ${length}`,
  done: (verb) => `CertUtil: -${verb} La commande s’est terminée correctement.`, stores: { my: "Personnel", CA: "Autorités de certification intermédiaires", Root: "Autorités de certification racines de confiance" },
  names: { ...EN.names, "2.5.29.15": "Utilisation de la clé", "2.5.29.37": "Utilisation avancée de la clé" },
  usages: { 0x80: "Signature numérique", 0x40: "Non-répudiation", 0x20: "Chiffrement de la clé", 0x10: "Chiffrement des données", 0x04: "Signature de certificat", 0x02: "Signature de la liste de révocation de certificats hors connexion, Signature de la liste de révocation de certificats" },
  purposes: { "1.3.6.1.5.5.7.3.1": "Authentification du serveur", "1.3.6.1.5.5.7.3.2": "Authentification du client", "1.3.6.1.5.5.7.3.4": "Messagerie électronique sécurisée" }, date: dayFirst("/"),
};

export const LANGUAGES = { en: EN, de: DE, fr: FR };

const two = (number) => String(number).padStart(2, "0");
const lines = (...parts) => parts.flat(9);

/**
 * A key as certutil prints it. `status`: `encryption`, `signature`, `missing`, or null for none.
 * Software keys of a legacy provider have a KeySpec; CNG keys have 0.
 */
export function softwareKey(certificate, given = {}) {
  const hash = digest("md5", certificate.keyBytes);
  const machine = given.machine ?? false;
  return {
    container: `te-${digest("sha1", certificate.keyBytes).slice(0, 8)}-${hash.slice(0, 4)}-${hash.slice(4, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 24)}`, unique: `${hash}_5f1c0e6a-3b7d-4c1e-9a60-2d0f7b9e4c11`,
    provider: "Microsoft Software Key Storage Provider", type: 0, keySpec: 0, machine, flags: null, status: certificate.isEc ? "signature" : "encryption", ...given,
  };
}

/** Microsoft's classic RSA provider. */
export function classicKey(certificate, given = {}) {
  return softwareKey(certificate, { provider: "Microsoft Enhanced Cryptographic Provider v1.0", type: 1, keySpec: 1, ...given });
}

/** `certutil -store`. Items are `{ certificate, key, property, archived }`; `key` null: none is linked. */
export function store(items, { name = "my", user = true, verbose = true, language = "en", prompt = "C:\\Users\\kim>", command = true, done = true, older = false, zone = 0 } = {}) {
  const words = LANGUAGES[language];
  const print = { words, older, zone };
  return lines(
    command ? [`${prompt}certutil ${verbose ? "-v " : ""}${user ? "-user " : ""}-store ${name}`] : [],
    older ? name : `${name} "${words.stores[name]}"`,
    items.map((item, at) => [
      `================ ${words.certificate} ${at} ================`,
      verbose ? [long(item.certificate, print), properties(item, print), keyState(item.key, words)] : [short(item.certificate, print), shortKey(item.key, words)],
      "",
    ]),
    done ? words.done("store") : [],
  );
}

/** `certutil -dump file.cer`. */
export function dump(certificate, { file = "client.cer", language = "en", prompt = "C:\\Users\\kim>", command = true, zone = 0 } = {}) {
  const words = LANGUAGES[language];
  return lines(command ? [`${prompt}certutil -dump ${file}`] : [], long(certificate, { words, older: false, zone }), words.done("dump"));
}

/** `certutil -user -verify`: the chain, leaf first; `error` is `[name, bits, sentence]` of its last element, or null. */
export function verify(chain, error, { file = "client.cer", prompt = "C:\\Users\\kim>", zone = 0 } = {}) {
  const print = { words: EN, older: false, zone };
  const [leaf] = chain;
  const status = error === null ? [] : [`ErrorStatus = ${error[0]} (0x${error[1]})`];
  return lines(
    `${prompt}certutil -user -verify -urlfetch ${file}`,
    EN.issuer, rdnLines(leaf.issuer), nameHashes(leaf.issuerDer, EN), EN.subject, rdnLines(leaf.subject), nameHashes(leaf.subjectDer, EN), `Cert Serial Number: ${leaf.serial}`, "",
    "dwFlags = CA_VERIFY_FLAGS_CONSOLE_TRACE (0x20000000)", "dwFlags = CA_VERIFY_FLAGS_DUMP_CHAIN (0x40000000)", "ChainFlags = CERT_CHAIN_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT (0x40000000)", "HCCE_CURRENT_USER", "CERT_CHAIN_POLICY_BASE",
    "-------- CERT_CHAIN_CONTEXT --------", "ChainContext.dwInfoStatus = CERT_TRUST_HAS_PREFERRED_ISSUER (0x100)", status.map((one) => `ChainContext.dw${one}`), "",
    "SimpleChain.dwInfoStatus = CERT_TRUST_HAS_PREFERRED_ISSUER (0x100)", status.map((one) => `SimpleChain.dw${one}`), "",
    chain.map((element, at) => {
      const bad = error !== null && at === chain.length - 1;
      return [
        `CertContext[0][${at}]: dwInfoStatus=${at === chain.length - 1 ? "10c" : "102"} dwErrorStatus=${bad ? error[1] : 0}`,
        `  Issuer: ${oneLine(element.issuer)}`, `  NotBefore: ${dateOf(element.from, print)}`, `  NotAfter: ${dateOf(element.to, print)}`, `  Subject: ${oneLine(element.subject)}`, `  Serial: ${element.serial}`, `  Cert: ${element.thumbprint}`,
        `  Element.dwInfoStatus = ${at === chain.length - 1 ? "CERT_TRUST_HAS_NAME_MATCH_ISSUER (0x4)" : "CERT_TRUST_HAS_KEY_MATCH_ISSUER (0x2)"}`, "  Element.dwInfoStatus = CERT_TRUST_HAS_PREFERRED_ISSUER (0x100)",
        bad ? status.map((one) => `  Element.dw${one}`) : [], "",
      ];
    }),
    "Exclude leaf cert:", `  Chain: ${digest("sha1", Buffer.concat(chain.slice(1).map((one) => one.der)))}`, "Full chain:", `  Chain: ${digest("sha1", Buffer.concat(chain.map((one) => one.der)))}`,
    "------------------------------------", error === null ? "Verified Issuance Policies: None" : error[2], error === null ? "Leaf certificate revocation check passed" : [], EN.done("verify"),
  );
}

function short(certificate, print) {
  const { words } = print;
  return lines(
    `${words.serial}${certificate.serial}`, `${words.issuer} ${oneLine(certificate.issuer)}`, ` ${words.notBefore}${dateOf(certificate.from, print)}`, ` ${words.notAfter}${dateOf(certificate.to, print)}`, `${words.subject} ${oneLine(certificate.subject)}`,
    certificate.issuerCertificate === null ? words.root : words.nonRoot, templateOf(certificate) === null ? [] : `${words.template}${templateOf(certificate)}`, `${words.certHash}(sha1)${words.serial.includes(" :") ? " : " : ": "}${hashText(certificate.thumbprint, print)}`,
  );
}

function shortKey(key, words) {
  if (key === null) return words.noKey;
  return lines(`  ${words.container}${key.container}`, key.status === "missing" || key.unique === null ? [] : `  ${words.unique}${key.unique}`, `  ${words.provider}${key.provider}`, keyState(key, words));
}

function keyState(key, words) {
  if (key === null) return words.noKey;
  switch (key.status) {
    case "encryption": return [words.notExportable, words.encryption];
    case "signature": return [words.notExportable, words.signed];
    case "missing": return [words.missing];
    default: return [];
  }
}

function long(certificate, print) {
  const { words } = print;
  return lines(
    words.x509, words.version, `${words.serial}${certificate.serial}`, algorithmLines(words.signatureAlgorithm, SIGNATURES[certificate.signedBy], words),
    words.issuer, rdnLines(certificate.issuer), nameHashes(certificate.issuerDer, words), "", ` ${words.notBefore}${dateOf(certificate.from, print)}`, ` ${words.notAfter}${dateOf(certificate.to, print)}`, "",
    words.subject, rdnLines(certificate.subject), nameHashes(certificate.subjectDer, words), "",
    words.publicKeyAlgorithm, certificate.isEc
      ? [`    ${words.algorithm}1.2.840.10045.2.1 ECC`, `    ${words.parameters}`, "    06 08 2a 86 48 ce 3d 03  01 07", "        1.2.840.10045.3.1.7 ECDSA_P256 (x962P256v1)"]
      : [`    ${words.algorithm}1.2.840.113549.1.1.1 RSA`, `    ${words.parameters}`, "    05 00"],
    words.publicKeyLength(certificate.bits), words.publicKey, hexDump(certificate.keyBytes, "    "),
    `${words.extensions}${certificate.extensions.length}`, certificate.extensions.map((extension) => [extensionLines(extension, words), ""]),
    algorithmLines(words.signatureAlgorithm, SIGNATURES[certificate.signedBy], words), words.signature, hexDump(Buffer.from(certificate.signature).reverse(), "    "),
    certificate.issuerCertificate === null ? words.root : words.nonRoot,
    `${words.keyIdHash}(rfc-sha1): ${hashText(certificate.keyId, print)}`, `${words.keyIdHash}(sha1): ${hashText(digest("sha1", certificate.publicKeyInfo), print)}`,
    `${words.certHash}(md5): ${hashText(digest("md5", certificate.der), print)}`, `${words.certHash}(sha1): ${hashText(certificate.thumbprint, print)}`,
    print.older ? [] : `${words.certHash}(sha256): ${digest("sha256", certificate.der)}`, print.older ? [] : `${words.signatureHash}${digest("sha256", certificate.tbs)}`, "",
  );
}

const SIGNATURES = { "1.2.840.113549.1.1.11": "1.2.840.113549.1.1.11 sha256RSA", "1.2.840.10045.4.3.2": "1.2.840.10045.4.3.2 sha256ECDSA" };

function algorithmLines(label, algorithm, words) {
  return [label, `    ${words.algorithm}${algorithm}`, ...(algorithm.endsWith("RSA") ? [`    ${words.parameters}`, "    05 00"] : [])];
}

function properties({ certificate, key, property = null, friendlyName = null }, { words, older }) {
  return lines(
    property === null ? [] : ["  CERT_ENHKEY_USAGE_PROP_ID(9):", `    ${words.names["2.5.29.37"]}`, property.map((oid) => `        ${words.purposes[oid]} (${oid})`), ""],
    friendlyName === null ? [] : ["  CERT_FRIENDLY_NAME_PROP_ID(11):", `    ${friendlyName}`, ""],
    key === null ? [] : [
      "  CERT_KEY_PROV_INFO_PROP_ID(2):", `    ${words.container}${key.container}`, key.status === "missing" || key.unique === null ? [] : `  ${words.unique}${key.unique}`, `    ${words.provider}${key.provider}`, `    ${words.providerType}${key.type}`,
      key.machine ? (older ? `  ${words.keyFlags}20` : [`  ${words.keyFlags}20 (32)`, "    CRYPT_MACHINE_KEYSET -- 20 (32)"]) : `  ${words.keyFlags}0`,
      `    ${words.keySpec}${key.keySpec}${older ? "" : ` -- ${["XCN_AT_NONE", "AT_KEYEXCHANGE", "AT_SIGNATURE"][key.keySpec]}`}`, "",
    ],
    "  CERT_SHA1_HASH_PROP_ID(3):", `    ${older ? spaced(certificate.thumbprint) : certificate.thumbprint}`, "", "  CERT_KEY_IDENTIFIER_PROP_ID(20):", `    ${older ? spaced(certificate.keyId) : certificate.keyId}`, "",
    key === null || key.status === "missing" ? [] : keySection(key, certificate, words),
  );
}

function keySection(key, certificate, words) {
  const head = [`  ${words.provider}${key.provider}`, `  ${words.providerType}${key.type}`, ...(key.unique === null ? [] : [`  ${words.unique}${key.unique}`]), certificate.isEc ? "  ECDSA_P256" : "  RSA"];
  if (key.type !== 0) return [...head, "  PP_KEYSTORAGE = 1", "    CRYPT_SEC_DESCR -- 1", "  KP_PERMISSIONS = 3b (59)", "    CRYPT_ENCRYPT -- 1", "    CRYPT_DECRYPT -- 2", "    CRYPT_READ -- 8", "    CRYPT_WRITE -- 10 (16)", "    CRYPT_MAC -- 20 (32)", ""];
  const usage = certificate.isEc ? ["  Key Usage = 2", "    NCRYPT_ALLOW_SIGNING_FLAG -- 2"] : ["  Key Usage = 3", "    NCRYPT_ALLOW_DECRYPT_FLAG -- 1", "    NCRYPT_ALLOW_SIGNING_FLAG -- 2"];
  return [...head, "  UI Policy = 0", "    Version: 0", "", "  Export Policy = 0", ...usage, ""];
}

function extensionLines({ oid, critical, value }, words) {
  const head = [`    ${oid}${words.flags(critical, value.length.toString(16))}`, ...(words.names[oid] === undefined ? [] : [`    ${words.names[oid]}`])];
  return [...head, ...valueLines(oid, value, words).map((line) => `        ${line}`)];
}

function valueLines(oid, value, words) {
  const top = read(value, 0);
  switch (oid) {
    case "2.5.29.15": {
      const octet = value[top.start + 1];
      const names = Object.entries(words.usages).filter(([bit]) => octet & Number(bit)).sort(([a], [b]) => Number(b) - Number(a)).map(([, name]) => name);
      return [`${names.join(", ")} (${octet.toString(16).padStart(2, "0")})`];
    }
    case "2.5.29.37": return children(value, top).map((one) => oidOf(value.subarray(one.start, one.end))).map((one) => `${words.purposes[one] ?? "Unknown Key Usage"} (${one})`);
    case "2.5.29.19": return words.subjectType(top.end > top.start);
    case "2.5.29.14": return [value.toString("hex", top.start, top.end)];
    case "2.5.29.35": return [`${words.keyId}${value.toString("hex", children(value, top)[0].start, children(value, top)[0].end)}`];
    case "2.5.29.17": return children(value, top).flatMap((one) => {
      if (one.tag === 0x82) return [`${words.dns}${value.toString("utf8", one.start, one.end)}`];
      const text = children(value, children(value, one)[1])[0];
      return [words.upn[0], `${words.upn[1]}${value.toString("utf8", text.start, text.end)}`];
    });
    case "1.3.6.1.5.5.7.1.1": return children(value, top).flatMap((one, at) => {
      const [, place] = children(value, one);
      return [`[${at + 1}]Authority Info Access`, "     Access Method=Certification Authority Issuer (1.3.6.1.5.5.7.48.2)", "     Alternative Name:", `          URL=${value.toString("utf8", place.start, place.end)}`];
    });
    case "1.3.6.1.4.1.311.21.7": {
      const [id, major, minor] = children(value, top);
      return [`Template=${oidOf(value.subarray(id.start, id.end))}`, `Major Version Number=${value[major.start]}`, `Minor Version Number=${value[minor.start]}`];
    }
    default: return hexDump(value, "");
  }
}

function templateOf(certificate) {
  const extension = certificate.extensions.find((one) => one.oid === "1.3.6.1.4.1.311.21.7");
  if (extension === undefined) return null;
  const id = children(extension.value, read(extension.value, 0))[0];
  return oidOf(extension.value.subarray(id.start, id.end));
}

const rdnLines = (name) => [...name].reverse().map(({ type, value }) => `    ${type}=${value}`);
const oneLine = (name) => [...name].reverse().map(({ type, value }) => `${type}=${value}`).join(", ");
const nameHashes = (der, words) => [`  ${words.nameHash}(sha1): ${digest("sha1", der)}`, `  ${words.nameHash}(md5): ${digest("md5", der)}`];
const dateOf = (at, { words, zone }) => words.date(new Date(at.getTime() + zone * 3_600_000));
const spaced = (hex) => hex.match(/../g).join(" ");
const hashText = (hex, { older }) => (older ? spaced(hex) : hex);

/** Rows of sixteen octets with their ASCII, as certutil prints them. */
function hexDump(bytes, indent) {
  const rows = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((octet) => octet.toString(16).padStart(2, "0"));
    const ascii = row.map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ".")).join("");
    rows.push(`${indent}${at.toString(16).padStart(4, "0")}  ${`${hex.slice(0, 8).join(" ")}${hex.length > 8 ? `  ${hex.slice(8).join(" ")}` : ""}`.padEnd(48)}${bytes.length > 32 ? "" : `   ${ascii}`}`.trimEnd());
  }
  return rows;
}
