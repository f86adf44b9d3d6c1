/** A field as the tools print it, for `explain`. */
export interface PrintedField {
  readonly name: string;
  /** Who prints it. */
  readonly printedBy: string;
  /** What it says, and what it means for a client certificate. */
  readonly says: readonly string[];
}

/** The fields people ask about, as they stand in the output of the tools. */
export const printedFields: readonly PrintedField[] = [
  {
    name: "KeySpec", printedBy: "certutil (-v -store, -store)",
    says: [
      "How a key of a cryptographic service provider (CSP) may be used: 1 is AT_KEYEXCHANGE (signing and decryption), 2 is AT_SIGNATURE (signing only). 0 stands for a key of a key storage provider (CNG), which has no KeySpec.",
      "Every one of the three can sign a TLS handshake. KeySpec decides only where the program asks for it with CERT_SELECT_HAS_KEY_FOR_SIGNATURE (0x10, needs 2) or CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE (0x20, needs 1). It is easily confused with Key Usage, which is part of the certificate.",
    ],
  },
  {
    name: "Key Usage", printedBy: "certutil -v (extension 2.5.29.15)",
    says: [
      "What the issuer allows the key to do, part of the signed certificate. A TLS client signs the handshake, so digitalSignature (80) must be among the bits, or the extension must be absent.",
      "Windows clients ask for it with the criterion CERT_SELECT_BY_KEY_USAGE. It cannot be changed afterwards: a wrong one needs a new certificate.",
    ],
  },
  {
    name: "Enhanced Key Usage", printedBy: "certutil -v (extension 2.5.29.37)",
    says: [
      "The purposes the certificate is issued for. For a client certificate Client Authentication (1.3.6.1.5.5.7.3.2) must be among them, or the extension must be absent.",
      "A property of the same name in the certificate store can narrow it further: certutil prints it as CERT_ENHKEY_USAGE_PROP_ID(9).",
    ],
  },
  {
    name: "Key Container", printedBy: "certutil (-store, -v -store)",
    says: ["The name under which the provider keeps the private key. That it is printed says that the certificate is linked to a key, not that the key is there: only a key test, or a program that signs, shows that."],
  },
  { name: "Unique container name", printedBy: "certutil (-store, -v -store)", says: ["The name of the file or object that holds the private key. Behind the underscore stands the machine's GUID; one of another machine shows a key that was copied without its certificate, or the other way round."] },
  { name: "Provider", printedBy: "certutil (-store, -v -store)", says: ["The cryptographic provider that holds the key. Old CSPs cannot sign SHA-256 as TLS 1.2 needs it; card and TPM providers may lack algorithms such as RSA-PSS."] },
  { name: "ProviderType", printedBy: "certutil (-v -store)", says: ["The type of a CSP: 1 PROV_RSA_FULL, 12 PROV_RSA_SCHANNEL, 24 PROV_RSA_AES (knows SHA-256); 0 is a key storage provider (CNG)."] },
  { name: "Flags", printedBy: "certutil (-v -store), below Provider", says: ["Flags of the link to the key. 20 (0x20) is CRYPT_MACHINE_KEYSET: the key belongs to the machine, and a user may lack the right to it."] },
  { name: "dwFlags", printedBy: "STRACE (CertSelectCertificateChains)", says: ["Which chains the call may return; ask `certwhy explain` for a value, for example 0x88."] },
  { name: "Serial Number", printedBy: "certutil", says: ["The issuer's number of the certificate, in hexadecimal. Together with the issuer it is unique."] },
  { name: "Cert Hash(sha1)", printedBy: "certutil", says: ["The thumbprint: SHA-1 over the whole certificate. It is the surest way to say which certificate is meant, and changes with every renewal."] },
  {
    name: "Acceptable client certificate CA names", printedBy: "openssl s_client",
    says: [
      "The names of the CAs the server sent with its CertificateRequest. A client offers only certificates whose chain holds one of them.",
      "\"No client certificate CA names sent\" says that the list was empty, or that the server did not ask at all (or not yet): other lines of the transcript tell which.",
    ],
  },
  { name: "Client Certificate Types", printedBy: "openssl s_client", says: ["The kinds of key the server accepts in a client certificate (up to TLS 1.2). The line shows that the server did ask for a certificate."] },
  { name: "Requested Signature Algorithms", printedBy: "openssl s_client", says: ["The signature algorithms the server accepts. A client key or provider that can make none of them cannot be used."] },
  { name: "Verify return code", printedBy: "openssl s_client", says: ["What openssl thinks of the server's certificate. It says nothing about the client certificate."] },
  { name: "sslFlags", printedBy: "IIS configuration (system.webServer/security/access)", says: ["Ssl: HTTPS is needed. SslNegotiateCert: a client certificate is asked for. SslRequireCert: it is demanded, without it IIS answers 403.7."] },
  { name: "SendTrustedIssuerList", printedBy: "registry (SCHANNEL)", says: ["1: the server sends the list of CAs it trusts with its CertificateRequest; 0 or absent since Windows Server 2012: the list is empty, and clients offer any certificate."] },
];
