/** Built-in accounts and groups of Windows by their SID (MS-DTYP, section 2.4.2.4), with the names that Windows prints in English, German and French. */
const WELL_KNOWN: readonly (readonly [sid: string, ...names: readonly string[]])[] = [
  ["S-1-1-0", "Everyone", "Jeder", "Tout le monde", "Todos", "Iedereen"],
  ["S-1-5-6", "NT AUTHORITY\\SERVICE", "NT-AUTORITÄT\\DIENST", "AUTORITE NT\\SERVICE"],
  ["S-1-5-11", "NT AUTHORITY\\Authenticated Users", "NT-AUTORITÄT\\Authentifizierte Benutzer", "AUTORITE NT\\Utilisateurs authentifiés"],
  ["S-1-5-18", "NT AUTHORITY\\SYSTEM", "NT-AUTORITÄT\\SYSTEM", "AUTORITE NT\\Système", "LocalSystem"],
  ["S-1-5-19", "NT AUTHORITY\\LOCAL SERVICE", "NT AUTHORITY\\LocalService", "NT-AUTORITÄT\\LOKALER DIENST", "NT-AUTORITÄT\\LocalService", "AUTORITE NT\\SERVICE LOCAL"],
  ["S-1-5-20", "NT AUTHORITY\\NETWORK SERVICE", "NT AUTHORITY\\NetworkService", "NT-AUTORITÄT\\NETZWERKDIENST", "NT-AUTORITÄT\\NetworkService", "AUTORITE NT\\SERVICE RÉSEAU"],
  ["S-1-5-32-544", "BUILTIN\\Administrators", "VORDEFINIERT\\Administratoren", "BUILTIN\\Administrateurs"],
  ["S-1-5-32-545", "BUILTIN\\Users", "VORDEFINIERT\\Benutzer", "BUILTIN\\Utilisateurs"],
  ["S-1-5-32-568", "BUILTIN\\IIS_IUSRS", "VORDEFINIERT\\IIS_IUSRS", "IIS_IUSRS"],
];

const sidByName = new Map(WELL_KNOWN.flatMap(([sid, ...names]) => names.map((name) => [name.toLowerCase(), sid])));

/** One key for every spelling of an account: the SID of a built-in one or of one printed as SID, else the name in lower case. */
export function accountKey(printed: string): string {
  const sid = /S-1-\d{1,3}(?:-\d{1,12}){1,15}/.exec(printed)?.[0];
  const name = printed.trim().toLowerCase();
  return sid ?? sidByName.get(name) ?? name;
}

const EVERYONE = "S-1-1-0";
const AUTHENTICATED = "S-1-5-11";
const SERVICE = "S-1-5-6";
const SYSTEM = "S-1-5-18";
const ADMINISTRATORS = "S-1-5-32-544";
const USERS = "S-1-5-32-545";
const WEB_USERS = "S-1-5-32-568";

/** Groups that an account is in by what it is, and whether these are all that Windows itself puts it in: those of a person or a domain's service are not known. */
export function builtInGroups(account: string): { readonly keys: readonly string[]; readonly all: boolean } {
  const key = accountKey(account);
  if (key === SYSTEM) return { keys: [EVERYONE, AUTHENTICATED, ADMINISTRATORS], all: true };
  if (key === "S-1-5-19" || key === "S-1-5-20") return { keys: [EVERYONE, AUTHENTICATED, SERVICE, USERS], all: true };
  if (key.startsWith("iis apppool\\") || key.startsWith("S-1-5-82-")) return { keys: [EVERYONE, AUTHENTICATED, SERVICE, USERS, WEB_USERS], all: true };
  if (key.startsWith("nt service\\") || key.startsWith("S-1-5-80-")) return { keys: [EVERYONE, AUTHENTICATED, SERVICE, USERS], all: true };
  return { keys: [EVERYONE, AUTHENTICATED], all: false };
}

/** An account of which nobody is a member: an entry for it concerns only itself. */
export function isSingleAccount(account: string): boolean {
  const key = accountKey(account);
  return [SYSTEM, "S-1-5-19", "S-1-5-20"].includes(key) || key.startsWith("iis apppool\\") || key.startsWith("nt service\\") || /^S-1-5-8[02]-/.test(key);
}
