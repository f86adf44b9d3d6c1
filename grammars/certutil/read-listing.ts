import type { CertificateFact, StoreListingFact, StoreName } from "../../src/model/fact.ts";
import { located, type Located, type Span } from "../../src/text/source-text.ts";
import type { FinishedDraft } from "./finish-draft.ts";

/** So many labels of one certificate that no table knows show a language that no table knows. */
const LABELS_OF_A_LANGUAGE = 3;

/** The listing of a store while it is read. */
export interface ListingDraft {
  readonly store: Located<StoreName>;
  readonly start: Span;
  end: Span;
  readonly filter: Located<string> | null;
  readonly drafts: FinishedDraft[];
  completed: Located<boolean> | null;
  cut: Located<string> | null;
}

/** The fact of a listing. `factOf` gives the certificate that lines gave; null: they gave none. */
export function readListing(listing: ListingDraft, factOf: (draft: FinishedDraft) => CertificateFact | null): StoreListingFact {
  const gap = listing.filter === null ? gapIn(listing.drafts) : null;
  return {
    kind: "store-listing", format: "certutil", span: { ...listing.start, end: Math.max(listing.start.end, listing.end.end) }, store: listing.store,
    certificates: listing.drafts.map(factOf).filter((fact) => fact !== null), completed: listing.completed, cut: listing.cut ?? gap ?? lostIn(listing),
    verbose: listing.drafts.some((draft) => draft.isLong), filter: listing.filter,
  };
}

/** A certificate of a listing that lacks what every listing prints, or with lines nobody knows in it: lines around them may be lost too. */
function lostIn(listing: ListingDraft): Located<string> | null {
  for (const { certificate, start, isLong, hasExtensions, placed, unread } of listing.drafts) {
    if (certificate === null) continue;
    if (certificate.serialNumber === null || certificate.issuer === null || certificate.subject === null) return located("a certificate of it is printed without its number or its names", start);
    // In the long form such lines are mostly the ends of broken ones.
    if (isLong || hasExtensions) continue;
    // In a language without a table every line is one that nobody knows.
    if (placed >= LABELS_OF_A_LANGUAGE) continue;
    if (unread !== null) return located("a line of it is damaged", unread);
  }
  return null;
}

/** A gap in the numbers of the banners, in words; null: they run on. */
function gapIn(drafts: readonly FinishedDraft[]): Located<string> | null {
  let expected = 0;
  for (const draft of drafts) {
    if (draft.number === null) continue;
    if (draft.number !== expected) return located(`certificate ${draft.number} follows where ${expected} was expected`, draft.start);
    expected = draft.number + 1;
  }
  return null;
}
