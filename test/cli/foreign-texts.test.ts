import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { run } from "../../src/cli/run.ts";
import { memoryIo } from "../support/memory-io.ts";

/** Texts that are no evidence, though they have words, numbers or shapes of it. */
const FOREIGN: Readonly<Record<string, string>> = {
  "prose that names a status": "HTTP 403 is what a server sends when it refuses a request. The library has 403.750 books; room 401.2 is closed, and bus 403 leaves at 16.12.\n",
  "prose about certificates": "Our certificate of insurance has expired and the key is with the janitor. The store denied access; whoami to judge? SYSTEM: (F)ine.\n",
  "a guide to client certificates": "# Client certificates\nA server asks with CertificateRequest, the client answers with Certificate.\nUse `openssl s_client -connect host:443`; in nginx, `ssl_verify_client` decides.\n",
  "program code": "export const STATUS = { forbidden: 403, flags: 0x88 };\nif (error.code === 12044 || flags & 0x8009) throw new Error(`HTTP ${status}`);\nfunction verify(result) { return result === \"OK\"; }\n",
  "a configuration of another program": "[server]\nhost = 0.0.0.0\nport = 8443\nverify = NONE\nidentity = service\nciphers = HIGH:!aNULL\n",
  "a stack trace": "java.io.IOException: Server returned HTTP response code: 403 for URL: https://host/x\n\tat com.example.App.run(App.java:42)\nCaused by: java.lang.NullPointerException\n",
  "an API's answer": "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"forbidden: User \\\"anonymous\\\" cannot get path\",\"reason\":\"Forbidden\",\"code\":403}\n",
  "a table": "id,status,amount\n1,403.7,12.5\n2,500.0,403.16\n",
  "a web server's access log": "192.0.2.1 - - [22/Nov/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 403 153 \"-\" \"Mozilla/5.0\"\n192.0.2.1 - - [22/Nov/2026:10:00:01 +0000] \"GET /b HTTP/1.1\" 400 15 \"-\" \"curl/8\"\n",
  "a log of sshd and the kernel": "Nov 22 10:00:00 host sshd[403]: Failed password for invalid user admin from 192.0.2.7 port 40312 ssh2\nNov 22 10:00:02 host kernel: [  403.160000] usb 1-1: new high-speed USB device number 7\n",
  "a log of a database": "2026-11-22 10:00:00.123 UTC [403] FATAL:  password authentication failed for user \"app\"\n2026-11-22 10:00:00.123 UTC [403] DETAIL:  Connection matched pg_hba.conf line 7\n",
  "a log of Windows Update": "2026/11/22 10:00:00.1234567 1234  5678  Agent  * FATAL: Failed to get content, hr = 0x80240022\n2026/11/22 10:00:00.1234567 1234  5678  Misc   WARNING: Send failed with hr = 80072ee2.\n",
  "results of tests and checksums": "PASS a.test.ts\nFAILED: expected 403 to be 200\nchecksum a.iso: OK\nb.iso: verification failed\nverify=SUCCESS\n",
  "a directory listing": "-rw-r--r-- 1 root root  403 Nov 22 10:00 access.log\n-rw-r--r-- 1 root root 36885 Nov 22 10:00 events.txt\n",
  "rights of another file": "C:\\inetpub\\wwwroot NT AUTHORITY\\SYSTEM:(F)\n                   BUILTIN\\Users:(RX)\n\nSuccessfully processed 1 files; Failed processing 0 files\n",
  "a mail without a symptom": "Hello,\n\nthe page does not open since Monday. Could you have a look? It says that I am not allowed.\n\nKind regards\nAnna\n",
  "a page in HTML": "<!doctype html><html><head><title>Welcome</title></head><body><h1>Welcome</h1><p>Choose a certificate course: 403 places left.</p></body></html>\n",
  "a build": "$ npm test\n> jest\nTests: 403 passed, 403 total\nTime: 7.16 s\n",
};

async function certwhy(words: readonly string[], text: string) {
  const io = memoryIo({ files: { "text.txt": text } });
  return { code: await run([...words, "text.txt"], io), out: io.printed(), err: io.complained() };
}

describe("a text of no known kind", () => {
  test.each(Object.entries(FOREIGN))("%s: exit code 3, one sentence, and no finding", async (_name, text) => {
    const { code, err } = await certwhy([], text);
    expect([code, err]).toEqual([3, expect.stringMatching(/^certwhy: nothing was recognized; .*\n$/)]);
    const { out } = await certwhy(["--format", "json"], text);
    expect(JSON.parse(out)).toMatchObject({ findings: [], ruledOut: [], inputs: [{ formats: [] }] });
  });

  // They speak of nothing else and are evidence of nothing; grammars, causes and their pages quote evidence on purpose.
  test("sources of this program give no finding", async () => {
    const folders = ["src/correlate", "src/report", "src/render", "src/text"];
    const files = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`));
    const io = memoryIo({ files: Object.fromEntries(files.map((file) => [file, readFileSync(file, "utf8")])) });
    await run(["--format", "json", ...files], io);
    expect((JSON.parse(io.printed()) as { findings: readonly unknown[] }).findings).toEqual([]);
  });
});
