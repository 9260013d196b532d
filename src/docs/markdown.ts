/** A Page as Markdown, for whoever reads the plan in the repository. Nothing is decided here that the page does not say. */
import { label } from '../render/review-mermaid.ts'
import { code, table, text as escaped } from '../render/markdown-text.ts'
import { eventTexts, keyText, neverWords, verifySteps, type KeyText } from './contract-page.ts'
import type { Card, Described, Fact, Link, Page } from './page.ts'
import { reviewWords } from './review-words.ts'
import { sectionsOf, type SectionId } from './sections.ts'

export function renderMarkdown(page: Page): string {
  return document([
    `# ${text(page.title)}`,
    ...(page.description === undefined ? [] : [text(page.description)]),
    facts([...page.facts, ...page.tiles]),
    ...sectionsOf(page).flatMap(({ key, title }) => [`## ${title}`, ...SECTIONS[key](page)]),
    `_Made by \`plan docs\` from ${code(page.file)}. Change the plan, not this file._`,
  ])
}

export function renderContractMarkdown(page: Page): string {
  return document([
    `# Data layer contract of ${text(page.title)}`,
    ...SECTIONS.developers(page),
    `_Made by \`plan docs --contract\` from ${code(page.file)}. Change the plan, not this file._`,
  ])
}

/** Whole: a document cuts nothing off. */
function text(words: string): string {
  return escaped(words, Infinity, true)
}

