/** What is known of cryptographic providers by their names and type numbers (wincrypt.h PROV_*). */

/** PROV_RSA_FULL 1, PROV_RSA_SIG 2, PROV_RSA_SCHANNEL 12: documented hashes end at SHA-1. PROV_RSA_AES 24 has SHA-2; 0 is CNG. */
const SHA1_ONLY_TYPES: readonly number[] = [1, 2, 12];

const SHA1_ONLY_NAMES = ["Microsoft Base Cryptographic Provider", "Microsoft Enhanced Cryptographic Provider", "Microsoft Strong Cryptographic Provider", "Microsoft RSA SChannel Cryptographic Provider"];

/** True when type or name show a CryptoAPI provider whose documented hash algorithms end at SHA-1. */
export function isSha1OnlyProvider(name: string, type: number | null): boolean {
  return type === null ? SHA1_ONLY_NAMES.some((one) => name.includes(one)) : SHA1_ONLY_TYPES.includes(type);
}

/** Microsoft's own software providers, whose keys Windows can also reach through CNG. */
export function isMicrosoftSoftwareProvider(name: string): boolean {
  return name.startsWith("Microsoft ") && !isCardProvider(name) && !isTpmProvider(name);
}

export function isCardProvider(name: string): boolean {
  return name.includes("Smart Card");
}

export function isTpmProvider(name: string): boolean {
  return name.includes("Platform Crypto");
}

/** CNG key storage providers. */
export function isKeyStorageProvider(name: string, type: number | null): boolean {
  return type === 0 || name.includes("Key Storage Provider") || isTpmProvider(name);
}
