/**
 * Words with letters beyond ASCII as they stand in the output of Windows tools, in names of organisations and in mails about
 * certificates. They are the yardstick of the encoding detector: the code page that turns bytes into such words is the right one.
 * Each language is one plain list; a word more costs nothing.
 */
const wordLists: Readonly<Record<string, string>> = {
  german:
    "schlüssel schlüsselcontainer öffentlicher öffentlichen verschlüsselung verschlüsselungstest durchgeführt ausgeführt für über länge gültig " +
    "ungültig gültigkeit prüfung überprüft überprüfung können könnte möglich müssen während zurück büro straße größe größer schließen außer müller " +
    "söhne münchen köln düsseldorf zürich österreich würzburg nürnberg lübeck behörde gerät geräte änderung ändern übersicht fähig erklärung " +
    "grüße grüßen schöne früher später wäre hätte würde jährlich täglich nächste höhere größte verfügbar zugehörige gehört für weiß groß heißt " +
    "schäfer schröder krüger köhler möller böhm jäger bäcker weiß groß lösung auflösung funktioniert mögliche geschützt bestätigt enthält fällt " +
    "läuft lädt zusätzlich ursprünglich schlägt fehlgeschlagen gesperrt rückmeldung stück künftig natürlich unterstützt drücken",
  french:
    "numéro série émetteur clé privée modèle réussi terminée s’est vérifié vérification été déchiffrement chiffré sécurité société générale autorité " +
    "délivré à où très après même être fenêtre système problème connecté échec échoué données utilisée répudiation hôte côté français façon reçu " +
    "leçon privé accès succès règle première dernière référence préféré événement créé création méthode requête prêt arrêt contrôle août février " +
    "décembre île garçon ça déjà voilà là é è ministère équipe électronique étape état éditeur identité racine hiérarchie l’émetteur d’autorité " +
    "qualité clés avancée signature numérique non-répudiation magasin intermédiaire",
  spanish:
    "número certificación contraseña especificación autenticación información española español año señor señora compañía administración público " +
    "pública válido está más también así aquí código país día conexión sesión versión aplicación configuración petición raíz según después él sí qué " +
    "mañana pequeño niño ningún algún línea página último única éxito clave cifrado agencia fábrica nación solución electrónica",
  portuguese:
    "número série contêiner chave pública não é exportável êxito criptografia informações provedor configuração conexão sessão certificação requisição " +
    "versão raiz emissão válido até você também já está são então após usuário país açúcar coração ação administração autenticação descrição nação à " +
    "possível necessário três português ões informação serviço serviços segurança nenhuma decodificação localizar concluído",
  italian: "autorità è perché più può già così verrà qualità città società validità attività proprietà sarà necessità università identità à ò ù né",
  nordic:
    "för från när där är också nyckel lösenord på går får står måste året själv två fråga även många år två kön behörighet utfärdare utgångna nøkkel på " +
    "også utsteder når må får år først utløpt ikke gyldighed nøgle æ ø å således større første tjänster øst søn hjælp træ dør sørensen jørgensen bjørn " +
    "århus københavn göteborg malmö järvinen hämäläinen myöntäjä pääte käyttäjä henkilö yksityinen päivä tämä mäkinen järjestelmä ääni pöytä hyvä",
  polish:
    "użytkownik klucz główny ważny urząd wystawca bezpieczeństwa błąd błędu łączność połączenie żądanie są się że być może także łódź kraków gdańsk poznań " +
    "województwo spółka zażółć gęślą jaźń również został została wyłącz włącz ścieżka źródło ćwiczenie świadectwo świat dostępny dostęp",
  czech:
    "česká pošta veřejný klíč certifikát podpis příkaz úspěšně dokončen platnost vydavatel předmět číslo chyba připojení server může být není který která " +
    "že jsou při před též společnost řada žádost účet úřad město plzeň dvořák novák černý svobodná šifrování důvěryhodný kořenový ověření slovenská " +
    "republika počítač používateľ kľúč verejný žiadosť štátny ďalší môže ľudový",
  hungarian:
    "főtanúsítvány tanúsítvány tanúsítványkiadó tanúsítványkiadók kibocsátó tárgy kulcs érvényes aláírás sikeresen végrehajtva és szám sorozatszám " +
    "nyilvános magán hitelesítés szolgáltató budapest győr székesfehérvár működik működött hibás kérés időbélyeg első",
  turkish:
    "sertifika hizmet sağlayıcısı sağlayıcı anahtarı imza güvenliği güvenlik türkiye istanbul değil için olduğu olarak çalışma doğrulama kimliği kamu " +
    "başarıyla tamamlandı öğe şirketi bağlantı hatası geçerli geçersiz ağ yönetici bilişim elektronik bilgi merkezi şifreleme",
  romanian: "și în să că până între după număr cheie autoritatea română românia țară ţară şi informaţii informații organizație această",
  russian:
    "сертификат сертификата серийный номер издатель субъект ключ закрытый открытый контейнер поставщик хеш имени команда успешно выполнена проверка подписи " +
    "шифрования пройдена корневой личный имя общество с ограниченной ответственностью москва россия ошибка сервер не в и на для по от что как это после " +
    "подпись алгоритм срок действия шаблон уникальное поля состояние удостоверяющий центр выдан найден запрос клиента браузер письмо",
  ukrainian: "сертифікат ключ видавець серійний помилка київ україна підпис це є її його також що з які",
  greek: "πιστοποιητικό κλειδί εκδότης θέμα αριθμός σειράς ολοκληρώθηκε επιτυχία εντολή υπογραφή και του της το για από ελλάδα αθήνα αρχή",
};

