/** A SID as it is printed: `S-1-5-32-544`. */
export const SID = /S-1-\d{1,3}(?:-\d{1,12}){1,15}/;

const EVERYONE = "S-1-1-0";
const SERVICE = "S-1-5-6";
const AUTHENTICATED = "S-1-5-11";
const SYSTEM = "S-1-5-18";
const LOCAL_SERVICE = "S-1-5-19";
const NETWORK_SERVICE = "S-1-5-20";
const ADMINISTRATORS = "S-1-5-32-544";
const USERS = "S-1-5-32-545";
const WEB_USERS = "S-1-5-32-568";

/** Built-in accounts and groups of Windows by their SID (MS-DTYP, section 2.4.2.4), with names that Windows prints in several languages. */
const WELL_KNOWN: readonly (readonly [sid: string, ...names: readonly string[]])[] = [
  [EVERYONE, "Everyone", "Jeder", "Tout le monde", "Todos", "Iedereen"],
  [SERVICE, "NT AUTHORITY\\SERVICE", "NT-AUTORITÄT\\DIENST", "AUTORITE NT\\SERVICE"],
  [AUTHENTICATED, "NT AUTHORITY\\Authenticated Users", "NT-AUTORITÄT\\Authentifizierte Benutzer", "AUTORITE NT\\Utilisateurs authentifiés"],
  [SYSTEM, "NT AUTHORITY\\SYSTEM", "NT-AUTORITÄT\\SYSTEM", "AUTORITE NT\\Système", "LocalSystem"],
  [
    LOCAL_SERVICE, "NT AUTHORITY\\LOCAL SERVICE", "NT AUTHORITY\\LocalService", "NT-AUTORITÄT\\LOKALER DIENST", "NT-AUTORITÄT\\LocalService",
    "AUTORITE NT\\SERVICE LOCAL",
  ],
  [
    NETWORK_SERVICE, "NT AUTHORITY\\NETWORK SERVICE", "NT AUTHORITY\\NetworkService", "NT-AUTORITÄT\\NETZWERKDIENST", "NT-AUTORITÄT\\NetworkService",
    "AUTORITE NT\\SERVICE RÉSEAU",
  ],
  [ADMINISTRATORS, "BUILTIN\\Administrators", "VORDEFINIERT\\Administratoren", "BUILTIN\\Administrateurs"],
  [USERS, "BUILTIN\\Users", "VORDEFINIERT\\Benutzer", "BUILTIN\\Utilisateurs"],
  [WEB_USERS, "BUILTIN\\IIS_IUSRS", "VORDEFINIERT\\IIS_IUSRS", "IIS_IUSRS"],
];

const sidByName = new Map(WELL_KNOWN.flatMap(([sid, ...names]) => names.map((name) => [name.toLowerCase(), sid])));

/** One key for every spelling of an account: the SID of a built-in one or of one printed as SID, else the name in lower case. */
export function accountKey(printed: string): string {
  const sid = SID.exec(printed)?.[0];
  const name = printed.trim().toLowerCase();
  return sid ?? sidByName.get(name) ?? name;
}

/**
 * Groups that an account is in by what it is, and whether these are all that Windows itself puts it in: those of a person or of a domain's
 * service are not known.
 */
export function builtInGroups(account: string): { readonly keys: readonly string[]; readonly all: boolean } {
  const key = accountKey(account);
  if (key === SYSTEM) return { keys: [EVERYONE, AUTHENTICATED, ADMINISTRATORS], all: true };
  if (key === LOCAL_SERVICE || key === NETWORK_SERVICE) return { keys: [EVERYONE, AUTHENTICATED, SERVICE, USERS], all: true };
  if (key.startsWith("iis apppool\\") || key.startsWith("S-1-5-82-")) return { keys: [EVERYONE, AUTHENTICATED, SERVICE, USERS, WEB_USERS], all: true };
  if (key.startsWith("nt service\\") || key.startsWith("S-1-5-80-")) return { keys: [EVERYONE, AUTHENTICATED, SERVICE, USERS], all: true };
  return { keys: [EVERYONE, AUTHENTICATED], all: false };
}

/** An account of which nobody is a member: an entry for it concerns only itself. */
export function isSingleAccount(account: string): boolean {
  const key = accountKey(account);
  return [SYSTEM, LOCAL_SERVICE, NETWORK_SERVICE].includes(key) || /^(?:iis apppool\\|nt service\\|S-1-5-8[02]-)/.test(key);
}
