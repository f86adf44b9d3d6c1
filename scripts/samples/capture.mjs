// Real servers and real runs of `openssl s_client` on loopback.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Runs one server while `use` runs; resolves to its result. `feed` is what the server is told on standard input, by time. */
async function during(command, words, cwd, use) {
  const server = spawn(command, words, { cwd, stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise((done) => server.once("exit", done));
  let said = "";
  server.stdout.on("data", (chunk) => { said += chunk; });
  server.stderr.on("data", (chunk) => { said += chunk; });
  server.stdin.on("error", () => undefined);
  await sleep(500);
  if (server.exitCode !== null) throw new Error(`${command} did not start: ${said}`);
  try {
    return await use((text) => server.stdin.write(text));
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
}

/** `openssl s_server`; `use` gets a function that types into it. */
export function withServer(folder, words, use) {
  return during("openssl", ["s_server", ...words], folder, use);
}

/** nginx with one TLS server; resolves to what `use` returns and to the error log. */
export async function withNginx(folder, address, settings, use) {
  const home = join(folder, "nginx");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "error.log"), "");
  writeFileSync(join(home, "nginx.conf"), [
    "daemon off;", "worker_processes 1;", `pid ${home}/pid;`, `error_log ${home}/error.log info;`, "events { worker_connections 16; }",
    "http {", `access_log off; client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fastcgi; uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;`,
    "server {", `listen ${address}:443 ssl;`, ...settings, "}", "}", "",
  ].join("\n"));
  const result = await during("nginx", ["-c", join(home, "nginx.conf"), "-e", join(home, "error.log")], folder, use);
  return { result, errors: readFileSync(join(home, "error.log"), "utf8").split("\n").filter((line) => line.includes("[info]") && line.includes("client SSL")) };
}

/** Apache with one TLS host whose /secure/ wants a certificate; resolves to what `use` returns and to its error log. */
export async function withApache(folder, address, settings, use) {
  const home = join(folder, "apache");
  mkdirSync(join(home, "htdocs", "secure"), { recursive: true });
  writeFileSync(join(home, "htdocs", "secure", "index.html"), "<p>Reports</p>\n");
  writeFileSync(join(home, "error.log"), "");
  const modules = "/usr/lib/apache2/modules";
  writeFileSync(join(home, "httpd.conf"), [
    `ServerRoot ${home}`, `PidFile ${home}/pid`, `ErrorLog ${home}/error.log`, "LogLevel warn ssl:warn", "ServerName localhost", "User www-data", "Group www-data", `Mutex file:${home} default`,
    ...["mpm_event", "authz_core", "dir", "socache_shmcb", "ssl"].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    `Listen ${address}:443`, `DocumentRoot ${home}/htdocs`, "DirectoryIndex index.html", `<Directory ${home}/htdocs>`, "AllowOverride None", "Require all granted", "</Directory>",
    `<VirtualHost ${address}:443>`, "SSLEngine on", ...settings, "</VirtualHost>", "",
  ].join("\n"));
  const result = await during("apache2", ["-f", join(home, "httpd.conf"), "-DFOREGROUND"], folder, use);
  return { result, errors: readFileSync(join(home, "error.log"), "utf8").split("\n").filter((line) => line.includes("[ssl:")) };
}

/** A run on a terminal: the command as it was typed, the program's output, and the echo of what was typed into it. */
export async function onTerminal(folder, command, typed, { prompt = "kim@ws17:~$ ", pause = 700, meanwhile = async () => undefined } = {}) {
  const child = spawn("script", ["-qfec", command, "/dev/null"], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk) => { output += chunk.toString("latin1"); });
  const ended = new Promise((done) => child.once("exit", done));
  child.stdin.on("error", () => undefined);
  await sleep(pause);
  for (const line of typed) {
    if (child.exitCode === null) child.stdin.write(`${line}\n`);
    await sleep(60);
  }
  await sleep(pause);
  await meanwhile();
  await sleep(pause);
  child.stdin.end();
  const late = setTimeout(() => child.kill("SIGTERM"), 4000);
  await ended;
  clearTimeout(late);
  return Buffer.from(`${prompt}${command}\n${output.replaceAll("\r\n", "\n").replaceAll("\r", "").replace(/\^D\x08\x08/g, "")}`, "latin1");
}

/** A run through a pipe: `printf … | openssl s_client … 2>&1`, standard error and output in one file. */
export async function throughPipe(folder, command, typed, meanwhile = async () => undefined) {
  const child = spawn("sh", ["-c", `{ sleep 1; printf '%s\\r\\n' ${typed.map((line) => `'${line}'`).join(" ")}; sleep 2; } | ${command} 2>&1`], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  const ended = new Promise((done) => child.once("close", done));
  await sleep(2000);
  await meanwhile();
  await ended;
  return Buffer.concat(chunks);
}

/** Output of a command, both streams in order. */
export async function outputOf(folder, command) {
  const child = spawn("sh", ["-c", `${command} 2>&1`], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  await new Promise((done) => child.once("close", done));
  return Buffer.concat(chunks);
}
