/** An HTTP status, with IIS's sub-status where it has one, and what it says about a client certificate. */
export interface HttpStatusMeaning {
  readonly status: number;
  /** IIS sub-status; null: the row stands for the status as such. */
  readonly substatus: number | null;
  readonly meaning: string;
  /** Did a certificate arrive at the server? null: the status does not say. */
  readonly arrived: boolean | null;
}

/** The statuses that bear on client certificates. */
export const httpStatuses: readonly HttpStatusMeaning[] = [
  { status: 400, substatus: null, meaning: "Bad request; nginx answers so when no client certificate was sent or one did not verify: its page says which.", arrived: null },
  { status: 401, substatus: null, meaning: "Not authorized: the certificate, if there was one, was not mapped to an account that may do this.", arrived: null },
  { status: 401, substatus: 1, meaning: "Logon failed; with client certificates: the mapping to an account failed.", arrived: null },
  { status: 401, substatus: 2, meaning: "Logon failed by configuration; with client certificates: the mapping to an account failed.", arrived: null },
  { status: 403, substatus: null, meaning: "Forbidden; without a sub-status it does not say whether a certificate is the reason.", arrived: null },
  { status: 403, substatus: 7, meaning: "A client certificate is required and none arrived.", arrived: false },
  { status: 403, substatus: 12, meaning: "A client certificate arrived and the mapper denied access.", arrived: true },
  { status: 403, substatus: 13, meaning: "A client certificate arrived and is revoked, or its revocation could not be checked; the Win32 status tells which.", arrived: true },
  { status: 403, substatus: 16, meaning: "A client certificate arrived and is untrusted or invalid.", arrived: true },
  { status: 403, substatus: 17, meaning: "A client certificate arrived and has expired or is not valid yet.", arrived: true },
  { status: 413, substatus: null, meaning: "The request body is too large to be kept while the server renegotiates for a certificate, or too large altogether.", arrived: null },
  { status: 495, substatus: null, meaning: "nginx: a client certificate arrived and did not verify.", arrived: true },
  { status: 496, substatus: null, meaning: "nginx: a client certificate is required and none arrived.", arrived: false },
  { status: 500, substatus: 0, meaning: "Server error; with Win32 status 2147942450 (0x80070032) IIS could not ask for a certificate on a TLS 1.3 connection.", arrived: null },
];

const byKey = new Map(httpStatuses.map((row) => [`${row.status}.${row.substatus ?? ""}`, row]));

/** What a status says; the row of the status as such when its sub-status has none; null when the status says nothing here. */
export function findHttpStatus(status: number, substatus: number | null): HttpStatusMeaning | null {
  return byKey.get(`${status}.${substatus ?? ""}`) ?? byKey.get(`${status}.`) ?? null;
}
