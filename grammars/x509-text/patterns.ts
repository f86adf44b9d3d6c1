import { blanks } from "../shared/tokens.ts";

/** Nothing more stands on the line. */
export const nothingMore = `${blanks(0, 80)}(?![^\\r\\n])`;

/** How a heading of one extension looks: a name of OpenSSL's or a dotted OID, a colon, perhaps `critical`. */
export const extensionHeading = "(?:X509v3 [A-Z][A-Za-z0-9 -]{2,60}|Netscape [A-Z][A-Za-z ]{2,40}|Authority Information Access|Subject Information Access|CT Precertificate [A-Za-z]{3,10}" +
  "|TLS Feature|OCSP No Check|qcStatements|Microsoft [A-Za-z][A-Za-z0-9 .-]{2,60}|Proxy Certificate Information|[0-2](?:\\.[0-9]{1,20}){2,24})" +
  `:${blanks(0, 8)}(?:critical)?${nothingMore}`;
