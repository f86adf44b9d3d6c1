// What each sample holds.
import { join } from "node:path";
import { onTerminal, outputOf, throughPipe, withApache, withNginx, withServer } from "./capture.mjs";
import { classicKey, dump, softwareKey, store, verify } from "./certutil.mjs";
import { CA, dns, purposes, upn, usage, workshop } from "./pki.mjs";
import { call, log, withPrefix } from "./strace.mjs";
import { cp1252, cp850, crlf, lf, quoted, utf16le, webPage } from "./text.mjs";

const DAY = 86_400_000;
/** Days from today, as openssl takes a date. */
const days = (count, hour = 9) => `${new Date(Date.now() + count * DAY).toISOString().slice(0, 10).replaceAll("-", "")}${String(hour).padStart(2, "0")}1500Z`;
/** The first day from then on whose number is no month's, so that its printed date can be read one way only. */
const clearDay = (count) => [...Array(14).keys()].map((more) => count + more).find((day) => new Date(Date.now() + day * DAY).getUTCDate() > 12);
/** A header's date some days from today. */
const httpDate = (count = 0) => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), new Date().getUTCDate(), 9, 14, 27) + count * DAY).toUTCString();

/** A given name as it stands in an address. */
const plain = (name) => name.toLowerCase().replace("ö", "oe").normalize("NFD").replace(/[^a-z]/g, "");

const CLIENT = [purposes("clientAuth")];
const END_ENTITY = "basicConstraints=critical,CA:FALSE";

