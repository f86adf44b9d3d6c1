import type { LabelTable } from "./label.ts";

/** Brazilian Portuguese; `Provider =` and the dates stay English. */
export const ptBr: LabelTable = {
  locale: "pt-BR",
  seenIn: "-store listings of the personal store",
  labels: {
    "certificate-banner": ["Certificado"],
    "serial-number": ["Número de Série:"],
    issuer: ["Emissor:"],
    subject: ["Requerente:"],
    "cert-hash": ["Hash Cert"],
    "signature-matches": ["Assinatura coincide com Chave pública"],
    root: ["Certificado raiz:"],
    "non-root": ["Certificado não raiz"],
    "key-container": ["Contêiner da chave ="],
    "unique-container": ["Nome de contêiner exclusivo:"],
    "not-exportable": ["A chave privada NÃO é exportável"],
    "encryption-passed": ["Êxito no teste de criptografia"],
    "signature-passed": ["Teste de assinatura aprovado"],
    "no-provider": ["Nenhuma informação de provedor de chave"],
    "not-found": ["Não é possível localizar o certificado e a chave privada para decodificação."],
  },
};
