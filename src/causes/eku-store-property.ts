import { describeOid } from "../correlate/replay.ts";
import type { Situation } from "../correlate/situation.ts";
import { EKU_OIDS } from "../model/oids.ts";
import type { Cause, Outcome } from "./cause.ts";
import { storeProperties } from "./collect.ts";
import { judgeCriterion } from "./failed-criterion.ts";

export const ekuStoreProperty: Cause = {
  id: "eku-store-property",
  title: "The store copy is restricted to purposes without Client Authentication",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certgetenhancedkeyusage"],
  refines: ["eku-missing-clientauth"],
  check(situation: Situation): Outcome {
    return judgeCriterion(situation, {
      criterion: "ENHKEY_USAGE",
      covers: ({ certificate }) => certificate.ekuProperty !== null && !certificate.ekuProperty.value.includes(EKU_OIDS.clientAuth)
        && (certificate.extendedKeyUsage.state !== "present" || certificate.extendedKeyUsage.value.includes(EKU_OIDS.clientAuth)),
      describe: ({ certificate }) => ({
        headline: `The certificate itself allows client authentication, but its copy in this store is limited to ${certificate.ekuProperty === null || certificate.ekuProperty.value.length === 0 ? "no purpose" : certificate.ekuProperty.value.map(describeOid).join(", ")}.`,
        why: "\"Enable only the following purposes\" is stored with the certificate as property 9. Windows combines it with the extension: a purpose counts only if both allow it.",
        fix: [
          { text: "In certmgr.msc open the certificate's Properties and choose \"Enable all purposes for this certificate\"; or delete the copy and import the certificate again.", command: "certmgr.msc", on: "client" },
          { text: "Check: CERT_ENHKEY_USAGE_PROP_ID(9) must be gone, or list 1.3.6.1.5.5.7.3.2.", command: "certutil -v -user -store my", on: "client" },
        ],
      }),
      missing: [storeProperties],
    });
  },
};