export function cases({ folder, resolveHost }) {
  const pki = workshop(join(folder, "pki"));
  const issue = (given) => pki.issue({ from: days(-420), to: days(310), ...given });
  const authority = (file, subject, issuer = null, given = {}) => issue({ file, subject, issuer, extensions: CA, from: days(-2200), to: days(3300), ...given });
  const person = (file, issuer, domain, name, extensions, given = {}) =>
    issue({ file, issuer, subject: [["DC", "example"], ["DC", domain], ["OU", "Staff"], ["CN", name]], extensions: [...extensions, upn(`${plain(name.split(" ")[0])}@${domain}.example`)], ...given });
  const server = (file, issuer, host, given = {}) => issue({ file, issuer, subject: [["C", "US"], ["CN", host]], extensions: [END_ENTITY, usage("digitalSignature", "keyEncipherment"), purposes("serverAuth"), dns(host)], ...given });

  const fabrikam = authority("fabrikam-root", [["DC", "example"], ["DC", "fabrikam"], ["CN", "Fabrikam Enterprise CA"]]);
  const northwind = (generation) => [["C", "US"], ["O", "Northwind Traders, Inc."], ["OU", "PKI"], ["CN", `Northwind Root CA ${generation}`]];
  const northwindG2 = authority("northwind-g2", northwind("G2"), null, { from: days(-3000), to: days(900) });
  const northwindG3 = authority("northwind-g3", northwind("G3"));
  const northwindClients = authority("northwind-clients", [["C", "US"], ["O", "Northwind Traders, Inc."], ["OU", "PKI"], ["CN", "Northwind Client CA 3"]], northwindG3);
  const litware = authority("litware", [["C", "CA"], ["O", "Litware"], ["CN", "Litware Root Authority"]]);
  const tailspin = authority("tailspin", [["C", "GB"], ["O", "Tailspin Toys"], ["OU", "Class 2"], ["CN", "Tailspin Toys CA"]]);
  const graphic = authority("graphic", [["C", "NL"], ["O", "Graphic Design Institute"], ["CN", "GDI Root 2019"]]);

  const fabrikamList = [litware.subject, fabrikam.subject, tailspin.subject];
  const good = [usage("digitalSignature", "keyEncipherment"), ...CLIENT];
  const intranet = { host: "intranet.fabrikam.example", path: "/secure/" };
  const refused = { ...intranet, status: "403 Forbidden", substatus: "403.7", date: httpDate() };

  let issuers = 0;
  /** Files of certificates as a server's list of authorities. */
  const bundle = (...authorities) => {
    const file = `bundle-${issuers++}.pem`;
    return outputOf(pki.folder, `cat ${authorities.map((one) => one.pemFile).join(" ")} > ${file}`).then(() => file);
  };

  /** A page of IIS, sent by openssl s_server after it asked for a certificate in a second handshake. */
  const page403 = (substatus) => [
    "HTTP/1.1 403 Forbidden", "Content-Type: text/html", "Server: Microsoft-IIS/8.5", `Date: ${new Date().toUTCString()}`, "Connection: close", "Content-Length: 182", "",
    "<html><head><title>IIS 8.5 Detailed Error - 403.7 - Forbidden</title></head>", `<body><h2>HTTP Error ${substatus} - Forbidden</h2>`, "<h3>The page requires a client certificate as part of the authentication process.</h3></body></html>", "",
  ].join("\r\n");

  const page200 = () => ["HTTP/1.1 200 OK", "Content-Type: text/html", "Server: Microsoft-IIS/8.5", `Date: ${new Date().toUTCString()}`, "Connection: close", "Content-Length: 28", "", "<html>Welcome, Kim!</html>", "", ""].join("\r\n");
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  /** What the server's side types: a page, then the end of the connection. */
  const answer = (type, page) => async () => {
    type(page);
    await pause(300);
    type("Q\n");
  };

  async function iisPerDirectory(host, certificate, authorities, words = "") {
    resolveHost(host, "127.0.77.10");
    return withServer(pki.folder, ["-accept", "127.0.77.10:443", "-cert", certificate.pemFile, "-key", certificate.keyFile, "-CAfile", await bundle(...authorities), "-tls1_2", "-no_ticket", "-no_cache", "-crlf"], (type) =>
      onTerminal(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host} -tls1_2 -prexit -crlf${words}`, ["GET /secure/ HTTP/1.1", `Host: ${host}`, "Connection: close", ""], {
        meanwhile: async () => {
          type("R\n");
          await pause(500);
          await answer(type, page403("403.7"))();
        },
      }));
  }

  const nginxVerify = (host, certificate, ca, more = []) => {
    resolveHost(host, "127.0.77.20");
    return [`server_name ${host};`, "ssl_session_tickets off;", `ssl_certificate ${join(pki.folder, certificate.pemFile)};`, `ssl_certificate_key ${join(pki.folder, certificate.keyFile)};`, ...(ca === null ? [] : [`ssl_client_certificate ${join(pki.folder, ca)};`, "ssl_verify_client on;", "ssl_verify_depth 1;"]), ...more];
  };

  const askNginx = (host, words, paths = ["GET /api/orders HTTP/1.1", `Host: ${host}`, "Connection: close", ""]) => onTerminal(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host} -tls1_2 -prexit -crlf${words}`, paths);

  const apacheSecure = (host, certificate, ca) => {
    resolveHost(host, "127.0.77.30");
    return [`SSLCertificateFile ${join(pki.folder, certificate.pemFile)}`, `SSLCertificateKeyFile ${join(pki.folder, certificate.keyFile)}`, `SSLCACertificateFile ${join(pki.folder, ca)}`, "<Location /secure/>", "SSLVerifyClient require", "SSLVerifyDepth 1", "</Location>"];
  };
  const askApache = (host, words, path = "/secure/") => onTerminal(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host} -prexit -crlf${words}`, [`GET ${path} HTTP/1.1`, `Host: ${host}`, "Connection: close", ""]);

  return {
    "ku-exchange-only": async () => {
      const client = person("kim-exchange", fabrikam, "fabrikam", "Kim Abercrombie", [usage("keyEncipherment", "dataEncipherment"), ...CLIENT]);
      const web = server("intranet", fabrikam, intranet.host);
      return {
        "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 0 }), refused)),
        "certutil.txt": crlf(store([{ certificate: client, key: classicKey(client) }])),
        "s_client.txt": await iisPerDirectory(intranet.host, web, [litware, fabrikam, tailspin]),
      };
    },

    "eku-web-server-certificate": async () => {
      const host = "api.northwind.example";
      const web = server("api", northwindG3, host);
      const client = issue({ file: "shop01", issuer: northwindG3, subject: [["C", "US"], ["O", "Northwind Traders, Inc."], ["CN", "shop01.northwind.example"]], extensions: [END_ENTITY, usage("digitalSignature", "keyEncipherment"), purposes("serverAuth"), dns("shop01.northwind.example")] });
      const { result, errors } = await withNginx(pki.folder, "127.0.77.20", nginxVerify(host, web, northwindG3.pemFile), () => askNginx(host, " -cert shop01.pem -key shop01.key"));
      return { "s_client.txt": result, "error.log": lf(errors), "certutil-dump.txt": crlf(dump(client, { file: "shop01.cer" })) };
    },

    "eku-store-property": async () => {
      const client = person("kim-property", fabrikam, "fabrikam", "Kim Abercrombie", [usage("digitalSignature", "keyEncipherment"), purposes("clientAuth", "emailProtection", "1.3.6.1.4.1.311.10.3.4")]);
      return {
        "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 0 }), refused)),
        "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client), property: ["1.3.6.1.5.5.7.3.4", "1.3.6.1.4.1.311.10.3.4"], friendlyName: "Kim (mail)" }])),
      };
    },

    "public-ca-renewal": async () => {
      // The names are those of a public CA, because the cause is about public CAs; the certificates are from a throw-away one.
      const root = authority("public-root", [["C", "US"], ["O", "Internet Security Research Group"], ["CN", "ISRG Root X1"]]);
      const intermediate = authority("public-r12", [["C", "US"], ["O", "Let's Encrypt"], ["CN", "R12"]], root);
      const subject = [["CN", "erp.tailspintoys.example"]];
      const extensions = (eku) => [END_ENTITY, usage("digitalSignature", "keyEncipherment"), eku, dns("erp.tailspintoys.example")];
      const before = issue({ file: "erp-before", issuer: intermediate, subject, extensions: extensions(purposes("serverAuth", "clientAuth")), from: "20251201074210Z", to: "20260301074209Z" });
      const after = issue({ file: "erp", issuer: intermediate, subject, extensions: extensions(purposes("serverAuth")), from: days(clearDay(-40)), to: days(70) });
      const host = "partners.litware.example";
      const { result, errors } = await withNginx(pki.folder, "127.0.77.20", nginxVerify(host, server("partners", litware, host), await bundle(intermediate, root)), () => askNginx(host, " -cert erp.pem -key erp.key"));
      return {
        "before-renewal.txt": crlf(dump(before, { file: "erp-2025.cer", prompt: "C:\\certs>" })), "after-renewal.txt": crlf(dump(after, { file: "erp.cer", prompt: "C:\\certs>" })),
        "s_client.txt": result, "nginx-error.log": lf(errors),
      };
    },

    "no-private-key": async () => {
      const client = person("lee", fabrikam, "fabrikam", "Lee Oakley", good);
      return {
        "strace.log": crlf(withPrefix(log(call({ issuers: fabrikamList, matches: 0 }), refused), "09:14:26:118", "2F40")),
        "certutil.txt": crlf(store([{ certificate: client, key: null }], { prompt: "C:\\Users\\lee>" })),
      };
    },

    "orphaned-key": async () => {
      const client = person("lee-orphan", fabrikam, "fabrikam", "Lee Oakley", good);
      return {
        "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 1 }), { ...intranet, status: null, error: "0x8009030d" })),
        "certutil.txt": crlf("C:\\Users\\lee>whoami", "fabrikam\\lee", "", store([{ certificate: client, key: softwareKey(client, { status: "missing" }) }], { prompt: "C:\\Users\\lee>" }), "",
          `C:\\Users\\lee>certutil -user -repairstore my ${client.serial}`, "my \"Personal\"", "CertUtil: -repairstore command FAILED: 0x80090016 (-2146893802 NTE_BAD_KEYSET)", "CertUtil: Keyset does not exist"),
        "event.txt": crlf("Log Name:      System", "Source:        Schannel", `Date:          ${new Date().getUTCMonth() + 1}/${new Date().getUTCDate()}/${new Date().getUTCFullYear()} 9:14:27 AM`, "Event ID:      36870", "Level:         Error", "Computer:      WS17.fabrikam.example", "Description:",
          "A fatal error occurred when attempting to access the TLS client credential private key. The error code returned from the cryptographic module is 0x80090016. The internal error state is 10001."),
      };
    },

    "key-rights-of-a-service": async () => {
      const client = issue({ file: "feed", issuer: fabrikam, subject: [["DC", "example"], ["DC", "fabrikam"], ["CN", "feed01.fabrikam.example"]], extensions: [...good, dns("feed01.fabrikam.example")] });
      const key = classicKey(client, { machine: true, provider: "Microsoft RSA SChannel Cryptographic Provider", type: 12 });
      return {
        "certutil-administrator.txt": crlf("C:\\Windows\\system32>whoami", "fabrikam\\adm-robin", "", store([{ certificate: client, key }], { user: false, prompt: "C:\\Windows\\system32>" })),
        "certutil-service.txt": crlf("C:\\Windows\\system32>whoami", "nt authority\\network service", "", store([{ certificate: client, key: { ...key, status: "missing" } }], { user: false, prompt: "C:\\Windows\\system32>" })),
        "feedservice.log": crlf(`${new Date().toISOString().slice(0, 10)} 09:14:27.118 [ERR] Upload to https://intake.litware.example/ failed`, "System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.",
          " ---> System.ComponentModel.Win32Exception (0x8009030D): The credentials supplied to the package were not recognized", "   at System.Net.SSPIWrapper.AcquireCredentialsHandle(ISSPIInterface secModule, String package, CredentialUse intent, SCHANNEL_CRED* scc)"),
      };
    },

    "keyspec-signature-demanded": async () => {
      const client = person("kim-spec", fabrikam, "fabrikam", "Kim Abercrombie", good);
      return {
        "strace.log": crlf(log(call({ flags: "00000098", issuers: fabrikamList, matches: 0 }), refused)),
        "certutil.txt": crlf(store([{ certificate: client, key: classicKey(client) }])),
      };
    },

    expired: async () => {
      const client = person("kim-expired", fabrikam, "fabrikam", "Kim Abercrombie", good, { from: days(-395), to: days(-30) });
      return {
        "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 0 }), refused)),
        "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }])),
      };
    },

    "not-yet-valid": async () => {
      const host = "api.northwind.example";
      const web = server("api", northwindG3, host);
      const client = issue({ file: "till07", issuer: northwindG3, subject: [["C", "US"], ["O", "Northwind Traders, Inc."], ["OU", "Tills"], ["CN", "till07"]], extensions: good, from: days(clearDay(9)), to: days(374) });
      const { result, errors } = await withNginx(pki.folder, "127.0.77.20", nginxVerify(host, web, northwindG3.pemFile), () => askNginx(host, " -cert till07.pem -key till07.key"));
      return { "s_client.txt": result, "error.log": lf(errors), "certutil-dump.txt": crlf(dump(client, { file: "till07.cer", prompt: "C:\\tills>" })) };
    },

    "issuer-near-miss": async () => {
      const client = person("dana", northwindClients, "northwind", "Dana Birkby", good);
      const prompt = "C:\\Users\\dana>";
      const list = [litware.subject, northwindG2.subject, graphic.subject, tailspin.subject];
      return {
        "strace.log": crlf(log(call({ issuers: list, matches: 0 }), { host: "portal.northwind.example", status: "403 Forbidden", substatus: "403.7", date: httpDate() })),
        "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }], { prompt }), "", store([{ certificate: northwindClients, key: null }], { name: "CA", verbose: false, prompt }), "", store([{ certificate: northwindG3, key: null }, { certificate: litware, key: null }], { name: "Root", verbose: false, prompt })),
      };
    },

    "missing-intermediate": async () => {
      const client = person("dana-inter", northwindClients, "northwind", "Dana Birkby", good);
      const prompt = "C:\\Users\\dana>";
      return {
        "strace.log": crlf(log(call({ issuers: [litware.subject, northwindG3.subject], matches: 0 }), { host: "portal.northwind.example", status: "403 Forbidden", substatus: "403.7", date: httpDate() })),
        "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }], { prompt }), "", store([], { name: "CA", verbose: false, prompt }), "", store([{ certificate: northwindG3, key: null }], { name: "Root", verbose: false, prompt })),
        "from-the-pki-team.txt": crlf(dump(northwindClients, { file: "clientca3.crt", prompt: "D:\\pki>" })),
      };
    },

    "list-cut-at-16k": async () => {
      const host = "owa.fabrikam.example";
      const client = person("kim-cut", fabrikam, "fabrikam", "Kim Abercrombie", good);
      const many = [];
      const towns = ["Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple", "Oak", "Pine", "Quince", "Rowan", "Spruce", "Thorn", "Willow", "Yew"];
      for (let at = 0, size = 0; ; at++) {
        const town = towns[at % towns.length];
        const subject = [["C", ["US", "DE", "FR", "JP", "BR"][at % 5]], ["O", `${town} Trust Services, Ltd.`], ["OU", "For authorized use only"], ["CN", `${town} Public Primary Certification Authority - G${Math.floor(at / towns.length) + 1}`]];
        const one = issue({ file: `many-${at}`, subject, extensions: CA, sameKeyAs: litware });
        size += one.subjectDer.length + 2;
        if (size > 16_384) break;
        many.push(one);
      }
      resolveHost(host, "127.0.77.10");
      const web = server("owa", fabrikam, host);
      const transcript = await withServer(pki.folder, ["-accept", "127.0.77.10:443", "-cert", web.pemFile, "-key", web.keyFile, "-CAfile", await bundle(...many), "-tls1_2", "-verify", "3", "-crlf"], (type) =>
        throughPipe(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host} -tls1_2`, ["GET /owa/ HTTP/1.1", `Host: ${host}`, "Connection: close", ""], answer(type, page403("403.7"))));
      return {
        "s_client.txt": transcript,
        "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }]), "", store([{ certificate: fabrikam, key: null }], { name: "Root", verbose: false })),
        "server-event.txt": crlf("Log Name:      System", "Source:        Schannel", `Date:          ${new Date().getUTCMonth() + 1}/${new Date().getUTCDate()}/${new Date().getUTCFullYear()} 7:02:11 AM`, "Event ID:      36885", "Level:         Warning", "Computer:      EX02.fabrikam.example", "Description:",
          "When asking for client authentication, this server sends a list of trusted certificate authorities to the client. The client uses this list to choose a client certificate that is trusted by the server. Currently, this server trusts so many certificate authorities that the list has grown too long. This list has thus been truncated. The administrator of this machine should review the certificate authorities trusted for client authentication and remove those that do not really need to be trusted."),
      };
    },

    "healthy-empty-list": async () => {
      const client = person("kim-empty", fabrikam, "fabrikam", "Kim Abercrombie", good);
      resolveHost(intranet.host, "127.0.77.10");
      const web = server("intranet", fabrikam, intranet.host);
      const transcript = await withServer(pki.folder, ["-accept", "127.0.77.10:443", "-cert", web.pemFile, "-key", web.keyFile, "-no-CAfile", "-no-CApath", "-no-CAstore", "-tls1_2", "-verify", "3", "-crlf"], (type) =>
        onTerminal(pki.folder, `openssl s_client -connect ${intranet.host}:443 -servername ${intranet.host} -tls1_2 -prexit -crlf -cert kim-empty.pem -key kim-empty.key`, ["GET /secure/ HTTP/1.1", `Host: ${intranet.host}`, "Connection: close", ""], { meanwhile: answer(type, page200()) }));
      return { "s_client.txt": transcript, "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }])) };
    },

    "healthy-two-matches": async () => {
      const work = person("kim-work", fabrikam, "fabrikam", "Kim Abercrombie", good);
      const admin = person("kim-admin", fabrikam, "fabrikam", "Kim Abercrombie (admin)", good);
      return {
        "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 2 }), { ...intranet, status: "200 OK", date: httpDate() })),
        "certutil.txt": crlf(store([{ certificate: work, key: softwareKey(work) }, { certificate: admin, key: softwareKey(admin) }])),
      };
    },

    "server-never-asks": async () => {
      const host = "portal.northwind.example";
      const { result } = await withNginx(pki.folder, "127.0.77.20", nginxVerify(host, server("portal", northwindG3, host), null, ["location / { return 401; }"]), () => askNginx(host, "", ["GET /orders HTTP/1.1", `Host: ${host}`, "Connection: close", ""]));
      return { "s_client.txt": result };
    },

    "asked-after-the-request": async () => {
      const host = "reports.northwind.example";
      const client = person("dana-late", northwindG3, "northwind", "Dana Birkby", good);
      const { result } = await withApache(pki.folder, "127.0.77.30", apacheSecure(host, server("reports", northwindG3, host), northwindG3.pemFile), () => askApache(host, " -tls1_2 -cert dana-late.pem -key dana-late.key"));
      return { "s_client.txt": result, "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }], { prompt: "C:\\Users\\dana>" })) };
    },

    "go-client-refuses-renegotiation": async () => {
      const host = "reports.northwind.example";
      const { result } = await withApache(pki.folder, "127.0.77.30", apacheSecure(host, server("reports", northwindG3, host), northwindG3.pemFile), () => askApache(host, " -tls1_2"));
      const day = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
      return { "s_client.txt": result, "uploader.log": lf(`${day} 09:14:27 uploader 1.4.0 starting, client certificate /etc/uploader/client.pem`, `${day} 09:14:27 POST https://${host}/secure/ attempt 1`, `${day} 09:14:27 Post "https://${host}/secure/": local error: tls: no renegotiation`) };
    },

    "wrong-store": async () => {
      const client = person("kim-machine", fabrikam, "fabrikam", "Kim Abercrombie", good);
      return {
        "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 0 }), refused)),
        "user-store.txt": crlf(store([], {})),
        "machine-store.txt": crlf(store([{ certificate: client, key: classicKey(client, { machine: true }) }], { user: false, prompt: "C:\\Windows\\system32>" })),
      };
    },

    "duplicate-suppressed": async () => {
      const template = ["1.3.6.1.4.1.311.21.7=ASN1:SEQUENCE:template", "[template]", "id=OID:1.3.6.1.4.1.311.21.8.9152316.4470112.3621021.2117714.1220011.94.2871103.6500021", "major=INTEGER:100", "minor=INTEGER:3"];
      const both = (file, from, to) => person(file, fabrikam, "fabrikam", "Kim Abercrombie", good, { from, to, template });
      const older = both("kim-older", days(-300), days(65));
      const newer = both("kim-newer", days(-10), days(355));
      return {
        "strace.log": crlf(log(call({ flags: "00000008", issuers: fabrikamList, matches: 1 }), { ...intranet, status: "403 Forbidden", substatus: "403.12", date: httpDate() })),
        "certutil.txt": crlf(store([{ certificate: older, key: softwareKey(older) }, { certificate: newer, key: softwareKey(newer) }])),
      };
    },

    "untrusted-chain-flag": async () => {
      const client = person("jo", tailspin, "tailspintoys", "Jo Berry", good);
      const prompt = "C:\\Users\\jo>";
      return {
        "strace.log": crlf(log(call({ flags: "0000008a", issuers: [tailspin.subject, graphic.subject], matches: 0 }), { host: "design.gdi.example", status: "403 Forbidden", substatus: "403.7", date: httpDate() })),
        "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }], { prompt })),
        "verify.txt": crlf(verify([client, tailspin], ["CERT_TRUST_IS_UNTRUSTED_ROOT", "20", "A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider. 0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT)"], { prompt })),
      };
    },

    "ec-key-rsa-only-tls13": async () => {
      const host = "ledger.woodgrove.example";
      const woodgrove = authority("woodgrove", [["C", "US"], ["O", "Woodgrove Bank"], ["CN", "Woodgrove Device CA"]]);
      const web = server("ledger", woodgrove, host);
      const client = issue({ file: "branch12", issuer: woodgrove, key: "ec", subject: [["C", "US"], ["O", "Woodgrove Bank"], ["OU", "Branches"], ["CN", "branch12"]], extensions: [usage("digitalSignature"), ...CLIENT] });
      resolveHost(host, "127.0.77.10");
      const transcript = await withServer(pki.folder, ["-accept", "127.0.77.10:443", "-cert", web.pemFile, "-key", web.keyFile, "-CAfile", woodgrove.pemFile, "-tls1_3", "-Verify", "2", "-client_sigalgs", "RSA-PSS+SHA256:RSA-PSS+SHA384:RSA+SHA256", "-www"], () =>
        onTerminal(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host} -tls1_3 -prexit -crlf -cert branch12.pem -key branch12.key`, ["GET /v2/balance HTTP/1.1", `Host: ${host}`, "Connection: close", ""]));
      return { "s_client.txt": transcript, "certutil-dump.txt": crlf(dump(client, { file: "branch12.cer", prompt: "C:\\branch>" })) };
    },

    "rsa-only-types-tls12": async () => {
      const host = "ledger.woodgrove.example";
      const woodgrove = authority("woodgrove", [["C", "US"], ["O", "Woodgrove Bank"], ["CN", "Woodgrove Device CA"]]);
      const web = server("ledger", woodgrove, host);
      const client = issue({ file: "branch14", issuer: woodgrove, key: "ec", subject: [["C", "US"], ["O", "Woodgrove Bank"], ["OU", "Branches"], ["CN", "branch14"]], extensions: [usage("digitalSignature"), ...CLIENT] });
      resolveHost(host, "127.0.77.10");
      const transcript = await withServer(pki.folder, ["-accept", "127.0.77.10:443", "-cert", web.pemFile, "-key", web.keyFile, "-CAfile", woodgrove.pemFile, "-tls1_2", "-Verify", "2", "-client_sigalgs", "RSA+SHA256:RSA+SHA384", "-www"], () =>
        onTerminal(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host} -tls1_2 -prexit -crlf -cert branch14.pem -key branch14.key`, ["GET /v1/balance HTTP/1.1", `Host: ${host}`, "Connection: close", ""]));
      return { "s_client.txt": transcript, "certutil-store.txt": crlf(store([{ certificate: client, key: softwareKey(client) }], { prompt: "C:\\branch>" })) };
    },

    "card-provider-cannot-sign": async () => {
      const host = "signing.woodgrove.example";
      const woodgrove = authority("woodgrove", [["C", "US"], ["O", "Woodgrove Bank"], ["CN", "Woodgrove Device CA"]]);
      const client = person("robin", woodgrove, "woodgrove", "Robin Counts", [usage("digitalSignature", "keyEncipherment"), purposes("clientAuth", "1.3.6.1.4.1.311.20.2.2")]);
      const { result } = await withNginx(pki.folder, "127.0.77.20", nginxVerify(host, server("signing", woodgrove, host), woodgrove.pemFile), () => askNginx(host, ""));
      return {
        "certutil.txt": crlf(store([{ certificate: client, key: classicKey(client, { provider: "Microsoft Base Smart Card Crypto Provider", container: "le-8f2c61d0-4a7e-4b1c-9d55-0c6b2f1e7a93", unique: null, status: "encryption" }) }], { prompt: "C:\\Users\\robin>" })),
        "s_client.txt": result,
        "curl.txt": crlf(`C:\\Users\\robin>curl -v --tls-max 1.2 --cert "CurrentUser\\MY\\${client.thumbprint}" https://${host}/api/orders`, `*   Trying 192.0.2.80:443...`, `* Connected to ${host} (192.0.2.80) port 443 (#0)`, "* schannel: disabled automatic use of client certificate", "* ALPN: offers http/1.1",
          "* schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331) - The client and server cannot communicate, because they do not possess a common algorithm.", "* Closing connection 0", "curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331) - The client and server cannot communicate, because they do not possess a common algorithm."),
      };
    },

    "tls13-post-handshake": async () => {
      const host = "reports.northwind.example";
      const web = server("reports", northwindG3, host);
      const { result, errors } = await withApache(pki.folder, "127.0.77.30", apacheSecure(host, web, northwindG3.pemFile), async () => ({ newer: await askApache(host, " -tls1_3"), older: await askApache(host, " -tls1_2") }));
      return { "tls13.txt": result.newer, "tls12.txt": result.older, "apache-error.log": lf(errors.filter((line) => line.includes("AH10158"))) };
    },

    "inspection-box": async () => {
      const host = "portal.northwind.example";
      const gatekeeper = authority("gatekeeper", [["C", "US"], ["O", "Fabrikam"], ["OU", "Network Security"], ["CN", "Gatekeeper Web Inspection CA"]]);
      const inspected = server("portal-inspected", gatekeeper, host);
      const genuine = server("portal", northwindG3, host);
      const words = ` -tls1_2 -prexit -crlf`;
      const typed = ["GET / HTTP/1.1", `Host: ${host}`, "Connection: close", ""];
      resolveHost(host, "127.0.77.11");
      const inside = await withServer(pki.folder, ["-accept", "127.0.77.11:443", "-cert", inspected.pemFile, "-key", inspected.keyFile, "-tls1_2", "-quiet"], (type) =>
        onTerminal(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host}${words}`, typed, { meanwhile: async () => type("HTTP/1.1 403 Forbidden\r\nServer: Microsoft-IIS/10.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") }));
      resolveHost(host, "127.0.77.12");
      const outside = await withServer(pki.folder, ["-accept", "127.0.77.12:443", "-cert", genuine.pemFile, "-key", genuine.keyFile, "-CAfile", northwindG3.pemFile, "-tls1_2", "-verify", "2", "-quiet"], (type) =>
        onTerminal(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host}${words}`, typed, { prompt: "kim@home:~$ ", meanwhile: async () => type("HTTP/1.1 403 Forbidden\r\nServer: Microsoft-IIS/10.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") }));
      return { "from-the-office.txt": inside, "from-outside.txt": outside };
    },

    "trace-only": async () => ({ "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 0 }), refused)) }),

    "s-client-without-request": async () => {
      const host = "reports.northwind.example";
      const { result } = await withApache(pki.folder, "127.0.77.30", apacheSecure(host, server("reports", northwindG3, host), northwindG3.pemFile), () =>
        outputOf(pki.folder, `openssl s_client -connect ${host}:443 -servername ${host} -tls1_2 </dev/null`));
      return { "s_client.txt": Buffer.concat([Buffer.from(`$ openssl s_client -connect ${host}:443 -servername ${host} -tls1_2 </dev/null\n`), result]) };
    },

    "two-faults": async () => {
      const client = person("jo-two", graphic, "tailspintoys", "Jo Berry", [usage("keyEncipherment"), ...CLIENT]);
      const prompt = "C:\\Users\\jo>";
      return {
        "strace.log": crlf(log(call({ issuers: [tailspin.subject, litware.subject], matches: 0 }), { host: "design.gdi.example", status: "403 Forbidden", substatus: "403.7", date: httpDate() })),
        "certutil.txt": crlf(store([{ certificate: client, key: classicKey(client) }], { prompt }), "", store([{ certificate: graphic, key: null }], { name: "Root", verbose: false, prompt })),
      };
    },

    "mail-with-all-three": async () => {
      const host = "intranet.fabrikam.example";
      const client = person("lee-mail", fabrikam, "fabrikam", "Lee Oakley", [usage("digitalSignature", "keyEncipherment"), purposes("emailProtection", "1.3.6.1.4.1.311.10.3.4")]);
      const web = server("intranet", fabrikam, host);
      const transcript = (await iisPerDirectory(host, web, [litware, fabrikam, tailspin])).toString("latin1").split("\n");
      return {
        "mail.txt": lf(
          "From: \"Help desk\" <helpdesk@fabrikam.example>", "To: tls-questions@fabrikam.example", "Subject: Fwd: Intranet does not ask for my certificate", `Date: ${new Date().toUTCString()}`, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "",
          "Hi,", "", "can you see why? Lee collected what you asked for last time, see below.", "", "Thanks", "Robin", "",
          "On Monday Lee wrote:", "> Hello Robin,", ">", "> here is the log of STRACE, only the part you asked for:", ">", quoted(call({ issuers: fabrikamList, matches: 0 })), ">",
          "> and this is my store:", ">", quoted(store([{ certificate: client, key: softwareKey(client) }], { prompt: "C:\\Users\\lee>" })), ">", "> and on the Linux box next to me:", ">", quoted(transcript.slice(0, -1)), ">", "> Regards", "> Lee"),
      };
    },

    "german-console": async () => {
      const wurzel = authority("blaukessel", [["C", "DE"], ["O", "Blaukessel Maschinenbau GmbH"], ["CN", "Blaukessel Wurzel-CA für Geräte"]]);
      const client = person("joerg", wurzel, "blaukessel", "Jörg Grünspan", [usage("keyEncipherment", "dataEncipherment"), ...CLIENT]);
      return {
        "strace.log": cp1252(crlf(log(call({ issuers: [graphic.subject, wurzel.subject], matches: 0 }), { host: "intranet.blaukessel.example", status: "403 Forbidden", substatus: "403.7", date: httpDate() }))),
        "zertifikate.txt": cp850(crlf(store([{ certificate: client, key: classicKey(client) }], { language: "de", prompt: "C:\\Users\\grünspan>", zone: 1 }))),
      };
    },

    "powershell-redirect": async () => {
      const client = person("lee-card", fabrikam, "fabrikam", "Lee Oakley", [usage("digitalSignature", "keyEncipherment"), purposes("1.3.6.1.4.1.311.20.2.2", "emailProtection")]);
      return {
        "strace.log": crlf(log(call({ issuers: fabrikamList, matches: 0 }), refused)),
        "certs.txt": utf16le(crlf(store([{ certificate: client, key: softwareKey(client) }], { command: false }))),
      };
    },

    "french-listing": async () => {
      const moulins = authority("moulins", [["C", "FR"], ["O", "Société des Moulins Verts"], ["CN", "Moulins Verts AC Racine"]]);
      const bleus = authority("moulins-bleus", [["C", "FR"], ["O", "Société des Moulins Bleus"], ["CN", "Moulins Bleus AC Racine"]]);
      const client = person("helene", moulins, "moulinsverts", "Hélène Déjardin", good);
      const prompt = "C:\\Users\\hdejardin>";
      const blanks = (lines) => lines.map((line) => line.replace(/ :/g, "\u00a0:"));
      return {
        "strace.log": cp1252(crlf(log(call({ issuers: [litware.subject, bleus.subject, tailspin.subject], matches: 0 }), { host: "extranet.litware.example", status: "403 Forbidden", substatus: "403.7", date: httpDate() }))),
        "magasin.txt": cp1252(crlf(blanks([...store([{ certificate: client, key: softwareKey(client) }], { language: "fr", prompt, zone: 1 }), "", ...store([{ certificate: moulins, key: null }], { name: "Root", language: "fr", verbose: false, prompt, zone: 1 })]))),
      };
    },

    "web-page-paste": async () => {
      const client = person("kim-page", fabrikam, "fabrikam", "Kim Abercrombie", [usage("keyEncipherment", "dataEncipherment"), ...CLIENT]);
      const section = call({ issuers: fabrikamList, matches: 0 }).filter((line) => line !== "" && !line.startsWith("=====") && line !== "1.3.6.1.5.5.7.3.2" && !line.startsWith("CERT_"));
      return {
        "question.txt": lf("Client certificate not displayed, 403.7 — what does KeySpec say?", "", "I followed the steps of the article “step by step”, here is the part of the STRACE log:", "", webPage(section), "",
          "And the certificate, as certutil –v –user –store my shows it:", "", webPage(store([{ certificate: client, key: classicKey(client) }], { prompt: "C:\\Users\\kim>" })), "", "Is it the KeySpec? Others have KeySpec = 1 — AT_KEYEXCHANGE, too."),
      };
    },

    "two-key-blocks": async () => {
      const [first, second] = [person("blocks-1", fabrikam, "fabrikam", "Kim Abercrombie", good), person("blocks-2", fabrikam, "fabrikam", "Kim Abercrombie", good)];
      const block = (certificate, older) => {
        const all = store([{ certificate, key: classicKey(certificate, { machine: true, provider: "Microsoft Strong Cryptographic Provider" }) }], { older });
        const start = all.findIndex((line) => line.includes("CERT_KEY_PROV_INFO_PROP_ID"));
        return all.slice(start, all.indexOf("", start));
      };
      return { "comment.txt": lf("The first certificate does not work, the second one does. Is KeySpec = 1 not the same as AT_KEYEXCHANGE?", "", block(first, false), "", "and the one that works:", "", block(second, true)) };
    },

    "chain-not-sent": async () => {
      const host = "api.northwind.example";
      const web = server("api", northwindG3, host);
      const client = person("dana-chain", northwindClients, "northwind", "Dana Birkby", good);
      const { result, errors } = await withNginx(pki.folder, "127.0.77.20", [...nginxVerify(host, web, northwindG3.pemFile).filter((line) => !line.includes("depth")), "ssl_verify_depth 3;", "location / { return 200 \"welcome\\n\"; }"], async () => ({
        leaf: await askNginx(host, " -cert dana-chain.pem -key dana-chain.key"), chain: await askNginx(host, " -cert dana-chain.pem -key dana-chain.key -cert_chain northwind-clients.pem"),
      }));
      return { "leaf-only.txt": result.leaf, "with-chain.txt": result.chain, "error.log": lf(errors), "certutil-dump.txt": crlf(dump(client, { file: "dana.cer", prompt: "C:\\Users\\dana>" })) };
    },

    "root-unknown-to-the-server": async () => {
      const host = "orders.litware.example";
      const web = server("orders", litware, host);
      const client = person("jo-unknown", tailspin, "tailspintoys", "Jo Berry", good);
      const { result, errors } = await withNginx(pki.folder, "127.0.77.20", nginxVerify(host, web, litware.pemFile), () => askNginx(host, " -cert jo-unknown.pem -key jo-unknown.key"));
      return { "s_client.txt": result, "error.log": lf(errors), "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }], { prompt: "C:\\Users\\jo>" }), "", store([{ certificate: tailspin, key: null }], { name: "Root", verbose: false, prompt: "C:\\Users\\jo>" })) };
    },

    revoked: async () => {
      const host = "orders.litware.example";
      const web = server("orders", litware, host);
      const client = person("jo-revoked", litware, "tailspintoys", "Jo Berry", good);
      await outputOf(pki.folder, `: > index.txt; echo 01 > crlnumber; openssl ca -config jo-revoked.cnf -cert ${litware.pemFile} -keyfile ${litware.keyFile} -revoke jo-revoked.pem; openssl ca -config jo-revoked.cnf -cert ${litware.pemFile} -keyfile ${litware.keyFile} -gencrl -crldays 7 -out litware.crl`);
      const { result, errors } = await withNginx(pki.folder, "127.0.77.20", nginxVerify(host, web, litware.pemFile, [`ssl_crl ${join(pki.folder, "litware.crl")};`]), () => askNginx(host, " -cert jo-revoked.pem -key jo-revoked.key"));
      return { "s_client.txt": result, "error.log": lf(errors), "certutil.txt": crlf(store([{ certificate: client, key: softwareKey(client) }], { prompt: "C:\\Users\\jo>" })) };
    },

    "upload-too-large": async () => {
      const host = "reports.northwind.example";
      const { result, errors } = await withApache(pki.folder, "127.0.77.30", apacheSecure(host, server("reports", northwindG3, host), northwindG3.pemFile), async () => {
        person("dana-upload", northwindG3, "northwind", "Dana Birkby", good);
        await outputOf(pki.folder, "head -c 300000 /dev/zero > scans.zip");
        const command = `curl -v --http1.1 --tls-max 1.2 -H Expect: --cacert northwind-g3.pem --cert dana-upload.pem --key dana-upload.key --data-binary @scans.zip https://${host}/secure/`;
        return Buffer.concat([Buffer.from(`$ ${command}\n`), await outputOf(pki.folder, command)]);
      });
      return { "curl.txt": result, "apache-error.log": lf(errors.filter((line) => line.includes("AH02018") || line.includes("AH02257"))) };
    },
  };
}
