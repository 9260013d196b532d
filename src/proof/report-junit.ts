/** The report as JUnit XML, as CI systems read it: a suite a conversion, a case a scenario. */
import { placeOf, type ProofReport, type Result } from './report.ts'

export function renderProofJunit({ plan, level, conversions, mistakes }: ProofReport): string {
  const suites = conversions.map(({ id, results }) => {
    const cases = results.map((result) => testCase(id, result))
    return [
      `  <testsuite name="${xml(id)}" tests="${results.length}" failures="${count(results, 'refuted')}" errors="${count(results, 'not-proven')}" skipped="${count(results, 'not-tried')}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n')
  })
  if (mistakes.length > 0)
    suites.push(
      [
        `  <testsuite name="scenario files" tests="${mistakes.length}" failures="0" errors="${mistakes.length}" skipped="0">`,
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

function testCase(conversion: string, { scenario, title, outcome, because, lint }: Result): string {
  const open = `    <testcase classname="${xml(conversion)}" name="${xml(`${scenario}: ${title}`)}"`
  const text = xml([...because, ...(lint === undefined ? [] : [`said beforehand by ${lint}`])].join('; '))
  switch (outcome) {
    case 'proven':
      return `${open}/>`
    case 'refuted':
      return `${open}><failure message="${text}"/></testcase>`
    case 'not-proven':
      return `${open}><error message="${text}"/></testcase>`
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
