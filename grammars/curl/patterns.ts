/** How curl's lines look, as sources of regular expressions; claim and lexer share them. */

const time = "(?:\\d\\d:\\d\\d:\\d\\d\\.\\d{1,6} )?";
/** Git passes on what its curl says, and names the line of its own source before it. */
export const gitMark = "\\d\\d:\\d\\d:\\d\\d\\.\\d{1,6} (?:\\[[^\\]\\r\\n]{1,40}\\] ?)?http\\.c:\\d{1,5} {1,30}(?:\\[[^\\]\\r\\n]{1,40}\\] ?)?(?=[=<*])";

/** What stands before curl's own star: a quoted mail, a time stamp, `== Info:` of --trace, and the connection in new versions. */
export const infoMark = `${time}(?:\\* |== Info: ?)[ \\t]{0,8}(?:\\[[A-Za-z0-9-]{1,24}\\] ?){0,4}`;

/** `TLSv1.3 (IN), TLS handshake, Request CERT (13):` */
export const message = "(?:TLSv1(?:\\.[0-3])?|SSLv[23]) \\((?:IN|OUT)\\), TLS (?:handshake|alert|change cipher|app data|header|Unknown)(?:, [^()\\r\\n]{1,60} \\(\\d{1,3}\\))?:?";
export const connectionUsing = "SSL connection using (?=[A-Za-z0-9])";

/** Schannel's words that hold no error: what it was told, and what it does. */
export const schannel = "schannel: (?![^\\r\\n]{0,200}(?: failed|SEC_[EI]_|0x80))(?=disabled automatic use of client certificate|a client certificate has been requested|remote party requests renegotiation|renegotiating SSL\\/TLS|SSL\\/TLS connection renegotiated|"
  + "SSL\\/TLS connection with |using IP address|checking server certificate|CURLSSLOPT_|sending (?:initial|next)|sent (?:initial|next)|received|encrypted|TLS 1\\.|SNI |ALPN|ALPN,|SSL\\/TLS handshake complete|stored credential|"
  + "clear security context|shutting down|server (?:closed|indicated)|renegotiation|enabled automatic use of client certificate|added \\d{1,6} certificate|verifyhost setting|re-using existing credential)";

export const trying = "Trying (?=[0-9A-Fa-f\\[])";
/** Up to version 8.15, and since. */
export const connectedTo = "(?:Connected to (?=[^ \\r\\n]{1,253} \\([^()\\r\\n]{1,60}\\) port \\d)|Established connection to (?=[^ \\r\\n]{1,253} \\([^()\\r\\n]{1,60} port \\d))";
/** Names of the server's certificate. */
export const serverSubject = "subject: (?=[A-Za-z0-9.]{1,60}=)";
export const serverIssuer = "issuer: (?=[A-Za-z0-9.]{1,60}=)";
/** Lines of no interest around the others. */
export const otherInfo = "(?:ALPN|CAfile|CApath|Server certificate:|subject:|start date:|expire date:|issuer:|subjectAltName:|common name:|SSL certificate verify |Certificate level |using HTTP|Using HTTP|old SSL session ID|"
  + "Connection #\\d{1,4} to host|Closing connection|closing connection|shutting down|HTTP 1\\.0, assume close|TCP_NODELAY|successfully set certificate|Request completely|We are completely|Mark bundle|upload completely|"
  + "\\[HTTP|OpenSSL|TLS |Cipher selection|Host |IPv[46]:|found \\d{1,6} certificates? in |GnuTLS ciphers: |server certificate (?:verification OK|status verification|expiration date OK|activation date OK)|"
  + "certificate (?:public key|version): |Couldn't find host |SSL Trust Anchors|SSL Trust:|h2h3 |Connection state changed)";

export const requestLine = "(?:> |=> Send header: |[0-9a-f]{4}: )(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?=[^ \\r\\n]{1,2000} HTTP\\/[0-9])";
const received = "(?:< |<= Recv header: |[0-9a-f]{4}: )";
export const statusLine = `${received}HTTP\\/[0-9](?:\\.[0-9])? (?=[1-5]\\d\\d\\b)`;
export const header = `${received}(?:[Dd]ate|[Ss]erver): `;
export const otherHeader = "(?:[<>](?=[ \\t]{0,4}(?:[A-Za-z][A-Za-z0-9-]{0,60}:|(?![^\\r\\n])))|(?:=> Send|<= Recv) (?:header|data)(?=[,: ]|(?![^\\r\\n])))";
/** `{ [124 bytes data]` came in, `} [8 bytes data]` went out; of --trace `=> Send SSL data, 7 bytes (0x7)`. */
export const dataLine = `(?:[{}] \\[(?=\\d{1,9} bytes data\\])|${time}(?:=> Send|<= Recv) SSL data, (?=\\d{1,9} bytes \\())`;
/** An error that repeats an alert of the peer, in the words of OpenSSL or of GnuTLS; other errors are not curl's own and are read as loose lines. */
const reporter = "(?:curl: \\(\\d{1,3}\\) |fatal: unable to access '[^'\\r\\n]{1,400}': )";
export const alertError = `(?:(?:${reporter}|OpenSSL[^\\r\\n]{0,40}?: )(?=[^\\r\\n]{0,120}error:[0-9A-F]{8}:SSL routines:[^\\r\\n]{0,60}(?:sslv3|tlsv1|tlsv13|tlsv1\\.[123]|ssl\\/tls) alert [a-z])`
  + `|${reporter}?gnutls_handshake\\(\\) failed: (?=[A-Z]))`;
const prompt = "(?:[A-Za-z0-9_~:@.\\\\/ ()+\\[\\]-]{0,80}[$#>%] ?|)";
/** `$ curl -v …`, `C:\\>curl.exe …`. */
export const command = `${prompt}curl(?:\\.exe)? (?=[^\\r\\n]{0,2000}(?:-[A-Za-z]{0,8}v|--verbose|--trace))`;
/** `$ GIT_CURL_VERBOSE=1 git ls-remote https://…` with its trace switched on, or `git -c http.sslCert=robot.pem …`. */
export const gitCommand = `${prompt}(?:(?:set |\\$env:|export )?GIT_(?:CURL_VERBOSE|TRACE_CURL)=[^\\r\\n]{0,200}?\\bgit(?:\\.exe)? (?=[a-z-])|git(?:\\.exe)? (?=[^\\r\\n]{0,2000}-c ["']?http\\.))`;

/** What ends a run without a line of the handshake, and shows that the lines before it are curl's. It is read as a loose line. */
export const failure = "(?:curl: \\(\\d{1,3}\\) |fatal: unable to access 'https?:)";
