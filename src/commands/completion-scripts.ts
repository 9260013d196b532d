/** What a shell runs to complete `plan`: it asks `plan complete` with the words so far, and offers files where that says nothing. */
export type Shell = 'bash' | 'zsh' | 'fish'

export const COMPLETION_SCRIPTS: { readonly [shell in Shell]: string } = {
  bash: `# plan completion bash > ~/.local/share/bash-completion/completions/plan
_plan_complete() {
  local IFS=$'\\n'
  COMPREPLY=($("$1" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _plan_complete plan measurement-plan
`,
  zsh: `#compdef plan measurement-plan
# plan completion zsh > "\${fpath[1]}/_plan"
_plan() {
  local -a found
  found=("\${(@f)$("$words[1]" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( \${#found} )); then compadd -- "\${found[@]}"; else _files; fi
}
if [ "$funcstack[1]" = "_plan" ]; then _plan "$@"; else compdef _plan plan measurement-plan; fi
`,
  fish: `# plan completion fish > ~/.config/fish/completions/plan.fish
function __plan_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found ($words[1] complete -- $words[2..-1] 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
for name in plan measurement-plan
  complete -c $name -f -a '(__plan_complete)'
end
`,
}
