import type { InputFormat } from "../format.ts";
import { claim } from "./claim.ts";

/** The output of `openssl s_client`, whole or in pieces, of OpenSSL 0.9.8 to 3.6 and LibreSSL. */
export const sClient: InputFormat = {
  id: "s_client",
  title: "openssl s_client transcript",
  landmarks: [
    "CONNECTED(", "CA names", "Client Certificate Types", "Signature Algorithms:", "Peer sign", "Temp Key:", "SSL handshake has read", "Cipher is ", "SSL-Session:",
    "Verify return code", "verify error:num", "verify return:", "depth=", "peer certificate available", "CONNECTION ESTABLISHED", "SSL_connect:", "SSL3 alert ",
    "Renegotiation IS ", "forbids renegotiation", "New Session Ticket", "Verification", "use SSL_get_servername", "Negotiated TLS1.3", "then reconnect", "public key is ",
    "Early data was ", "Resumption PSK:", "TLS session ticket", "Session-ID-ctx:", "Extended master secret", "s_client", "RecordHeader", ", Handshake", "read from 0x", "write to 0x",
    "Received Record", "Sent Record",
  ],
  claim,
  async reader() {
    const { read } = await import("./read.ts");
    return read;
  },
};
