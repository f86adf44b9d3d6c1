import { certDrive } from "./cert-drive/index.ts";
import { certutil } from "./certutil/index.ts";
import { curl } from "./curl/index.ts";
import type { InputFormat } from "./format.ts";
import { gnutlsCli } from "./gnutls-cli/index.ts";
import { javaDebug } from "./java-debug/index.ts";
import { keyRights } from "./key-rights/index.ts";
import { keytool } from "./keytool/index.ts";
import { netExport } from "./net-export/index.ts";
import { netshSslcert } from "./netsh-sslcert/index.ts";
import { opensslConfig } from "./openssl-config/index.ts";
import { opensslVerify } from "./openssl-verify/index.ts";
import { pem } from "./pem/index.ts";
import { sClient } from "./s-client/index.ts";
import { strace } from "./strace/index.ts";
import { traces } from "./traces/index.ts";
import { w3cLog } from "./w3c-log/index.ts";
import { windowsEvent } from "./windows-event/index.ts";
import { wireshark } from "./wireshark/index.ts";
import { x509Text } from "./x509-text/index.ts";

/** All formats. Where two claim one line, the earlier in this list has it. */
export const formats: readonly InputFormat[] = [strace, javaDebug, gnutlsCli, keyRights, opensslVerify, certDrive, certutil, sClient, x509Text, pem, netshSslcert, w3cLog, keytool, windowsEvent, opensslConfig, curl, netExport, wireshark, traces];
