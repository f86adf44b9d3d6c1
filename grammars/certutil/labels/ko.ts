import type { LabelTable } from "./label.ts";

/** Korean; `Provider =`, `ProviderType =`, `Flags =`, `KeySpec =` and the dates stay English. */
export const ko: LabelTable = {
  locale: "ko",
  seenIn: "-scinfo of a smart card",
  labels: {
    "certificate-banner": ["인증서"],
    "serial-number": ["일련 번호:"],
    issuer: ["발급자:"],
    subject: ["주체:"],
    "cert-hash": ["인증서 해시"],
    "non-root": ["루트가 아닌 인증서"],
    "key-container": ["키 컨테이너 ="],
    "manager-running": ["Microsoft 스마트 카드 리소스 관리자가 실행 중입니다."],
    "reader-status": ["현재 판독기/카드 상태:"],
    readers: ["판독기:"],
    card: ["카드:"],
    "card-status": ["상태:"],
    analyzing: ["판독기에서 카드 분석 중:"],
    "matching-test": ["AT_SIGNATURE 공개 키 일치 검사를 수행 중..."],
    "matching-passed": ["공개 키 일치 확인 테스트 성공"],
    "key-verifies": ["개인 키 확인"],
    "chain-verification": ["인증서 체인 검증 수행 중..."],
  },
};
