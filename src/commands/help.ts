/** What `--help` says beyond names and flags: what a command is for, an example, and where to read on. */
import type { Command } from 'commander'

const DOCS = 'https://github.com/measurement-plan/measurement-plan'

interface Help {
  readonly group: 'Write' | 'Decide' | 'Apply' | 'Bring in' | 'Show' | 'Measure' | 'Prove' | 'Try'
  readonly example: string
  /** Below the repository; the README's table when left out. */
  readonly page?: string
}

const HELP: Readonly<Record<string, Help>> = {
  init: {
    group: 'Write',
    example: 'plan init plans/site.yaml --kind leads --title "Alder & Quay" --hosts www.alderquay.example',
  },
  validate: { group: 'Write', example: 'plan validate plans/shop.yaml --profile minimal' },
  explain: { group: 'Write', example: 'plan explain unknown-field', page: 'docs/codes/README.md' },
  fmt: { group: 'Write', example: 'plan fmt --check' },
  catalogue: { group: 'Write', example: 'plan catalogue newsletter' },
  add: { group: 'Write', example: 'plan add awareness newsletter_signup plans/shop.yaml' },
  diff: { group: 'Decide', example: 'plan diff plans/shop.yaml -e staging' },
  review: { group: 'Decide', example: 'plan review --base main', page: 'docs/github.md' },
  apply: { group: 'Apply', example: 'plan apply plans/shop.yaml -e staging' },
  publish: { group: 'Apply', example: 'plan publish 12 -e production' },
  rollback: { group: 'Apply', example: 'plan rollback 11 -e production' },
  import: {
    group: 'Bring in',
    example: 'plan import --from GTM-ABC1234.json --out plans/site.yaml',
    page: 'docs/import.md',
  },
  adopt: {
    group: 'Bring in',
    example: 'plan adopt plans/shop.yaml -e staging --map "Legacy - lead=enquiry"',
    page: 'docs/import.md',
  },
  release: { group: 'Bring in', example: 'plan release plans/shop.yaml -e staging', page: 'docs/import.md' },
  compile: { group: 'Show', example: 'plan compile -e staging --format gtm --out container.json' },
  status: { group: 'Show', example: 'plan status plans/*.yaml', page: 'docs/many-plans.md' },
  versions: { group: 'Show', example: 'plan versions -e production' },
  unmanaged: { group: 'Show', example: 'plan unmanaged -e production' },
  show: { group: 'Show', example: 'plan show newsletter_signup --plan plans/shop.yaml' },
  list: { group: 'Show', example: 'plan list plans/shop.yaml' },
  docs: { group: 'Show', example: 'plan docs plans/shop.yaml --out plan-docs', page: 'docs/documents.md' },
  export: { group: 'Show', example: 'plan export plans/shop.yaml --format xlsx --out shop.xlsx' },
  merge: { group: 'Write', example: 'plan merge shop.xlsx plans/shop.yaml' },
  types: { group: 'Show', example: 'plan types --out data-layer.ts', page: 'docs/documents.md' },
  schema: { group: 'Show', example: 'plan schema --out data-layer.schema.json', page: 'docs/documents.md' },
  doctor: { group: 'Show', example: 'plan doctor -e staging', page: 'docs/google-account.md' },
  scorecard: {
    group: 'Measure',
    example: "plan scorecard --from 'export/*.parquet' --week 2026-W47",
    page: 'docs/scorecard.md',
  },
  weights: { group: 'Measure', example: "plan weights --from 'export/*.parquet'", page: 'docs/scorecard.md' },
  power: {
    group: 'Measure',
    example: "plan power newsletter_signup --from 'export/*.parquet'",
    page: 'docs/scorecard.md',
  },
  verify: {
    group: 'Measure',
    example: "plan verify --days 7 --from 'export/*.parquet'",
    page: 'docs/scorecard.md',
  },
  test: { group: 'Prove', example: 'plan test plans/shop.yaml -e staging', page: 'docs/proof.md' },
  'check-push': {
    group: 'Prove',
    example: 'plan check-push pushes.json plans/shop.yaml',
    page: 'docs/proof.md',
  },
  completion: {
    group: 'Try',
    example: 'plan completion bash > ~/.local/share/bash-completion/completions/plan',
  },
  sandbox: { group: 'Try', example: 'plan sandbox --port 8080', page: 'docs/sandbox.md' },
}

/** In the order in which one comes to them. */
const GROUPS: readonly Help['group'][] = [
  'Write',
  'Decide',
  'Apply',
  'Bring in',
  'Show',
  'Measure',
  'Prove',
  'Try',
]

function helpOf(command: Command): Help | undefined {
  return HELP[command.name()]
}

/** Puts every command under what one wants of it. A command without a line here stands under Commands, without an example. */
export function addHelp(program: Command): void {
  const begin = 'plan init && plan apply --sandbox'
  program.addHelpText('after', `\nExample: ${begin}\n\nMore: ${DOCS}#readme`)
  const rank = (command: Command): number => {
    const at = GROUPS.findIndex((group) => group === helpOf(command)?.group)
    return at < 0 ? GROUPS.length : at
  }
  // Groups stand in the order of their first commands.
  ;(program.commands as Command[]).sort((one, other) => rank(one) - rank(other))
  for (const command of program.commands) {
    command.showHelpAfterError(`(plan ${command.name()} --help says what there is)`)
    const help = helpOf(command)
    if (help === undefined) continue
    const page = help.page === undefined ? '#commands' : `/blob/main/${help.page}`
    command
      .helpGroup(`${help.group}:`)
      .addHelpText('after', `\nExample:\n  ${help.example}\n\nMore: ${DOCS}${page}`)
  }
}
