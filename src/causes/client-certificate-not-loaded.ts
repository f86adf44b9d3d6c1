import { codeLinesNotOfServer } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const clientCertificateNotLoaded: Cause = {
  id: "client-certificate-not-loaded",
  title: "The program could not load the certificate or key it was given",
  sources: ["https://curl.se/libcurl/c/libcurl-errors.html", "https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslCert"],
  refines: [],
  check(situation: Situation): Outcome {
    const password = codeLinesNotOfServer(situation, ["CLIENT_KEY_PASSWORD_WRONG", "PKCS12_R_MAC_VERIFY_FAILURE", "EVP_R_BAD_DECRYPT"]);
    const refused = codeLinesNotOfServer(situation, [
      "CLIENT_CERTIFICATE_NOT_LOADED", "CLIENT_KEY_NOT_LOADED", "NSS_CLIENT_CERTIFICATE_NOT_FOUND", "S_CLIENT_ERROR_SETTING_CERTIFICATE",
      "S_CLIENT_ERROR_SETTING_PRIVATE_KEY",
    ]);
    const ofEither = codeLinesNotOfServer(situation, ["GO_NO_PEM_DATA"]);
    const told = toldBy([...refused, ...password, ...ofEither], {
      headline: password.length > 0 ? "The file of the certificate or its key cannot be opened: the password does not fit."
        : "The program refuses the file of the certificate or its key, so it had nothing to send.",
      why: "Certificate and key are loaded before the handshake. Where that fails, the program gives up, or connects without a certificate.",
      overturnedBy: refused.length > 0 ? null : "Whose file it is the line does not show: a server that cannot open its own key prints the same.",
      fix: [
        {
          text: "Look at the certificate file; it must open and show the certificate.",
          command: "openssl x509 -in client.pem -noout -subject -issuer -dates", on: "client",
        },
        {
          text: "Look at the key file; it must open with the password that the program is given.",
          command: "openssl pkey -in client.key -noout", on: "client",
        },
        { text: "PKCS#12: test the password, and name the type of the file.", command: "openssl pkcs12 -in client.p12 -noout -info", on: "client" },
        { text: "Give the program the full path, and see that its account may read the file.", command: null, on: "client" },
      ],
      weight: refused.length > 0 ? "proved" : "likely",
    });
    if (told !== null) return told;
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    const [run] = situation.runs.filter((one) => one.answers.some((answer) => answer.sent));
    const answer = run?.answers.find((one) => one.sent);
    return answer === undefined ? doesNotApply("no program reports that it could not load a file")
      : ruledOut([evidence(answer.span, "the program sent its certificate")], "");
  },
};
