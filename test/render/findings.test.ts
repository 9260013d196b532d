import { expect, test } from 'vitest'
import type { Diagnostic } from '../../src/plan/diagnostic.ts'
import { renderFindings } from '../../src/render/findings.ts'

const PLACES = {
  locate: (at: string) => ({
    file: 'plan.yaml',
    line: at.length,
    column: 1,
    endLine: at.length,
    endColumn: 2,
  }),
  textOf: () => undefined,
}

function warning(at: string, code: Diagnostic['code'], fix = 'add it.'): Diagnostic {
  return { severity: 'warning', code, message: `Something about ${at}.`, fix, at }
}

const FOUND: readonly Diagnostic[] = [
  warning('/goals/purchase', 'conversions-have-a-target'),
  warning('/stages/awareness/micro/newsletter', 'conversions-have-a-target'),
  { severity: 'error', code: 'unknown-field', message: 'Not a field.', fix: 'remove it.', at: '/nope' },
  warning('/review', 'plans-are-reviewed'),
  warning('/stages/awareness/micro/search', 'conversions-have-a-target'),
]

test('errors come first, and a warning that is said of many things is one line with their names', () => {
  expect(renderFindings(FOUND, PLACES, { canAskLess: true })).toBe(`plan.yaml:5:1 error unknown-field
  Not a field.
  fix: remove it.

plan.yaml:7:1 warning plans-are-reviewed
  Something about /review.
  fix: add it.

plan.yaml warning conversions-have-a-target, 3 times
  purchase, newsletter, search
  fix: add it.

1 error, 4 warnings (--verbose shows each with its line; --profile minimal asks for less)
`)
})

test('all of them one by one when asked, and errors alone when asked for quiet', () => {
  const all = renderFindings(FOUND, PLACES, { verbose: true })
  expect(all.match(/conversions-have-a-target/g)).toHaveLength(3)
  expect(all).toMatch(/1 error, 4 warnings\n$/)
  expect(renderFindings(FOUND, PLACES, { quiet: true })).toMatch(/unknown-field[^]*\n\n1 error\n$/)
  expect(renderFindings(FOUND.slice(0, 2), PLACES, { quiet: true })).toBe('')
})

test('where the ways out differ, the code’s own page says them', () => {
  const differing = [
    warning('/goals/a', 'conversions-have-a-metric', 'x'),
    warning('/goals/b', 'conversions-have-a-metric', 'y'),
  ]
  expect(renderFindings(differing, PLACES)).toContain(
    'fix: plan explain conversions-have-a-metric says what to do.',
  )
})

test('names that two plans have in common are told three times, and then by their lines', () => {
  const taken = (at: string): Diagnostic => ({
    ...warning(at, 'name-of-another-plan', `adopt "${at}".`),
    severity: 'error',
  })
  const found = ['/a', '/abcdef', '/abc', '/abcdefgh', '/abcde'].map(taken)
  const text = renderFindings(found, PLACES, {})
  expect(text).toContain(`  Something about /abcde.
  fix: adopt "/abcde".

plan.yaml error name-of-another-plan, 2 more
  on the lines 7, 9

5 errors`)
  // A line for one alone would be no shorter.
  expect(renderFindings(found.slice(0, 4), PLACES, {})).not.toContain('more')
  // Another way out is told by itself.
  const other: Diagnostic = { ...warning('/abcd', 'name-of-another-plan', 'rename it.'), severity: 'error' }
  expect(renderFindings([...found, other], PLACES, {})).toContain('fix: rename it.')
})
