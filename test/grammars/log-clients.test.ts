import { describe, expect, test } from "@jest/globals";
import { addressesNamed, logClientIn, logClientsOf } from "../../grammars/shared/log-clients.ts";
import { lineSpan, sourceText, textOf } from "../../src/text/source-text.ts";

const line = (text: string) => lineSpan(sourceText("a.log", text), 0);

describe("the client that a line of a log names", () => {
  test.each([
    ["2026/11/22 18:37:16 [info] 3435#3435: *1 client sent no required SSL certificate while reading client request headers, client: 192.0.2.9, server: , host: \"depot.example\"", "192.0.2.9", "2026-11-22T04:37:16.000Z"],
    ["2026/11/22 18:37:16 [info] 3435#3435: *1 client sent no required SSL certificate, client: 2001:db8::9, server: x", "2001:db8::9", "2026-11-22T04:37:16.000Z"],
    ["[Sun Nov 22 18:37:21.719682 2026] [ssl:info] [pid 3514:tid 3517] [client 192.0.2.9:55976] AH02008: SSL library error 1", "192.0.2.9", "2026-11-22T04:37:21.000Z"],
    ["[Sun Nov 22 18:37:21.719682 2026] [ssl:info] [pid 3514:tid 3517] [client 2001:db8::9:55976] AH02008: SSL library error 1", "2001:db8::9", "2026-11-22T04:37:21.000Z"],
    ["192.0.2.9 - - [22/Nov/2026:18:37:18 +0100] \"GET /stock HTTP/1.1\" 496 0", "192.0.2.9", "2026-11-22T17:37:18.000Z"],
    ["depot.example:443 192.0.2.9 - CN=till-07, O=Talgrund [22/Nov/2026:18:37:18 -0530] \"GET / HTTP/1.1\" 403 12", "192.0.2.9", "2026-11-23T00:07:18.000Z"],
    ["[22/Nov/2026:18:37:23 +0000] 192.0.2.9 TLSv1.3 NONE - \"GET /stock HTTP/1.1\" 200", "192.0.2.9", "2026-11-22T18:37:23.000Z"],
    ["192.0.2.9:47248 [22/Nov/2026:18:36:09.491] till/1: SSL handshake failure", "192.0.2.9", "2026-11-22T04:36:09.000Z"],
    ["Nov 22 18:36:09 depot haproxy[811]: 192.0.2.9:47266 [22/Nov/2026:18:36:09.727] till/1: SSL client certificate not trusted", "192.0.2.9", "2026-11-22T04:36:09.000Z"],
    ["2026-03-02 08:14:11 10.20.0.5 GET /orders/ - 443 - 10.20.7.31 Mozilla/5.0+(Windows) - 403 7 5 31", "10.20.7.31", "2026-03-02T08:14:11.000Z"],
    ["2026/11/22 18:37:16 http: TLS handshake error from 192.0.2.9:41234: tls: client didn't provide a certificate", "192.0.2.9", "2026-11-22T04:37:16.000Z"],
    ["2026/11/22 18:37:16 http: TLS handshake error from [2001:db8::9]:41234: EOF", "2001:db8::9", "2026-11-22T04:37:16.000Z"],
    ["Nov 22 18:36:09 mx postfix/smtpd[811]: SSL_accept error from mail.example[192.0.2.9]: -1", "192.0.2.9", null],
    ["{\"level\":\"warn\",\"ts\":\"2026-11-22T18:37:16.123Z\",\"msg\":\"rejected connection\",\"remote-addr\":\"192.0.2.9:41234\",\"error\":\"EOF\"}", "192.0.2.9", "2026-11-22T18:37:16.000Z"],
    ["time=2026-11-22T18:37:16Z client_ip=192.0.2.9 status=495", "192.0.2.9", "2026-11-22T18:37:16.000Z"],
    ["[Sun Nov 22 18:37:21 2026] [ssl:info] [pid 3514] [client 2001:db8::9] AH02008: SSL library error 1", "2001:db8::9", "2026-11-22T04:37:21.000Z"],
    ["[Sun Nov 22 18:37:21 2026] [ssl:info] [pid 3514] [client ::ffff:192.0.2.9:55976] AH02008: SSL library error 1", "::ffff:192.0.2.9", "2026-11-22T04:37:21.000Z"],
    ["2026-03-02 08:14:11 fe80::1%4 GET /orders/ - 443 - fe80::c0ff:ef%4 Mozilla/5.0+(Windows) - 403 7 5 31", "fe80::c0ff:ef%4", "2026-03-02T08:14:11.000Z"],
    ["access.log:17:192.0.2.9 - - [22/Nov/2026:18:37:18 +0000] \"GET / HTTP/1.1\" 496 0", "192.0.2.9", "2026-11-22T18:37:18.000Z"],
    ["access.log:2001:db8::9 - - [22/Nov/2026:18:37:18 +0000] \"GET / HTTP/1.1\" 496 0", "2001:db8::9", "2026-11-22T18:37:18.000Z"],
    ["2001:db8::9 - - [22/Nov/2026:18:37:18 +0000] \"GET / HTTP/1.1\" 496 0", "2001:db8::9", "2026-11-22T18:37:18.000Z"],
    ["web-1  | 192.0.2.9 - - [22/Nov/2026:18:37:18 +0000] \"GET / HTTP/1.1\" 496 0", "192.0.2.9", "2026-11-22T18:37:18.000Z"],
    ["[pod/web-7d/nginx] 192.0.2.9 - - [22/Nov/2026:18:37:18 +0000] \"GET / HTTP/1.1\" 496 0", "192.0.2.9", "2026-11-22T18:37:18.000Z"],
    ["Nov 22 18:37:18 depot nginx: 192.0.2.9 - - [22/Nov/2026:18:37:18 +0000] \"GET / HTTP/1.1\" 496 0", "192.0.2.9", "2026-11-22T18:37:18.000Z"],
    ["2026-11-22T18:37:18+00:00 depot nginx[811]: 192.0.2.9 - - [22/Nov/2026:18:37:18 +0000] \"GET / HTTP/1.1\" 496 0", "192.0.2.9", "2026-11-22T18:37:18.000Z"],
    ["C:\\logs\\u_ex.log:2026-03-02 08:14:11 10.20.0.5 GET /orders/ - 443 - 10.20.7.31 Mozilla/5.0 - 403 7 5 31", "10.20.7.31", "2026-03-02T08:14:11.000Z"],
    ["Nov 22 18:37:16 mx dovecot: imap-login: Disconnected: SSL_accept() failed: user=<>, rip=192.0.2.9, lip=192.0.2.80, TLS handshaking", "192.0.2.9", null],
  ])("%s", (text, address, earliest) => {
    const client = logClientIn(line(text));
    expect(client?.address.value).toBe(address);
    expect(client === null ? null : textOf(client.address.span)).toBe(address);
    expect(client?.time?.earliest ?? null).toBe(earliest);
  });

  test.each([
    "* Connected to lager.example (192.0.2.80) port 443 (#0)",
    "[Sun Nov 22 18:37:21 2026] [ssl:info] [remote 192.0.2.4:443] AH02276: Certificate Verification: Error (10)",
    "Our client is 192.0.2.9, the server 192.0.2.80.",
    "2026-03-02 08:14:11 service started on 10.20.0.5",
    "openssl s_client -connect 192.0.2.80:443",
  ])("none: %s", (text) => expect(logClientIn(line(text))).toBeNull());
});

