/** The report as text in 80 columns: what was refuted first, each with its reason. */
import {
  countedByWord,
  otherRuntime,
  placeOf,
  wordOf,
  type ConversionProof,
  type Outcome,
  type ProofReport,
  type Result,
  type Why,
} from './report.ts'
import { GOOGLE_TAG } from '../resources/key.ts'
import { plainTestWords, whyWords } from './why-words.ts'
import { and, plural } from '../words/counting.ts'

const WIDTH = 80

export interface TextOptions {
  /** Conversions of which everything is shown. */
  readonly explain: ReadonlySet<string>
  readonly paint: (outcome: Outcome, text: string) => string
}

const LEVELS = {
  logic: 'logic: GTM’s rules re-stated, no browser',
  emulated: 'emulated: GTM’s rules re-stated, in a browser',
  preview: 'preview: Google’s own runtime, in a browser, hits answered here',
} as const

function levelOf({ level, runtime }: ProofReport): string {
  return level === 'preview' && !runtime.startsWith('Google')
    ? 'preview: what the link serves, in a browser, hits answered here'
    : LEVELS[level]
}

export function renderProofText(report: ProofReport, { explain, paint }: TextOptions): string {
  const { plan } = report
  return [
    ...wrapped(
      `${plan.title} (${plan.id}), ${plan.environment}: ${plan.container}, ${plan.measurementId}`,
      0,
    ),
    `level ${levelOf(report)}`,
    ...wrapped(`runtime ${report.runtime}${report.browser === undefined ? '' : `, ${report.browser}`}`, 0),
    ...wrapped(`pages: ${report.pages}`, 0),
    ...(report.around === undefined ? [] : wrapped(`around: ${report.around}`, 0)),
    `plan ${plan.file}, compiled ${plan.hash}`,
    ...report.notes.flatMap((note) => wrapped(`note: ${note}`, 0, 6)),
    '',
    ...report.conversions.flatMap((conversion) =>
      conversionLines(conversion, explain.has(conversion.id), paint),
    ),
    '',
    ...differenceLines(report),
    ...mistakeLines(report),
    ...wrapped(summaryLine(report), 0),
    '',
  ].join('\n')
}

function differenceLines({ differences, runtime }: ProofReport): readonly string[] {
  if (differences === undefined) return []
  if (differences.length === 0) return [`Our runtime and ${otherRuntime(runtime)} sent the same.`, '']
  const lines = differences.flatMap(({ scenario, text }) => wrapped(`${scenario}: ${text}`, 2, 4))
  return [`Our runtime and ${otherRuntime(runtime)} differ:`, ...lines, '']
}

function mistakeLines({ mistakes }: ProofReport): readonly string[] {
  return mistakes.flatMap((mistake) => [
    ...wrapped(`${placeOf(mistake)} not tried`, 0, 2),
    ...wrapped(sentence(mistake.text), 2),
    '',
  ])
}

function conversionLines(
  conversion: ConversionProof,
  isExplained: boolean,
  paint: TextOptions['paint'],
): readonly string[] {
  const { id, title, outcome, results, destinations, vendors = [] } = conversion
  const word = wordOf(conversion).padEnd(11)
  const [first = '', ...more] = wrapped(`${word} ${id}: ${title}`, 0, 12)
  const passed = results.filter((result) => result.outcome === 'proven').length
  const sent = destinations.length === 0 ? '' : `, sent to ${destinations.join(', ')}`
  const shown = results.filter((result) => isExplained || result.outcome !== 'proven')
  return [
    `${paint(outcome, word)}${first.slice(word.length)}`,
    ...more,
    ...wrapped(`${passed} of ${results.length} scenarios proven${sent}${alsoRan(vendors)}`, 12),
    ...shown.flatMap((result) => resultLines(result, paint)),
  ]
}

/** That a vendor's tag ran is all that is known: its script is not there. */
function alsoRan(vendors: readonly string[]): string {
  return vendors.length === 0 ? '' : `; tags for ${and(vendors)} ran`
}

function resultLines(result: Result, paint: TextOptions['paint']): readonly string[] {
  const mark = { proven: '✓', refuted: '✗', 'not-proven': '?', 'not-tried': '-' }[result.outcome]
  const [first = '', ...more] = wrapped(`${mark} ${result.scenario}: ${result.title}`, 2, 4)
  return [paint(result.outcome, first), ...more, ...reasonLines(result)]
}

/** Why a scenario came out as it did, without its name, for reports that are drawn otherwise. */
export function reasonText(result: Result): string {
  return reasonLines(result)
    .map((line) => line.slice(REASON))
    .join('\n')
}

const REASON = 6

function reasonLines(result: Result): readonly string[] {
  return [
    ...result.because.flatMap((text) => wrapped(sentence(text), REASON)),
    ...(result.lint === undefined
      ? []
      : wrapped(`said beforehand by ${result.lint} (plan explain ${result.lint})`, REASON)),
    ...result.why.slice(0, 4).flatMap(whyLines),
    ...(result.outcome === 'refuted' && result.saw.length > 0
      ? wrapped(`what was sent: ${result.saw.map(({ event }) => event).join(', ')}`, REASON)
      : []),
  ]
}

function whyLines(why: Why): readonly string[] {
  return [
    ...wrapped(whyWords(why), REASON, 8),
    ...why.tests.flatMap((test) => {
      const mark = { yes: '✓', no: '✗', undecided: '?' }[test.verdict]
      return wrapped(`${mark} ${testWords(test)}`, 8, 10)
    }),
  ]
}

function testWords(test: Why['tests'][number]): string {
  const { subject, operator, value, left } = test
  return plainTestWords(test) ?? `${subject} ${operator} ${value}; was ${left}`
}

function summaryLine({ conversions, mistakes }: ProofReport): string {
  // One by hand may be about several conversions.
  const scenarios = new Set(conversions.flatMap(({ results }) => results.map(({ scenario }) => scenario)))
    .size
  const counted = countedByWord(conversions, ['proven', 'refuted', 'not-proven', 'not-tried'])
  const parts = counted.map(({ word, count }) => `${count} ${word}`)
  const unread = mistakes.length === 0 ? '' : `; ${plural(mistakes.length, 'mistake')} in scenarios by hand`
  const own = conversions.filter(({ id }) => id !== GOOGLE_TAG).length
  const tried = [
    ...(own > 0 ? [plural(own, 'conversion')] : []),
    ...(own < conversions.length ? [own > 0 ? 'the Google tag' : 'The Google tag'] : []),
  ].join(' and ')
  return `${tried === '' ? 'No conversion' : tried}, ${plural(scenarios, 'scenario')}: ${parts.join(', ')}${unread}.`
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

/** Lines of at most 80 columns; a word that is longer is cut. @param hang how far lines after the first go in */
function wrapped(text: string, indent: number, hang = indent): readonly string[] {
  const lines: string[] = []
  let line = ' '.repeat(indent)
  let isEmpty = true
  const end = (): void => {
    lines.push(line)
    line = ' '.repeat(hang)
    isEmpty = true
  }
  for (const word of text.split(' ')) {
    let rest = word
    if (!isEmpty && line.length + 1 + rest.length > WIDTH) end()
    while (isEmpty && line.length + rest.length > WIDTH) {
      const room = WIDTH - line.length
      line += rest.slice(0, room)
      rest = rest.slice(room)
      end()
    }
    line += isEmpty ? rest : ` ${rest}`
    isEmpty = false
  }
  return [...lines, line]
}
