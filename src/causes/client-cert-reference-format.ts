import { codeLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const clientCertReferenceFormat: Cause = {
  id: "client-cert-reference-format",
  title: "The certificate is named in a form that this TLS library does not take",
  sources: ["https://github.com/microsoft/azure-pipelines-agent/issues/2267", "https://github.com/Orange-OpenSource/hurl/issues/1399"],
  refines: [],
  check(situation: Situation): Outcome {
    return toldBy(codeLines(situation, ["CURL_CERTIFICATE_LOCATION", "CURL_CERTIFICATE_FORMAT", "CURL_STORE_NOT_OPENED"]), {
      headline: "curl is built on Schannel here, and the certificate is given in a form that only other builds take.",
      why: "Builds on Schannel take a store path such as CurrentUser\\MY\\THUMBPRINT, or a PKCS#12 file; builds on OpenSSL take PEM files.",
      overturnedBy: null,
      fix: [
        { text: "See which library curl is built on.", command: "curl -V", on: "client" },
        { text: "Schannel: name the certificate by its store path, or give a PKCS#12 file.", command: "curl --cert-type P12 --cert client.p12 https://HOST/PATH", on: "client" },
      ],
      weight: "proved",
    }) ?? doesNotApply("no error of that kind is at hand");
  },
};