test.each([
  ["Our till is 192.0.2.9, and it fails.", ["192.0.2.9"]],
  ["   IPv4 Address. . . . . . . . . . . : 10.20.7.31", ["10.20.7.31"]],
  ["    inet 10.20.7.31/24 brd 10.20.7.255 scope global eth0", ["10.20.7.31", "10.20.7.255"]],
  ["* Established connection to lager.example (192.0.2.80 port 443) from 192.0.2.9 port 40112", ["192.0.2.9"]],
  ["* Connected to lager.example (192.0.2.80) port 443 (#0)", []],
  ["Connecting to 192.0.2.80", []],
  ["the server is 192.0.2.80; https://192.0.2.81/lager", []],
  ["2026-03-02 08:14:11 10.20.0.5 started", []],
  ["version 1.2.3.4.5", []],
  ["Please ignore 192.0.2.10, our till is 192.0.2.9.", ["192.0.2.9"]],
  ["192.0.2.10 is the load balancer's health check, the till has 192.0.2.9", ["192.0.2.9"]],
  ["The till 192.0.2.9 connects through the proxy 192.0.2.10.", ["192.0.2.9"]],
  ["192.0.2.10 is not ours; 192.0.2.11, that is our monitoring; 192.0.2.12 (DNS)", []],
  ["The till at 192.0.2.9 fails, the other till, 192.0.2.10, works.", ["192.0.2.9"]],
  ["Die Kasse 192.0.2.10 geht, 192.0.2.9 geht nicht.", ["192.0.2.9"]],
  ["   Default Gateway . . . . . . . . . : 10.20.7.1", []],
  ["   Standardgateway . . . . . . . . . : 10.20.7.1", []],
  ["   IPv4-Adresse  . . . . . . . . . . : 10.20.7.31(Bevorzugt)", ["10.20.7.31"]],
  ["Address:  192.0.2.80", []],
  ["Pinging depot.example [192.0.2.80] with 32 bytes of data:", []],
  ["Reply from 192.0.2.80: bytes=32 time<1ms TTL=128", []],
])("addresses of a line that is of no log: %s", (text, expected) => expect(addressesNamed(line(text)).map(({ value }) => value)).toEqual(expected));

test("clients of a log, each once, and who names them", () => {
  const access = (address: string): string => `${address} - - [22/Nov/2026:18:37:18 +0000] "GET / HTTP/1.1" 200 2`;
  const text = ["Ours is 192.0.2.9.", access("192.0.2.77"), access("192.0.2.9"), access("192.0.2.77")].join("\n");
  const fact = logClientsOf(sourceText("mail.txt", text), "traces", []);
  expect(fact?.clients.map(({ value }) => value)).toEqual(["192.0.2.77", "192.0.2.9"]);
  expect(fact?.named.map(({ value }) => value)).toEqual(["192.0.2.9"]);
  expect(logClientsOf(sourceText("mail.txt", access("192.0.2.9")), "traces", [])).toBeNull();
});

test("a long log costs linear time", () => {
  const hostile = ["client: ".repeat(400), `${"1.".repeat(1500)} [`, `postfix/smtpd ${"from ".repeat(600)}`, `2026-03-02 08:14:11 GET /${" 1".repeat(1500)}`, `${"a:".repeat(1900)} - -`].join("\n");
  const time = (times: number): number => {
    const source = sourceText("a.log", Array.from({ length: times }, () => hostile).join("\n"));
    const begin = performance.now();
    logClientsOf(source, "traces", []);
    return performance.now() - begin;
  };
  const short = time(20);
  expect(time(200)).toBeLessThan(Math.max(3000, short * 30));
});
