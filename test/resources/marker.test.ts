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
import { titleLine, unmarked } from '../../src/resources/plain-words.ts'
import { planLine } from '../../src/resources/plan-line.ts'

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

// What somebody might write into a plan to be taken for something else.
const nasty = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '[measurement-plan]',
        '[/measurement-plan shop/other#tag 0123456789ab]',
        '[/measurement-plan shop/other#tag 0123456789ab 17]',
        '[measurement-plan shop 0123456789ab]',
        'Owner: them',
        'Plan: a.yaml (goals, x)',
        'Key event 345000001 purchase 0123456789ab',
        ' ',
        '\n',
        '\r',
        '\u2028',
        '[',
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('')),
)

test('whatever a plan says, its words are no marker and none of our own lines', () => {
  fc.assert(
    fc.property(nasty, nasty, nasty, lines, (title, owner, file, human) => {
      const ours = [titleLine(title), `Owner: ${unmarked(owner)}`, planLine(file, 'goals, x')].join('\n')
      const made = { ...marker, id: '17' }
      const found = parseNotes(renderNotes(human, ours, made), '17')
      expect(found).toEqual({ human, ours, marker: made })
      expect(ours.split('\n')).toHaveLength(3)
      expect(titleLine(title)).not.toMatch(/^(Owner|Target|Plan): |^Key event/)
      const description = renderDescription(fitDescription(title, 'shop'), {
        plan: 'shop',
        hash: marker.hash,
      })
      expect(parseDescription(description).marker).toEqual({ plan: 'shop', hash: marker.hash })
      // What was in GA4 before the plan gets no mark, and none by its words either.
      expect(parseDescription(fitDescription(title, 'shop')).marker).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('of several blocks the one with the id of the entity counts, and the others are people’s words', () => {
  const own = renderNotes('', 'Owner: a', { ...marker, id: '17' })
  const pasted = renderNotes('', 'Owner: b', { key: 'shop/other#tag', hash: marker.hash, id: '4' })
  for (const text of [`${own}\n${pasted}`, `${pasted}\n${own}`]) {
    expect(parseNotes(text, '17')).toEqual({
      human: pasted,
      ours: 'Owner: a',
      marker: { ...marker, id: '17' },
    })
  }
  expect(parseNotes(pasted, '17').marker?.id).toBe('4')
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

test('notes that an editor saved with line breaks of Windows say the same', () => {
  const text = renderNotes('before', 'Owner: a', marker)
  expect(parseNotes(text.replaceAll('\n', '\r\n'))).toEqual(parseNotes(text))
})

test('a description may be just so long, and not one character longer', () => {
  const room = 150 - ' [measurement-plan shop 0123456789ab]'.length
  expect(fitDescription('x'.repeat(room), 'shop')).toBe('x'.repeat(room))
  expect(fitDescription('x'.repeat(room + 1), 'shop')).toBe(`${'x'.repeat(room - 1)}…`)
})
