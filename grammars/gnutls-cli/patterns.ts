/** How the lines of gnutls-cli look, as sources of regular expressions; claim and lexer share them. */

export const command = "(?:[A-Za-z0-9_~:@./ ()+\\[\\]-]{0,80}[$#>%] ?|)(?:[^ \\r\\n|]{0,40} {0,2}[^\\r\\n|]{0,200}\\| ?)?gnutls-cli(?:\\.exe)? (?=[A-Za-z0-9-])";
export const resolving = "Resolving '(?=[^'\\r\\n]{1,260}')";
export const otherNotes = "(?:Processed \\d{1,6} (?:CA certificate|client X\\.509)|Connecting to '|- Certificate type: |- Got a certificate list of |- Session ID: |- Ephemeral |- Server Signature: |- Client Signature: "
  + "|- Key Exchange: |- Cipher: |- MAC: |- Options: ?|- Channel bindings|- Simple Client Mode:|- Sent: \\d|- Peer has closed the GnuTLS|- Compression: |- Application protocol: |- OCSP |\\*\\*\\* Fatal error: "
  + "|\\*\\*\\* Handshake has failed|\\*\\*\\* Non fatal error: |\\*\\*\\* Rehandshake was |\\*\\*\\* PKI verification |GnuTLS error: )";
export const authoritiesHeading = "- Server's trusted authorities:";
export const noAuthorities = "- Server did not send us any trusted authorities names";
export const sent = "- Successfully sent (?=\\d{1,4} certificate\\(s\\) to server)";
export const requested = "- Server has requested a certificate";
export const notSent = "- No certificate was sent to peer";
export const rehandshake = "\\*\\*\\* Received rehandshake request";
export const certificateInfo = "- Certificate\\[\\d{1,3}\\] info:";
export const status = "- Status: ";
export const version = "- Version: (?=TLS|SSL|DTLS)";
export const description = "- Description: (?=\\()";
export const completed = "- Handshake was completed";
export const received = "- Received\\[\\d{1,9}\\]: ";
export const alert = "\\*\\*\\* Received alert \\[(?=\\d{1,3}\\])";
/** `|<3>| Peer requested CA: …` and the other lines of `-d`. */
export const peerRequested = "\\|<\\d{1,4}>\\| Peer requested CA: (?=[A-Za-z0-9])";
export const debugLine = "\\|<\\d{1,4}>\\| ";
