import { CstParser, type Lexer } from "chevrotain";
import { AccountLine, createLexer, Entry, IdentityLabel, KeyFile, Lead, LineEnd, ProcessModel, RuleLine, ServiceLabel, SidRow, Text, tokens, Whoami } from "./tokens.ts";

/** Rights of key files, and accounts. Total: a line that is nothing else is a `textLine`. */
export class KeyRightsParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly passage = this.RULE("passage", () => {
    this.MANY(() => {
      this.SUBRULE(this.piece);
    });
  });

  readonly piece = this.RULE("piece", () => {
    this.OR([
      { ALT: () => this.CONSUME(Lead) },
      { ALT: () => this.CONSUME(LineEnd) },
      { ALT: () => this.SUBRULE(this.rights) },
      { ALT: () => this.SUBRULE(this.whoami) },
      { ALT: () => this.SUBRULE(this.program) },
      { ALT: () => this.SUBRULE(this.textLine) },
    ]);
  });

  // C:\ProgramData\Microsoft\Crypto\RSA\MachineKeys\0123…_1c7f… NT AUTHORITY\SYSTEM:(F)
  //                                                             BUILTIN\Administrators:(F)
  readonly rights = this.RULE("rights", () => {
    this.OR([
      { ALT: () => this.CONSUME(KeyFile) },
      { ALT: () => this.CONSUME(Entry) },
    ]);
  });

  // C:\>whoami
  // birkenfeld\svc-upload
  //
  // User Name            SID
  // ==================== =============================================
  // birkenfeld\svc-upload S-1-5-21-1004336348-1177238915-682003330-1104
  readonly whoami = this.RULE("whoami", () => {
    this.OR([
      { ALT: () => this.CONSUME(Whoami) },
      { ALT: () => this.CONSUME(AccountLine) },
      { ALT: () => this.CONSUME(RuleLine) },
      { ALT: () => this.CONSUME(SidRow) },
    ]);
  });

  //         SERVICE_START_NAME : NT AUTHORITY\NetworkService
  // Identity: IIS APPPOOL\Orders
  // <processModel identityType="NetworkService" />
  readonly program = this.RULE("program", () => {
    this.OR([
      { ALT: () => this.CONSUME(ServiceLabel) },
      { ALT: () => this.CONSUME(IdentityLabel) },
      { ALT: () => this.CONSUME(ProcessModel) },
    ]);
  });

  // Successfully processed 1 files; Failed processing 0 files
  readonly textLine = this.RULE("textLine", () => {
    this.CONSUME(Text);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: KeyRightsParser } {
  return { name: "key-rights", tokens, parser: new KeyRightsParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: KeyRightsParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: KeyRightsParser } {
  shared ??= { lexer: createLexer(), parser: new KeyRightsParser() };
  return shared;
}
