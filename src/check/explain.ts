/** What `plan explain` and the pages under docs/codes say about a code. */
import { CODES } from './codes.ts'
import { NOT_CHECKED } from './not-checked.ts'
import type { CodeFacts, Profile } from './rule.ts'
import { didYouMean } from './schema/did-you-mean.ts'

const PROFILE_WORDS: { readonly [profile in Profile]: string } = {
  always: 'always',
  minimal: 'in every profile',
  recommended: 'in the profiles recommended and strict',
  strict: 'in the profile strict',
}

/** Everything about a code, for a terminal; undefined when there is no such code. */
export function explainCode(code: string): string | undefined {
  const facts = CODES.get(code)
  if (facts === undefined) return undefined
  return [
    `${facts.code} (${facts.severity}, checked ${PROFILE_WORDS[facts.profile]})`,
    '',
    facts.title,
    '',
    `why:     ${facts.reason}`,
    `fix:     ${facts.fix}`,
    `source:  ${facts.source}`,
    `ignore:  ${ignoreWords(facts)}`,
    '',
  ].join('\n')
}

/** The code that was most likely meant. */
export function nearestCode(code: string): string | undefined {
  return didYouMean(code, CODES.keys())
}

/** All codes, one a line. */
export function listCodes(): string {
  const width = Math.max(...[...CODES.keys()].map((code) => code.length))
  return [...CODES.values()]
    .map(({ code, severity, title }) => `${code.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`)
    .join('')
}

function ignoreWords({ code, profile }: CodeFacts): string {
  if (profile === 'always') return 'not possible: without it the plan means nothing or does not compile.'
  return `ignore: [{ code: ${code}, at: ID, reason: WHY, until: "2027-01-31" }]`
}

/** A page of docs/codes. `example`: what the check says about a bad plan. */
export function renderCodePage(facts: CodeFacts, example: string | undefined): string {
  const source = facts.source.startsWith('https://') ? `<${facts.source}>` : facts.source
  const checked = `${facts.severity[0]?.toUpperCase() ?? ''}${facts.severity.slice(1)}, checked ${PROFILE_WORDS[facts.profile]}.`
  return [
    HEADER,
    `# ${facts.code}`,
    `**${facts.title}** ${checked}`,
    facts.reason,
    `**Fix:** ${facts.fix}`,
    ...(example === undefined ? [] : ['```text\n' + example.trimEnd() + '\n```']),
    `**Source:** ${source}`,
    facts.profile === 'always'
      ? 'It cannot be ignored: without it the plan means nothing or does not compile.'
      : `To accept it for a while:\n\n\`\`\`yaml\nignore:\n  - { code: ${facts.code}, at: an_id, reason: why it is accepted, until: "2027-01-31" }\n\`\`\``,
  ]
    .join('\n\n')
    .concat('\n')
}

/** The table of all codes, and of what is not checked. */
export function renderCodeIndex(): string {
  const row = ({ code, severity, profile, title, catalogue = [] }: CodeFacts): string =>
    `| [${code}](${code}.md) | ${severity} | ${profile} | ${title} | ${catalogue.join(', ')} |`
  const rest = (state: 'kept' | 'open'): string[] =>
    NOT_CHECKED.filter((one) => one.state === state).map(
      ({ entry, law, why }) => `| ${entry} | ${law} | ${why} |`,
    )
  return [
    HEADER,
    '# Codes',
    'Every finding about a plan has a code. `plan explain CODE` prints what its page says.',
    'Profiles: **always** and **minimal** hold what would be wrong at Google, **recommended** (the default) adds what the method of micro and macro conversions and good practice ask for, **strict** adds what a mature plan has and turns warnings into errors. The last column names the entry of the lint catalogue that the check keeps.',
    [
      '| code | severity | profile | law | entry |',
      '| --- | --- | --- | --- | --- |',
      ...[...CODES.values()].map(row),
    ].join('\n'),
    '## Kept without a check',
    ['| entry | law | how |', '| --- | --- | --- |', ...rest('kept')].join('\n'),
    '## Not checked',
    ['| entry | law | why |', '| --- | --- | --- |', ...rest('open')].join('\n'),
  ]
    .join('\n\n')
    .concat('\n')
}

const HEADER = '<!-- Generated from src/check by `npm run generate`. Do not edit. -->'
