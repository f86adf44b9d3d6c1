import { commandNames, optionNames, type Shell } from "./arguments.ts";
import { weights } from "./exit-code.ts";
import { formatNames } from "./output-format.ts";

interface CompletionWords {
  readonly commands: readonly string[];
  readonly options: readonly string[];
  /** Values of options that take one of a few. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** What `explain` is asked for most. */
  readonly topics: readonly string[];
}

function completionWords(causes: readonly string[]): CompletionWords {
  return {
    commands: commandNames,
    options: optionNames.map((name) => `--${name}`),
    values: {
      "--format": formatNames.report, "--color": ["auto", "always", "never"], "--fail-on": [...weights, "never"],
      "--encoding": ["utf-8", "utf-16le", "windows-1252", "cp850", "cp437", "cp852", "cp866", "cp932", "cp936", "cp949", "cp950"],
    },
    topics: [...causes, "403.7", "403.16", "0x88", "KeySpec", "0x80090016"],
  };
}

/** The completion script of a shell; `causes` are the ids that `explain` knows. Files are completed wherever nothing better is known. */
export function completionScript(shell: Shell, causes: readonly string[]): string {
  const known = completionWords(causes);
  switch (shell) {
    case "bash": return bash(known);
    case "zsh": return zsh(known);
    case "fish": return fish(known);
    case "powershell": return powershell(known);
  }
}

function bash({ commands, options, values, topics }: CompletionWords): string {
  const cases = Object.entries(values).map(([option, words]) => `    ${option}) COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$word")); return ;;`);
  return `# certwhy completion for bash: certwhy completion bash > /etc/bash_completion.d/certwhy
_certwhy() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  case "$before" in
${cases.join("\n")}
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "${options.join(" ")}" -- "$word")); return; fi
  if [[ $COMP_CWORD -eq 2 ]]; then
    case "$command" in
      explain) COMPREPLY=($(compgen -W "${topics.join(" ")}" -- "$word")); return ;;
      schema) COMPREPLY=($(compgen -W "facts report diff ticket" -- "$word")); return ;;
      completion) COMPREPLY=($(compgen -W "bash zsh fish powershell" -- "$word")); return ;;
    esac
  fi
  COMPREPLY=($(compgen -f -- "$word"))
  if [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY+=($(compgen -W "${commands.join(" ")}" -- "$word")); fi
}
complete -o filenames -F _certwhy certwhy
`;
}

function zsh({ commands, options, values, topics }: CompletionWords): string {
  const specs = options.map((option) => (Object.hasOwn(values, option) ? `'${option}=:value:(${values[option]?.join(" ")})'`
    : option === "--output" ? `'${option}=:file:_files'`
    : ["--at", "--jobs", "--width"].includes(option) ? `'${option}=:value:'` : `'${option}'`));
  return `#compdef certwhy
# certwhy completion for zsh: certwhy completion zsh > "\${fpath[1]}/_certwhy"
_certwhy() {
  local -a commands topics
  commands=(${commands.join(" ")})
  topics=(${topics.join(" ")})
  if (( CURRENT == 3 )); then
    case "$words[2]" in
      explain) compadd -a topics; return ;;
      schema) compadd facts report diff ticket; return ;;
      completion) compadd bash zsh fish powershell; return ;;
    esac
  fi
  (( CURRENT == 2 )) && compadd -a commands
  _arguments ${specs.join(" ")} '*:file:_files'
}
compdef _certwhy certwhy
`;
}

function fish({ commands, options, values, topics }: CompletionWords): string {
  const lines = options.map((option) => {
    const name = option.slice(2);
    const words = values[option];
    if (words !== undefined) return `complete -c certwhy -l ${name} -x -a "${words.join(" ")}"`;
    return name === "output" ? `complete -c certwhy -l ${name} -r` : ["at", "jobs", "width"].includes(name) ? `complete -c certwhy -l ${name} -x` : `complete -c certwhy -l ${name}`;
  });
  return `# certwhy completion for fish: certwhy completion fish > ~/.config/fish/completions/certwhy.fish
complete -c certwhy -n __fish_use_subcommand -a "${commands.join(" ")}"
complete -c certwhy -n "__fish_seen_subcommand_from explain" -x -a "${topics.join(" ")}"
complete -c certwhy -n "__fish_seen_subcommand_from schema" -x -a "facts report diff ticket"
complete -c certwhy -n "__fish_seen_subcommand_from completion" -x -a "bash zsh fish powershell"
${lines.join("\n")}
`;
}

function powershell({ commands, options, values, topics }: CompletionWords): string {
  const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(", ");
  const cases = Object.entries(values).map(([option, words]) => `    '${option}' { $words = ${list(words)} }`);
  return `# certwhy completion for PowerShell: certwhy completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName certwhy -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $elements = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  $at = $elements.Count
  if ($wordToComplete) { $at -= 1 }
  $before = if ($at -ge 1) { $elements[$at - 1] } else { '' }
  $words = $null
  switch ($before) {
${cases.join("\n")}
    'explain' { $words = ${list(topics)} }
    'schema' { $words = 'facts', 'report', 'diff', 'ticket' }
    'completion' { $words = 'bash', 'zsh', 'fish', 'powershell' }
  }
  if ($null -eq $words) {
    if ($wordToComplete -like '-*') { $words = ${list(options)} }
    elseif ($at -eq 1) { $words = ${list(commands)} }
  }
  # Without a result PowerShell completes files.
  $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}
