import { expect, test } from 'vitest'
import { BAD_PLANS, readBadPlan } from './read-bad-plan.ts'
import { checkPlan } from '../../src/check/check.ts'
import { fixPlan } from '../../src/check/fix.ts'
import { parsePlan, type ParsedPlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'

const options = { today: '2026-11-22', profile: 'recommended' } as const

async function parsed(text: string): Promise<ParsedPlan> {
  return parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
}

async function fixed(text: string): Promise<string> {
  const plan = await parsed(text)
  return fixPlan(plan, checkPlan(plan, options).diagnostics).files.get('plan.yaml') ?? text
}

test('a fix changes the value and nothing else: not the comments, not the spaces', async () => {
  const text = [
    'version: "1" # the language',
    'plan:   shop',
    'currency: aed',
    'goals:',
    '  purchase:   # the one that counts',
    '    title:  Purchase',
    '    value: "180"    # on average',
    '    trigger: { dataLayer: purchase }',
    '    uxoutcome: Done',
    '    keyEvent: true',
    'stages:',
    '  one:',
    '    title: One',
    '    micro:',
    '      search: { title: Search, UX_Outcome: found, feeds: purchase, keyEvent: yes }',
    '      again: { title: Again, feeds: [purchase, purchase] }',
    '',
  ].join('\n')
  expect(await fixed(text)).toBe(
    [
      'version: 1 # the language',
      'plan:   shop',
      'currency: aed',
      'goals:',
      '  purchase:   # the one that counts',
      '    title:  Purchase',
      '    primary: true',
      '    value: 180    # on average',
      '    trigger: { dataLayer: purchase }',
      '    uxOutcome: Done',
      '    keyEvent: true',
      'stages:',
      '  one:',
      '    title: One',
      '    micro:',
      '      search: { title: Search, uxOutcome: found, feeds: [purchase], keyEvent: true }',
      '      again: { title: Again, feeds: [purchase] }',
      '',
    ].join('\n'),
  )
})

test('digits keep their zeros when they are put in quotes', async () => {
  const text = 'environments: { live: { gtm: { account: 0060, container: GTM-A1 } } }\n'
  expect(await fixed(text)).toContain('account: "0060"')
})

test('what is removed takes its line, or its comma, along', async () => {
  const text = [
    'parameters:',
    '  currency:',
    '    register: event',
    '    description: Currency',
    '  value: { register: metric, description: Value }',
    '',
  ].join('\n')
  expect(await fixed(text)).toBe(
    ['parameters:', '  currency:', '    description: Currency', '  value: { description: Value }', ''].join(
      '\n',
    ),
  )
})

test('an overlay is fixed in the file that holds the mistake', async () => {
  const files: Record<string, string> = {
    'plan.yaml': 'extends: base.yaml\ntitle: Overlay\n',
    'base.yaml': 'version: "1"\nplan: shop\n',
  }
  const plan = parsePlan(
    await readPlanWith('plan.yaml', (path) => Promise.resolve({ text: files[path] ?? '' })),
  )
  const { files: changed } = fixPlan(plan, checkPlan(plan, options).diagnostics)
  expect([...changed]).toEqual([['base.yaml', 'version: 1\nplan: shop\n']])
})

test.each(BAD_PLANS)('fixing leaves fewer findings: %s', async (name) => {
  const source = await readBadPlan(name)
  const plan = parsePlan(source)
  const before = checkPlan(plan, options).diagnostics
  const fixable = before.filter(({ edit }) => edit !== undefined)
  const { files, made } = fixPlan(plan, before)
  if (fixable.length === 0) {
    expect(made).toBe(0)
    return
  }
  expect(made).toBeGreaterThan(0)
  const texts = new Map(source.files.map((file) => [file.path, files.get(file.path) ?? file.text]))
  const again = parsePlan(
    await readPlanWith(plan.file, (path) => Promise.resolve({ text: texts.get(path) ?? '' })),
  )
  const after = checkPlan(again, options).diagnostics
  expect(after.length).toBeLessThan(before.length)
  const codes = before.map(({ code }) => code)
  expect(after.filter(({ code }) => !codes.includes(code))).toEqual([])
})
