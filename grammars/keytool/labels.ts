/** Labels in the languages keytool is translated into: English, German, Japanese, Chinese. The first that fits a line is its label. */
export const LABELS = {
  Alias: ["Alias name", "Aliasname", "別名", "别名"],
  EntryType: ["Entry type", "Eintragstyp", "エントリ・タイプ", "条目类型"],
  ChainLength: ["Certificate chain length", "Zertifikatskettenlänge", "証明書チェーンの長さ", "证书链长度"],
  Owner: ["Owner", "Eigentümer", "所有者"],
  Issuer: ["Issuer", "Aussteller", "発行者", "发布者"],
  Serial: ["Serial number", "Seriennummer", "シリアル番号", "序列号"],
  ValidFrom: ["Valid from", "Gültig von", "有効期間の開始日", "生效时间"],
  Signature: ["Signature algorithm name", "Signaturalgorithmusname", "署名アルゴリズム名", "签名算法名称"],
  PublicKey: ["Subject Public Key Algorithm", "Public Key-Algorithmus von Subject", "サブジェクト公開鍵アルゴリズム", "主体公共密钥算法", "使用者公钥算法"],
  Version: ["Version", "バージョン", "版本"],
  Extensions: ["Extensions", "Erweiterungen", "拡張", "扩展"],
} as const;

export type LabelName = keyof typeof LABELS;

/** Between the two dates of a validity: `until:`. */
export const UNTIL = /(?:,? )(?:until|bis|終了日|失效时间): ?|[,、] ?(?:終了日|失效时间): ?/;

/** `Certificate[1]:` in any of the languages. */
export const certificateNumber = "(?:Certificate|Zertifikat|証明書|证书)\\[[0-9]{1,3}\\]:";
