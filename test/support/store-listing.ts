/** `certutil -user -store my` with one certificate, valid in 2012, with its key. */
export const storeListing = [
  "C:\\> certutil -user -store my",
  "my",
  "================ Certificate 0 ================",
  "Serial Number: 61a4f0",
  "Issuer: CN=Example Issuing CA, O=Example",
  " NotBefore: 1/14/2012 9:00 AM",
  " NotAfter: 1/13/2013 9:00 AM",
  "Subject: CN=Alice Example, O=Example",
  "Non-root Certificate",
  "Template: User",
  "Cert Hash(sha1): 0a 1b 2c 3d 4e 5f 60 71 82 93 a4 b5 c6 d7 e8 f9 0a 1b 2c 3d",
  "  Key Container = le-User-1",
  "  Provider = Microsoft Enhanced Cryptographic Provider v1.0",
  "Encryption test passed",
  "CertUtil: -store command completed successfully.",
  "",
].join("\r\n");
