/** The report as JUnit XML, as CI systems read it: a suite a conversion, a case a scenario. */
import { placeOf, type ProofReport, type Result } from './report.ts'
import { reasonText } from './report-text.ts'

export function renderProofJunit(report: ProofReport): string {
  const { plan, level, conversions, mistakes } = report
  const head = headOf(report)
  const suites = conversions.map(({ id, results }) => {
    const cases = results.map((result) => testCase(id, result))
    return [
      `  <testsuite name="${xml(id)}" tests="${results.length}" failures="${count(results, 'refuted')}" errors="${count(results, 'not-proven')}" skipped="${count(results, 'not-tried')}">`,
      ...head,
      ...cases,
      '  </testsuite>',
    ].join('\n')
  })
  if (mistakes.length > 0)
    suites.push(
      [
        `  <testsuite name="scenario files" tests="${mistakes.length}" failures="0" errors="${mistakes.length}" skipped="0">`,
        ...head,
        ...mistakes.map(
          (mistake) =>
            `    <testcase classname="scenario files" name="${xml(placeOf(mistake))}"><error message="${xml(mistake.text)}"/></testcase>`,
        ),
        '  </testsuite>',
      ].join('\n'),
    )
  const name = `${plan.id} ${plan.environment} (${level})`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(name)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

/** What every report says first. JUnit has a place for it in each suite only. */
function headOf({ plan, level, runtime, browser, pages, around, notes }: ProofReport): readonly string[] {
  const said = {
    level,
    runtime,
    browser,
    pages,
    around,
    plan: plan.file,
    compiled: plan.hash,
    container: plan.container,
    'measurement id': plan.measurementId,
    note: notes.length === 0 ? undefined : notes.join(' '),
  }
  return [
    '    <properties>',
    ...Object.entries(said).flatMap(([name, value]) =>
      value === undefined ? [] : [`      <property name="${name}" value="${xml(value)}"/>`],
    ),
    '    </properties>',
  ]
}

function testCase(conversion: string, result: Result): string {
  const { scenario, title, outcome, because, lint } = result
  const open = `    <testcase classname="${xml(conversion)}" name="${xml(`${scenario}: ${title}`)}"`
  const text = xml([...because, ...(lint === undefined ? [] : [`said beforehand by ${lint}`])].join('; '))
  switch (outcome) {
    case 'proven':
      return `${open}/>`
    case 'refuted':
      return `${open}><failure message="${text}">${xml(reasonText(result))}</failure></testcase>`
    case 'not-proven':
      return `${open}><error message="${text}">${xml(reasonText(result))}</error></testcase>`
    case 'not-tried':
      return `${open}><skipped message="${text}"/></testcase>`
  }
}

function count(results: readonly Result[], outcome: Result['outcome']): number {
  return results.filter((result) => result.outcome === outcome).length
}

function xml(text: string): string {
  return (
    text
      // XML has no way to write these at all.
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}
