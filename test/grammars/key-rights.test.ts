import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { keyRights } from "../../grammars/key-rights/index.ts";
import { placeOf } from "../../src/text/source-text.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/key-rights/${name}`, "utf8");

followsTheRules(keyRights, "key-rights", { alsoIn: ["certutil/two-commands"] });

async function facts(text: string): Promise<readonly string[]> {
  return (await readWith(keyRights, text)).facts.map((fact) => {
    const line = placeOf(fact.span).line;
    if (fact.kind === "account") return `${line} ${fact.of} ${fact.name?.value ?? "?"}${fact.sid === null ? "" : ` ${fact.sid.value}`}`;
    if (fact.kind !== "key-file-rights") throw new Error(fact.kind);
    return `${line} ${fact.file.value.slice(0, 4)} ${fact.complete ? "whole" : "open"}: ${fact.entries.map(({ value }) => `${value.account}=${value.deny ? "-" : ""}${value.rights.join("")}`).join(", ")}`;
  });
}

describe("rights of a key file", () => {
  test.each([
    ["english.txt", ["2 4b1f whole: NT AUTHORITY\\SYSTEM=F, BUILTIN\\Administrators=F, IIS APPPOOL\\Frachtportal=R"]],
    ["german.txt", ["2 shell spedition\\svc-fracht", "12 program NT AUTHORITY\\NetworkService",
      "15 4b1f whole: NT-AUTORITÄT\\SYSTEM=IF, VORDEFINIERT\\Administratoren=IF, NT-AUTORITÄT\\NETZWERKDIENST=-R"]],
    ["french.txt", ["2 4b1f whole: AUTORITE NT\\Système=F, BUILTIN\\Administrateurs=F, AUTORITE NT\\SERVICE RÉSEAU=RX, S-1-5-21-3014158712-1920837465-77215003-2213=R"]],
    ["cacls.txt", ["1 4b1f open: NT AUTHORITY\\SYSTEM=F, BUILTIN\\Administrators=OICIF, SPEDITION\\svc-fracht=R"]],
    ["pool.txt", ["2 program SPEDITION\\svc-fracht", "4 program NT AUTHORITY\\NETWORK SERVICE", "5 program IIS APPPOOL\\Frachtportal"]],
  ])("%s", async (name, expected) => {
    expect(await facts(form(name))).toEqual(expected);
  });

  test("a list without its summary, or of which a file failed, is not whole", async () => {
    const text = form("english.txt");
    expect((await facts(text.replace(/Successfully[^\r]*/, "")))[0]).toContain("open");
    expect((await facts(text.replace("Failed processing 0 files", "Failed processing 1 files")))[0]).toContain("open");
    expect((await facts(text.replace("(R)", "(IO)(DENY)(R,W)")))[0]).toContain("Frachtportal=-IORW");
  });

  test("of several files each is whole where the next one or the summary follows", async () => {
    const first = form("english.txt").split("\r\n").slice(1, 5).join("\r\n");
    expect((await facts(`${first}\r\n${first.replaceAll("4b1f", "77aa")}\r\nSuccessfully processed 2 files; Failed processing 0 files\r\n`)).map((fact) => fact.slice(0, 13)))
      .toEqual(["1 4b1f whole:", "5 77aa whole:"]);
    expect((await facts(`${first}\r\n${first.replaceAll("4b1f", "77aa")}\r\n`)).map((fact) => fact.slice(0, 12))).toEqual(["1 4b1f whole", "5 77aa open:"]);
  });

  test("rights of other files and prose are none of this", async () => {
    for (const text of ["C:\\inetpub\\web.config BUILTIN\\Users:(R)\nSuccessfully processed 1 files; Failed processing 0 files", "run whoami and send us the answer\nACME\\bob", "whoami", "C:\\>whoami\nC:\\>dir"]) {
      expect(await facts(text)).toEqual([]);
    }
  });
});

describe("whoami", () => {
  test("its tables: the SID, groups, and which of them only deny", async () => {
    const { facts: [fact] } = await readWith(keyRights, form("groups.txt"));
    if (fact?.kind !== "account") throw new Error("no account");
    expect([fact.name?.value, fact.sid?.value]).toEqual(["spedition\\svc-fracht", "S-1-5-21-3014158712-1920837465-77215003-2213"]);
    expect(fact.groups?.map(({ name, denyOnly }) => `${name.value}${denyOnly ? " -" : ""}`)).toEqual(["Everyone", "BUILTIN\\Administrators -", "NT AUTHORITY\\SERVICE", "SPEDITION\\Fracht-Dienste"]);
  });

  test("as a list; lists of groups are not read", async () => {
    const list = "Benutzername: spedition\\anna\nSID:          S-1-5-21-3014158712-1920837465-77215003-1104\n";
    expect(await facts(`C:\\>whoami /user /fo list\n\nBENUTZERINFORMATIONEN\n---------------------\n\n${list}`)).toEqual(["6 shell spedition\\anna S-1-5-21-3014158712-1920837465-77215003-1104"]);
    expect(await facts("C:\\>whoami /groups /fo list\n\nGroup Name: BUILTIN\\Administrators\nType:       Alias\nSID:        S-1-5-32-544\nAttributes: Enabled group\n")).toEqual([]);
    expect(await facts("C:\\>whoami /user /fo csv\n\"User Name\",\"SID\"\n\"spedition\\anna\",\"S-1-5-21-1-2-3-1104\"\n")).toEqual([]);
  });

  test("of a service in PowerShell", async () => {
    expect(await facts("StartName : NT AUTHORITY\\NetworkService\n")).toEqual(["1 program NT AUTHORITY\\NetworkService"]);
  });

  test("with lost columns", async () => {
    expect(await facts("$ whoami /user\nUser Name SID\n======== ====\nacme\\bob S-1-5-21-1-2-3-1001\n")).toEqual(["4 shell acme\\bob S-1-5-21-1-2-3-1001"]);
  });
});
