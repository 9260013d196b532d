import { expect, test } from 'vitest'
import { planLine, withoutFile } from '../../src/resources/plan-line.ts'

const notes = (file: string, title = 'Purchase', place = 'goals, purchase'): string =>
  [title, planLine(file, place)].join('\n')

test.each(['plans/shop.yaml', './shop.yaml', 'my plans/shop (copy).yaml'])(
  'the file %s is no part of what is compared',
  (file) => {
    expect(withoutFile(notes(file))).toBe(withoutFile(notes('plan.yaml')))
    expect(withoutFile(planLine(file))).toBe(withoutFile(planLine('plan.yaml')))
  },
)

test('everything else in the notes is', () => {
  const same = withoutFile(notes('plan.yaml'))
  expect(withoutFile(notes('plan.yaml', 'Order'))).not.toBe(same)
  expect(withoutFile(notes('plan.yaml', 'Purchase', 'stages, decision, purchase'))).not.toBe(same)
  expect(withoutFile('Purchase')).toBe('Purchase')
  expect(withoutFile(`${planLine('plan.yaml')}\nKey event 1 purchase 77aa00bb11cc`)).toBe(
    'Plan:\nKey event 1 purchase 77aa00bb11cc',
  )
})

test('a title that reads like the line is a title', () => {
  expect(withoutFile(notes('plan.yaml', 'Plan: A'))).not.toBe(withoutFile(notes('plan.yaml', 'Plan: B')))
})