function document(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

type Section = (page: Page) => readonly string[]

const SECTIONS: { readonly [S in SectionId]: Section } = {
  funnel: (page) => [`\`\`\`mermaid\n${mermaid(page)}\n\`\`\``],
  conversions: ({ goals, stages }) => [
    '### Goals',
    ...goals.flatMap(card),
    ...stages.flatMap(({ title, target, description, cards }) => [
      `### ${text(title)}`,
      [
        ...(description === undefined ? [] : [text(description)]),
        ...(target === undefined ? [] : [`Target: ${text(target)}.`]),
      ].join(' '),
      ...cards.flatMap(card),
    ]),
  ],
  touchpoints: ({ touchpoints }) => [
    table(
      ['Touchpoint', 'Micro conversion', 'What it fulfils', 'Data to track', 'Notes'],
      touchpoints.map(({ touchpoint, conversion, fulfils, data, notes }) => [
        text(touchpoint),
        link(conversion),
        text(fulfils),
        text(data),
        text(notes),
      ]),
    ),
  ],
  next: ({ next }) => [
    'Expected lift × what one is worth ÷ effort. The number ranks; it is no forecast.',
    next.rows.length === 0
      ? ''
      : table(
          ['Conversion', 'Owner', 'Arithmetic'],
          next.rows.map((row) => [link(row), text(row.owner ?? ''), text(row.arithmetic)]),
        ),
    list(next.unranked.map((row) => `${link(row)}: not ranked, no ${text(row.missing)}`)),
  ],
  owners: ({ owners }) => [
    table(
      ['Owner', 'Answers for', 'Target'],
      owners.flatMap(({ owner, answersFor }) =>
        answersFor.map((each, index) => [
          index === 0 ? text(owner) : '',
          link(each),
          text(each.target ?? ''),
        ]),
      ),
    ),
  ],
  review: ({ review }) => [list(review.map((row) => `${reviewWords(row)}: ${text(row.what)}`))],
  guards: ({ guardrails, alerts }) => [
    list([
      ...guardrails.map((one) => `${link(one)}: ${text(one.words)}`),
      ...alerts.map((one) => `${link(one)}: the scorecard raises an alarm when it ${text(one.words)}`),
    ]),
  ],
  experiments: ({ experiments }) => described(experiments),
  markets: ({ markets }) => described(markets),
  audiences: ({ audiences }) => described(audiences),
  developers: ({ contract, file }) => [
    `**What must never be sent.** ${text(neverWords(contract))}`,
    'How to verify a push:',
    verifySteps(file)
      .map((step, index) => `${index + 1}. ${text(step)}`)
      .join('\n'),
    ...eventTexts(contract).flatMap((event) => [
      `### ${code(event.event)}`,
      text(event.when),
      list(event.counts.map(({ title, note }) => `counts for ${text(title)} (${text(note)})`)),
      fenced(event.code),
      keys(event.keys),
    ]),
    ...(contract.pageKeys.length === 0
      ? []
      : [
          '### On every page',
          'These stand in the data layer before Tag Manager loads: conversions that nobody pushes read them.',
          keys(contract.pageKeys.map(keyText)),
        ]),
  ],
  parameters: ({ parameters }) => described(parameters),
  automatic: ({ automatic }) => [list(automatic.map(({ event, note }) => `${code(event)}: ${text(note)}`))],
  settings: ({ settings }) => described(settings),
  destinations: ({ destinations }) => described(destinations),
  manual: ({ manual }) => [list(manual.map((step) => `[ ] ${text(step)}`))],
  glossary: ({ glossary }) => [list(glossary.map(({ term, text: meaning }) => `**${term}**: ${meaning}`))],
}

/** The anchor stands by itself: what a site makes of a heading differs from site to site. */
function card(one: Card): readonly string[] {
  const { id, title, what, badges, feeds, touchpoint, measured, parameters, google, history } = one
  const commit = ({ day, id: short, subject }: NonNullable<Card['history']>['since']): string =>
    `${day}, ${code(short)} ${text(subject)}`
  return [
    `<a id="${id}"></a>\n\n#### ${text(title)}`,
    badges.map((badge) => `_${text(badge)}_`).join(' · '),
    ...(what === undefined ? [] : [text(what)]),
    facts([...(touchpoint === undefined ? [] : [{ name: 'Touchpoint', value: touchpoint }]), ...one.facts]),
    feeds.length === 0 ? '' : `Feeds ${feeds.map(link).join(', ')}.`,
    one.benchmarks.length === 0
      ? ''
      : `Benchmarks:\n\n${list(one.benchmarks.map(({ words }) => text(words)))}`,
    `**When it counts:** ${text(one.fires)}`,
    one.exactly === undefined ? '' : `Exactly: ${code(one.exactly)}`,
    facts([{ name: 'Id', value: id }, ...measured]),
    parameters.length === 0
      ? ''
      : table(
          ['Parameter', 'Type', 'From', 'Example'],
          parameters.map(({ name, type, from, example }) => [
            code(name),
            text(type),
            text(from),
            example === undefined ? '' : code(example),
          ]),
        ),
    google.length === 0
      ? ''
      : `At Google: ${google.map(({ kind, name }) => `${kind} ${code(name)}`).join(', ')}.`,
    history === undefined
      ? ''
      : `In the plan since ${commit(history.since)}; last changed ${commit(history.changed)}.`,
  ]
}

function described(things: readonly Described[]): readonly string[] {
  return things.flatMap(({ title, facts: said, sentences = [] }) => [
    `### ${text(title)}`,
    facts(said),
    list(sentences.map(text)),
  ])
}

function facts(all: readonly Fact[]): string {
  return list(all.map(({ name, value }) => `${text(name)}: ${text(value)}`))
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

function link({ id, title }: Link): string {
  return `[${text(title)}](#${id})`
}

function keys(all: readonly KeyText[]): string {
  if (all.length === 0) return ''
  return table(
    ['Key', 'Needed', 'Type', 'Example', 'Notes'],
    all.map(({ path, need, type, example, notes }) => [
      code(path),
      need,
      text(type),
      code(example),
      text(notes.join(' ')),
    ]),
  )
}

/** A fence that is longer than any within. */
function fenced(lines: string): string {
  const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}js\n${lines}\n${fence}`
}

function mermaid({ funnel: { stages, goals } }: Page): string {
  const groups = [
    ...stages.map(({ title, micros }) => ({ title, nodes: micros })),
    { title: 'Goals', nodes: goals },
  ]
  return [
    'flowchart LR',
    ...groups.flatMap(({ title, nodes }, index) => [
      `  subgraph stage${index}["${label(title)}"]`,
      ...nodes.map(({ id, title: name }) => `    n_${id}["${label(name)}"]`),
      '  end',
    ]),
    ...stages.flatMap(({ micros }) =>
      micros.flatMap(({ id, feeds }) => feeds.map((goal) => `  n_${id} --> n_${goal}`)),
    ),
  ].join('\n')
}
