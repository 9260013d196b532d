/** What the page of a proof shows; the template only draws it. */
import { directionOf } from '../pages/direction.ts'
import {
  countedByWord,
  OUTCOME_WORDS,
  OUTCOMES,
  otherRuntime,
  wordOf,
  type ConversionProof,
  type ProofReport,
  type Result,
} from './report.ts'
import { plainTestWords, whyWords } from './why-words.ts'

/** The view of `templates/pages/proof.hbs`. A report of another version is refused: its fields may mean something else. */
export function proofPage(report: ProofReport): object {
  if (report.formatVersion !== 1)
    throw new Error(`This page draws reports of version 1, not ${String(report.formatVersion)}.`)
  const { plan } = report
  return {
    lang: 'en',
    dir: directionOf(plan.title),
    title: `Proof of ${plan.title}, ${plan.environment}`,
    report,
    level: report.level,
    summary: countedByWord(report.conversions, OUTCOMES.toReversed()),
    sections: [
      { id: 'conversions', title: 'Conversions' },
      ...report.conversions
        .filter(({ outcome }) => outcome !== 'proven')
        .map(({ id, title }) => ({ id, title })),
    ],
    conversions: report.conversions.map(conversionView),
    hasDifferences: report.differences !== undefined,
    other: otherRuntime(report.runtime),
  }
}

function conversionView(conversion: ConversionProof): object {
  const { id, title, event, destinations, vendors = [], outcome, results } = conversion
  return {
    id,
    title,
    event,
    destinations: destinations.join(', '),
    vendors: vendors.join(', '),
    outcome,
    word: wordOf(conversion),
    passed: results.filter((result) => result.outcome === 'proven').length,
    count: results.length,
    isOpen: outcome !== 'proven',
    results: results.map(resultView),
  }
}

function resultView(result: Result): object {
  return {
    ...result,
    word: OUTCOME_WORDS[result.outcome],
    isOpen: result.outcome !== 'proven',
    why: result.why.map((why) => ({
      title: whyWords(why),
      tests: why.tests.map((test) => ({ ...test, plain: plainTestWords(test) })),
    })),
    sent: result.saw.map(({ event, target, parameters, items }) => ({
      event,
      target,
      parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
      items: items.length,
    })),
    hasTimeline: result.timeline.length > 0,
  }
}
