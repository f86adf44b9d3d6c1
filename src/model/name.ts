/** One attribute of a name: type by its RFC 4514 short name (`ST`, never `S`; `E` for emailAddress) or dotted OID. */
export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

/** A relative distinguished name: one attribute, or several when it is multi-valued. */
export type Rdn = readonly NameAttribute[];

/** A distinguished name as a tool printed it and as it is understood. */
export interface Name {
  /** The text as printed, blanks and quotes included. */
  readonly printed: string;
  /** Root first, whatever order was printed; empty when the text cannot be read as a name. */
  readonly rdns: readonly Rdn[];
  /** RFC 4514 form, leaf first, canonical: equal for equal names. */
  readonly rfc4514: string;
  /** Why another reading of the printed text is possible; null when there is only one. */
  readonly doubt: string | null;
}
