import type { LabelTable } from "./label.ts";

/** Traditional Chinese; wording changed between versions, so some ids have two. */
export const zhTw: LabelTable = {
  locale: "zh-TW",
  seenIn: "-dump of PFX files, -store listings",
  labels: {
    "certificate-banner": ["憑證"],
    "nesting-begin": ["開始巢狀層級"],
    "nesting-end": ["停止巢狀層級"],
    "serial-number": ["序號:"],
    issuer: ["簽發者:"],
    subject: ["主體:"],
    "cert-hash": ["Cert 雜湊", "憑證雜湊"],
    "non-root": ["不是根憑證"],
    provider: ["提供者 ="],
    "signature-passed": ["簽章測試通過"],
  },
};
