/** What `plan explain` and the pages under docs/codes say about a code. */
import { NOT_CHECKED } from '../check/not-checked.ts'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { CODES, STEPS, type Code } from './all.ts'
import type { Profile } from './facts.ts'

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
    `${facts.code} (${facts.severity}${checkedWords(facts)})`,
    '',
    facts.title,
    '',
    `why:     ${facts.reason}`,
    `fix:     ${facts.fix}`,
    `source:  ${facts.source}`,
    ...(facts.profile === undefined ? [] : [`ignore:  ${ignoreWords(facts)}`]),
    '',
  ].join('\n')
}

/** The same as data, of one code or of all: what schemas/codes.schema.json describes. */
export function codeAsJson(code: string): string | undefined {
  const facts = CODES.get(code)
  return facts === undefined ? undefined : jsonOf([facts])
}

export function codesAsJson(): string {
  return jsonOf([...CODES.values()])
}

function jsonOf(codes: readonly Code[]): string {
  const shown = codes.map(({ code, severity, title, reason, fix, source, profile }) => ({
    code,
    severity,
    title,
    reason,
    fix,
    source,
    ...(profile !== undefined && { profile }),
  }))
  return `${JSON.stringify({ formatVersion: 1, codes: shown }, null, 2)}\n`
}

/** The code that was most likely meant. */
export function nearestCode(code: string): string | undefined {
  return didYouMean(code, CODES.keys())
}

/** All codes, one a line, step by step. */
export function listCodes(): string {
  const width = Math.max(...[...CODES.keys()].map((code) => code.length))
  return STEPS.map(({ title, codes }) => {
    const lines = codes.map(
      (each) => `${each.code.padEnd(width)}  ${each.severity.padEnd(7)}  ${each.title}\n`,
    )
    return `${title}\n\n${lines.join('')}`
  }).join('\n')
}

function checkedWords({ profile }: Code): string {
  return profile === undefined ? '' : `, checked ${PROFILE_WORDS[profile]}`
}

function ignoreWords({ code, profile }: Code): string {
  if (profile === 'always') return 'not possible: without it the plan means nothing or does not compile.'
  return `ignore: [{ code: ${code}, at: ID, reason: WHY, until: "2027-01-31" }]`
}

/** A page of docs/codes. `example`: what the check says about a bad plan. */
export function renderCodePage(facts: Code, example: string | undefined): string {
  const source = facts.source.startsWith('https://') ? `<${facts.source}>` : facts.source
  const said = `${facts.severity[0]?.toUpperCase() ?? ''}${facts.severity.slice(1)}${checkedWords(facts)}.`
  return [
    HEADER,
    `# ${facts.code}`,
    `**${facts.title}** ${said}`,
    facts.reason,
    `**Fix:** ${facts.fix}`,
    ...(example === undefined ? [] : ['```text\n' + example.trimEnd() + '\n```']),
    `**Source:** ${source}`,
    ...(facts.profile === undefined ? [] : [ignoreParagraph(facts)]),
  ]
    .join('\n\n')
    .concat('\n')
}

function ignoreParagraph({ code, profile }: Code): string {
  return profile === 'always'
    ? 'It cannot be ignored: without it the plan means nothing or does not compile.'
    : `To accept it for a while:\n\n\`\`\`yaml\nignore:\n  - { code: ${code}, at: an_id, reason: why it is accepted, until: "2027-01-31" }\n\`\`\``
}

/** The tables of all codes, and of what is not checked. */
export function renderCodeIndex(): string {
  const [checked, ...later] = STEPS
  const checkedRow = ({ code, severity, profile = 'always', title, catalogue = [] }: Code): string =>
    `| [${code}](${code}.md) | ${severity} | ${profile} | ${title} | ${catalogue.join(', ')} |`
  const row = ({ code, severity, title }: Code): string =>
    `| [${code}](${code}.md) | ${severity} | ${title} |`
  const rest = (state: 'kept' | 'open'): string[] =>
    NOT_CHECKED.filter((one) => one.state === state).map(
      ({ entry, law, why }) => `| ${entry} | ${law} | ${why} |`,
    )
  return [
    HEADER,
    '# Codes',
    'Everything that you can put right is said with a code. `plan explain CODE` prints what its page says.',
    '## Checking a plan',
    'Profiles: **always** and **minimal** hold what would be wrong at Google, **recommended** (the default) adds what the method of micro and macro conversions and good practice ask for, **strict** adds what a mature plan has and turns warnings into errors. The last column names the entry of the lint catalogue that the check keeps.',
    [
      '| code | severity | profile | law | entry |',
      '| --- | --- | --- | --- | --- |',
      ...(checked?.codes ?? []).map(checkedRow),
    ].join('\n'),
    ...later.flatMap(({ title, codes }) => [
      `## ${title}`,
      ['| code | severity | law |', '| --- | --- | --- |', ...codes.map(row)].join('\n'),
    ]),
    '## Kept without a check',
    ['| entry | law | how |', '| --- | --- | --- |', ...rest('kept')].join('\n'),
    '## Not checked',
    ['| entry | law | why |', '| --- | --- | --- |', ...rest('open')].join('\n'),
  ]
    .join('\n\n')
    .concat('\n')
}

const HEADER = '<!-- Generated from src/codes and src/check/rules by `npm run generate`. Do not edit. -->'
