/** How curl's lines look, as sources of regular expressions; claim and lexer share them. */

/** What stands before curl's own star: a quoted mail, a time stamp, `== Info:` of --trace, and the connection in new versions. */
export const infoMark = "(?:\\d\\d:\\d\\d:\\d\\d\\.\\d{1,6} )?(?:\\* |== Info: ?)[ \\t]{0,8}(?:\\[[A-Za-z0-9-]{1,24}\\] ?){0,4}";

/** `TLSv1.3 (IN), TLS handshake, Request CERT (13):` */
export const message = "(?:TLSv1(?:\\.[0-3])?|SSLv[23]) \\((?:IN|OUT)\\), TLS (?:handshake|alert|change cipher|app data|header|Unknown)(?:, [^()\\r\\n]{1,60} \\(\\d{1,3}\\))?:?";
export const connectionUsing = "SSL connection using (?=[A-Za-z0-9])";

/** Schannel's words that hold no error: what it was told, and what it does. */
export const schannel = "schannel: (?=disabled automatic use of client certificate|a client certificate has been requested|remote party requests renegotiation|renegotiating SSL\\/TLS|SSL\\/TLS connection renegotiated|"
  + "SSL\\/TLS connection with |using IP address|checking server certificate|CURLSSLOPT_|sending (?:initial|next)|sent (?:initial|next)|received|encrypted|TLS 1\\.|SNI |ALPN|ALPN,|SSL\\/TLS handshake complete|stored credential|"
  + "clear security context|shutting down|server (?:closed|indicated)|renegotiation)";

export const trying = "Trying (?=[0-9A-Fa-f\\[])";
export const connectedTo = "Connected to (?=[^ \\r\\n])";
/** Lines of no interest around the others. */
export const otherInfo = "(?:ALPN|CAfile|CApath|Server certificate:|subject:|start date:|expire date:|issuer:|subjectAltName:|common name:|SSL certificate verify |Certificate level |using HTTP|Using HTTP|old SSL session ID|"
  + "Connection #\\d{1,4} to host|Closing connection|closing connection|shutting down|HTTP 1\\.0, assume close|TCP_NODELAY|successfully set certificate|Request completely|We are completely|Mark bundle|upload completely|"
  + "\\[HTTP|OpenSSL|TLS |Cipher selection|Host |IPv[46]:|Established connection)";

export const requestLine = "> (?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?=[^ \\r\\n]{1,2000} HTTP\\/[0-9])";
export const statusLine = "< HTTP\\/[0-9](?:\\.[0-9])? (?=[1-5]\\d\\d\\b)";
export const header = "< (?:[Dd]ate|[Ss]erver): ";
export const otherHeader = "[<>](?=[ \\t]{0,4}(?:[A-Za-z][A-Za-z0-9-]{0,60}:|(?![^\\r\\n])))";
/** `{ [124 bytes data]` came in, `} [8 bytes data]` went out. */
export const dataLine = "[{}] \\[(?=\\d{1,9} bytes data\\])";
/** An error that repeats an alert of the peer; other errors are not curl's own and are read as loose lines. */
export const alertError = "(?:curl: \\(\\d{1,3}\\) |OpenSSL[^\\r\\n]{0,40}?: )(?=[^\\r\\n]{0,120}error:[0-9A-F]{8}:SSL routines:[^\\r\\n]{0,60}(?:sslv3|tlsv1|tlsv13|tlsv1\\.[123]) alert [a-z])";
/** `$ curl -v …`, `C:\\>curl.exe …`. */
export const command = "(?:[A-Za-z0-9_~:@.\\\\/ ()+\\[\\]-]{0,80}[$#>%] ?|)curl(?:\\.exe)? (?=[^\\r\\n]{0,2000}(?:-[A-Za-z]{0,8}v|--verbose|--trace))";
