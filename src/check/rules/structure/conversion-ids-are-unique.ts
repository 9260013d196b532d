import { rule } from '../../rule.ts'
import type { PlacedConversion } from '../../places.ts'
import { quoted } from '../../schema/words.ts'

export const conversionIdsAreUnique = rule({
  code: 'conversion-ids-are-unique',
  severity: 'error',
  profile: 'always',
  title: 'An id stands for one conversion in the whole plan.',
  reason:
    'The id is identity: two conversions with the same id would be one and the same tag, so that each would overwrite the other.',
  fix: 'give one of the two another id.',
  source: 'The plan language',
  *check(places) {
    const seen = new Map<string, PlacedConversion>()
    for (const conversion of places.conversions) {
      const before = seen.get(conversion.id)
      if (before === undefined) seen.set(conversion.id, conversion)
      else {
        const where =
          before.tier === 'goal' ? 'a goal' : `a micro conversion of stage ${quoted(before.stage?.id ?? '')}`
        yield {
          at: conversion.at,
          about: 'key',
          message: `The id ${quoted(conversion.id)} is taken: it is also ${where}.`,
        }
      }
    }
  },
})
