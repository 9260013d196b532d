import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fitDescription,
  hashOf,
  parseDescription,
  parseNotes,
  renderDescription,
  renderNotes,
} from '../../src/resources/marker.ts'

const marker = { key: 'shop/newsletter_signup#tag', hash: '0123456789ab' }
const line = fc.stringMatching(/^[^\r\n]{0,30}$/).filter((text) => !text.includes('[measurement-plan'))
const lines = fc.array(line, { maxLength: 4 }).map((all) => all.join('\n').trim())

test('notes come back as they were written', () => {
  fc.assert(
    fc.property(lines, lines, (human, ours) => {
      expect(parseNotes(renderNotes(human, ours, marker))).toEqual({ human, ours: ours.trimEnd(), marker })
    }),
  )
})

test('notes without a marker are all somebody else’s', () => {
  fc.assert(
    fc.property(lines, (human) => {
      expect(parseNotes(human)).toEqual({ human: human.trim(), ours: '' })
    }),
  )
})

test('what people write below the marker is kept, above it, at the next apply', () => {
  const text = `${renderNotes('before', 'Owner: a', marker)}\nafter`
  expect(parseNotes(text)).toEqual({ human: 'before\nafter', ours: 'Owner: a', marker })
})

test('a description with its marker never exceeds 150 characters and comes back', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300 }),
      fc.stringMatching(/^[a-z][a-z0-9_]{0,29}$/),
      (description, plan) => {
        const fitted = fitDescription(description, plan)
        const rendered = renderDescription(fitted, { plan, hash: marker.hash })
        expect(rendered.length).toBeLessThanOrEqual(150)
        expect(parseDescription(rendered)).toEqual({ text: fitted, marker: { plan, hash: marker.hash } })
      },
    ),
  )
})

test('the hash knows the words in the notes, but not the file that the plan stands in', () => {
  const hash = (notes: string): string => hashOf({ name: 'Tag', spec: {} as never, notes })
  expect(hash('Purchase\nPlan: a.yaml (goals, purchase)')).toBe(
    hash('Purchase\nPlan: b.yaml (goals, purchase)'),
  )
  expect(hash('Purchase\nPlan: a.yaml (goals, purchase)')).not.toBe(
    hash('Order\nPlan: a.yaml (goals, purchase)'),
  )
})