/** Words of languages written without blanks: found anywhere in a run of characters. */
const eastAsianWords =
  "证书 序列号 颁发者 使用者 密钥容器 提供程序 提供程序类型 命令成功完成 命令 成功 完成 哈希 签名 公钥 私钥 根证书 非根证书 匹配 嵌套 元素 无法 导出 方式 没有 信息 智能卡 读卡器 状态 中国 公司 有限 " +
  "北京 上海 广东 个人 容器 名称 加密 测试 通过 扩展 算法 长度 时间 错误 请求 服务器 客户端 受信任 颁发机构 " +
  "憑證 序號 簽發者 主體 提供者 雜湊 簽章 測試 通過 巢狀 層級 不是 台灣 中華 電信 股份 有限 公司 金鑰 私密 公開 讀卡機 狀態 成功 完成 伺服器 用戶端 名稱 資訊 " +
  "証明書 シリアル番号 発行者 サブジェクト 秘密キー コンテナー プロバイダー キー コマンド 正常 完了 しました 署名 テスト ハッシュ 暗号化 公開キー ルート 以前 以降 日本 株式会社 認証局 エラー です ます ません 接続 " +
  "인증서 일련 번호 발급자 주체 해시 컨테이너 공급자 명령이 완료 완료되었습니다 성공 개인 공개 키 일치 검사 수행 확인 테스트 기본 판독기 카드 상태 루트 아닌 서명 한국 주식회사 전자 서버 오류 입니다 습니다";

/** The commonest characters of Chinese (both scripts) and Japanese prose. */
const commonCharacters =
  "的一是不了人在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手" +
  "用主行方又如前所本见经头面公同三已老从动两长知样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电" +
  "這個來國說們為時會過後學對裡麼還發當開經頭動兩長樣現將與進實點種聲話問機給幾業間東車門見語書員電話気図験関係";

interface FamiliarWords {
  /** Whole words, lower case. */
  readonly words: ReadonlySet<string>;
  /** A letter beyond ASCII between its neighbours, a blank at the ends of a word: `hlü`, ` ös`. */
  readonly contexts: ReadonlySet<string>;
  /** East Asian words, longest first. */
  readonly eastAsian: readonly string[];
  /** The characters of the East Asian words and the commonest others. */
  readonly eastAsianCharacters: ReadonlySet<string>;
}

let familiar: FamiliarWords | null = null;

/** The lists, prepared once. */
export function familiarWords(): FamiliarWords {
  if (familiar !== null) return familiar;
  const words = new Set<string>();
  const contexts = new Set<string>();
  for (const list of Object.values(wordLists)) {
    for (const word of list.split(" ")) {
      words.add(word);
      // A letter that stands alone is as often a dash or a bullet in another code page.
      if (word.length > 1) for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) > 0x7f) contexts.add(contextAt(word, at));
    }
  }
  // A single letter proves nothing as a word, and ASCII reads the same in every code page.
  for (const word of words) if (word.length < 2 || /^[\u0000-\u007f]*$/.test(word)) words.delete(word);
  const eastAsian = [...new Set(eastAsianWords.split(" "))].sort((a, b) => b.length - a.length);
  familiar = { words, contexts, eastAsian, eastAsianCharacters: new Set(eastAsian.join("") + commonCharacters) };
  return familiar;
}

/** The letter at `at` of a lower-case word with its neighbours; a blank stands for the end of the word. */
export function contextAt(word: string, at: number): string {
  return `${word[at - 1] ?? " "}${word[at] ?? " "}${word[at + 1] ?? " "}`;
}
