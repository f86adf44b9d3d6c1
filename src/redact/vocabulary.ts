import { alerts } from "../model/alerts.ts";
import * as errorCodes from "../model/error-codes.ts";
import { httpStatuses } from "../model/http-status.ts";
import { KEY_USAGE_NAMES } from "../model/key-usage.ts";
import * as oids from "../model/oids.ts";
import { selectionCriteria, selectionFlags } from "../model/selection.ts";

/** Further words of the tools' output, of protocols and of what people write about them. */
const further = `
  about accept acceptable account action active actual added address after again agreement alert alerts algorithm algorithms allow alternative always announced answer
  anything application applications archived attempt attribute available back base basic because been before begin below binding bindings bits both browser buffer bytes
  cache call called cannot chain chains change check checked cipher ciphers closed code codes command committed common complete completed component configuration configured
  confirm connect connected connecting connection constraints contain container containing content context copy correct could count country created criteria critical
  cryptographic current data date dates days decipher decode decrypt delta denied depth description detail details digest digital directory disabled distribution does done dump during
  each early element else enabled encipher encipherment encode encrypt encryption enhanced ended enter entries environment error errors establish event events every exactly example exchange exited expansion
  expect expected expired exponent export exportable extended extension extensions failed failure false fatal feature field fields file files final find fingerprint finished first flag flags
  following forbidden form format found friendly from full further general given good handle handshake hardware hash hashes have header headers hello here high hint hold however
  identifier identity ignored impersonate incorrect index info information initialize input install installed instance interactive internal invalid issue issued issuer issuers
  keep keyset keyspec kind know known label last leaf left length level lifetime like line lines link linked list listed local locality location logging logon long lost
  make manager many match matched matching maximum means member message messages method might minimum missing mode modulus more most must names need needed negotiate negotiation never next nothing
  number object obtained offered once only open operation option optional options order organization other output over owner padding page parameter parameters parent part passed password path peer
  permission permissions personal physical place plain please point points port possible prefix present prime principal print private problem process processed product property protection protocol
  provider providers province public purpose purposes query question read reader readers reason received record reference refused region registry regards related release remote renegotiation reply
  repository request requested require required resource response result results resumption return returned revocation revoked right rights same scheme secret section secure seed select selected
  selection self send sent serial server service session setting settings shared should show signature signed simple since single size skip slot small socket some sort source specific standard start
  started state statement status step still storage store stored string strong subject subsystem succeeded success successfully such suite suitable support supported surname system table tell temp
  template terminated test tests text than that their them then there these they thing this thread through thumbprint ticket time timeout title today token tool total trace transfer transparency tree
  true trusted type types under unique unknown unnamed unused update upper usage used user using valid validation validity value values verification verified verifies verify version very view
  warning want what when where whether which while will window with within without work works would write written wrong your
  crldistributionpoint certificaterevocationlist objectclass cacertificate certificationauthority configuration base
  accept-encoding agent cookie expires host keep-alive location origin pragma referer vary windows
  webserver clientauth workstation usersignature smartcardlogon smartcarduser domaincontroller kerberosauthentication subca crossca enrollmentagent codesigning efs ipsec
  machine personal intermediate disallowed authroot trustedpublisher addressbook
  mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec cet cest est edt pst pdt cst mst msk ist jst monday tuesday wednesday thursday friday saturday sunday
  strace schannel certutil openssl s_client curl gnutls nginx apache firefox chrome edge internet explorer browser linux ubuntu debian redhat macos darwin
`;

const wordPattern = /[A-Za-z\u00C0-\u024F]{3,60}/g;

let own: ReadonlySet<string> | null = null;

/**
 * Words that tools print and people use, lower case: outside of names they are never taken for a private word, even if somebody's name
 * holds them. `labels` are the printed labels of the formats, in any language.
 */
export function vocabularyWith(labels: Iterable<string>): ReadonlySet<string> {
  own ??= wordsOf([further, JSON.stringify([alerts, errorCodes, httpStatuses, KEY_USAGE_NAMES, oids, selectionCriteria, selectionFlags])]);
  return new Set([...own, ...wordsOf(labels)]);
}

function wordsOf(texts: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of texts) {
    for (const [word] of text.matchAll(wordPattern)) {
      words.add(word.toLowerCase());
      // `digitalSignature` and `NTE_BAD_KEYSET` hold words, too.
      for (const [part] of word.matchAll(/[A-Z]?[a-z]{3,40}/g)) words.add(part.toLowerCase());
    }
    for (const [run] of text.matchAll(/[\u0370-\u1FFF\u3040-\uD7FF]{2,60}/g)) words.add(run.toLowerCase());
  }
  return words;
}
