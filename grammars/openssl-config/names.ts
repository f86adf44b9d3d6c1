/** Settings whose value bears on which signature a client certificate can make, in OpenSSL's own spelling. */
export const settingNames = ["ClientSignatureAlgorithms", "SignatureAlgorithms", "MinProtocol", "MaxProtocol"] as const;

/** Names of the command-line form (`SSL_CONF_cmd`), by the setting they are. */
export const optionNames: Readonly<Record<string, string>> = {
  client_sigalgs: "ClientSignatureAlgorithms", sigalgs: "SignatureAlgorithms", min_protocol: "MinProtocol", max_protocol: "MaxProtocol",
};

const known = new Map([...settingNames.map((name) => [name.toLowerCase(), name] as const), ...Object.entries(optionNames)]);

/** The setting that a printed name stands for; one that was cut off stands for the only setting that begins so. */
export function settingOf(printed: string): string {
  const name = printed.toLowerCase();
  return known.get(name) ?? settingNames.find((setting) => setting.toLowerCase().startsWith(name)) ?? printed;
}

const B = "[ \\t\\u00A0]";
const NAMES = [...settingNames, ...Object.keys(optionNames)].join("|");

/** `ssl_conf_command ` of nginx and `SSLOpenSSLConfCmd ` of Apache. */
export const directive = `(?:ssl_conf_command|SSLOpenSSLConfCmd)${B}{1,8}`;

/** `SignatureAlgorithms` with what parts it from its value. */
export const name = `(?:${NAMES})(?=${B}{0,40}=${B}{0,40}["']?[!#-&(-:<>-~])`;

/** Behind a directive the name and its value are parted by blanks only. */
export const nameOfDirective = `(?:${NAMES})(?=${B}{1,40}["']?[!#-&(-:<>-~])`;

/** What people put in the place of what they cut off. */
export const cutMark = "(?:\\u2026|\\.{3}|\\[(?:\\u2026|\\.{3}|[a-z]{2,12}(?: [a-z]{2,12}){0,3})\\])";

/** A name whose value, or whose own end, was cut off; long enough to be no other word. */
export const cutName = `ClientSignatureA(?:lgorithms|[a-z]{0,8})(?=${B}{0,8}(?:=${B}{0,8})?${cutMark}${B}{0,8}(?![^\\r\\n]))`;

/** The start of a line that may be quoted or commented; a comment sets nothing, so `#` is not among them. */
export const lineStart = `${B}{0,40}(?:>${B}{0,8}){0,4}`;
