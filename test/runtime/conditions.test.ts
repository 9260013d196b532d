import { expect, test } from 'vitest'
import { condition, container, customEvent, dataLayerVariable, eventTag } from './containers.ts'
import { eventsOf, pushing } from './session.ts'

const variables = ['num', 'val', 'deep.x', 'miss', 'yes'].map((name) => dataLayerVariable(name))

/** Whether a tag with this one condition fires on a message with the values of GTM-RUNTIME 10. */
function holds(type: string, left: string, right: string, options = {}): boolean {
  const parts = {
    tag: [eventTag('1', 'it_held', ['5'])],
    trigger: [customEvent('5', 'go', [condition(type, `{{${left}}}`, right, options)])],
    variable: variables,
  }
  const message = { event: 'go', num: 3.5, val: '30.5', deep: { x: 'Hello' }, yes: true }
  return eventsOf(pushing(container(parts), [message])).includes('it_held')
}

test.each([
  ['equals', 'miss', 'undefined'],
  ['contains', 'miss', 'und'],
  ['matchRegex', 'miss', '^undef'],
  ['matchRegex', 'miss', '.+'],
  ['greater', 'val', '9'],
  ['startsWith', 'num', '3'],
  ['equals', 'yes', 'true'],
  ['endsWith', 'deep.x', 'lo'],
  ['lessOrEquals', 'num', '3.5'],
  ['greaterOrEquals', 'num', '3.5'],
  ['matchRegex', 'deep.x', 'ell'],
])('%s: {{%s}} against %s holds', (type, left, right) => {
  expect(holds(type, left, right)).toBe(true)
})

test.each([
  ['matchRegex', 'deep.x', '^hello$'],
  ['matchRegex', 'deep.x', '(unclosed'],
  ['less', 'miss', '9'],
  ['greater', 'miss', '9'],
  ['equals', 'deep.x', 'hello'],
  ['cssSelector', 'miss', 'a'],
])('%s: {{%s}} against %s does not hold', (type, left, right) => {
  expect(holds(type, left, right)).toBe(false)
})

test('a pattern may ignore case', () => {
  expect(holds('matchRegex', 'deep.x', '^hello$', { ignoreCase: true })).toBe(true)
})

test('a negated test on a missing value is true', () => {
  expect(holds('contains', 'miss', 'shop', { negate: true })).toBe(true)
  expect(holds('equals', 'miss', 'undefined', { negate: true })).toBe(false)
})

test('a condition that matches a URL leaves the trigger undecided, never silent', () => {
  const parts = {
    tag: [eventTag('1', 'it_held', ['5'])],
    trigger: [customEvent('5', 'go', [condition('urlMatches', '{{deep.x}}', 'https://a.example')])],
    variable: variables,
  }
  const decision = pushing(container(parts), [{ event: 'go' }]).decisions.at(-1)
  expect(decision?.tags).toMatchObject([{ outcome: 'undecided', because: { code: 'url-match' } }])
})

test('every test is kept with the values it saw', () => {
  const parts = {
    tag: [eventTag('1', 'it_held', ['5'])],
    trigger: [
      customEvent('5', 'go', [condition('equals', '{{val}}', '30'), condition('equals', '{{num}}', '3.5')]),
    ],
    variable: variables,
  }
  const decision = pushing(container(parts), [{ event: 'go', val: '30.5', num: 3.5 }]).decisions.at(-1)
  expect(decision?.triggers).toMatchObject([
    {
      verdict: 'no',
      tests: [
        { subject: '{{_event}}', verdict: 'yes' },
        { subject: '{{val}}', left: '"30.5"', right: '"30"', verdict: 'no' },
        { subject: '{{num}}', left: '3.5', verdict: 'yes' },
      ],
    },
  ])
})
