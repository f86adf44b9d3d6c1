/**
 * Beginnings of lines that the tools print whatever the language, and that no prose begins with. What stands before them on a line was put
 * there by something that carried the text. The source of a regular expression without groups that capture.
 */
export const printedStart =
  "(?:CONNECTED\\(|(?<!-)---(?=[ \\t|`\\\\]{0,4}(?:[\\r\\n<]|$))|depth=[0-9]|Certificate chain(?=[ \\t|`]{0,4}(?:[\\r\\n<]|$))|Server certificate(?=[ \\t|`]{0,4}(?:[\\r\\n<]|$))|={4,40} [^=\\r\\n]{1,60} ={4,40}"
  + "|CertUtil: |(?<!v:|; )Not(?:Before|After)[ ]?: |SSL handshake has read |Verify return code: |Acceptable client certificate CA names"
  + "|New, (?:TLSv|SSLv|\\(NONE)|Cert Hash\\(sha1\\)|(?<![A-Za-z\\u00C0-\\u024F][ ]?)[A-Za-z\\u00C0-\\u024F]{4,40}\\(sha1\\)[ ]?: ?[0-9a-f]{2}|verify (?:error:num|return:)|No client certificate CA names sent)";

/** The same for the lines of a traced call, before which the trace itself puts times and numbers. */
export const tracedStart = "(?:CertSelectCertificateChains (?:called|exited)|(?:dwFlags|cCriteria|pszObjId)[ ]?:|Number of issuer|Number of certificates matching|={2,20} CERT_SELECT)";
