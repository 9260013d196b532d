import { plainElement } from '../sources/plain-element.ts'
import { elementWords } from '../sources/words.ts'
import { elementConditions, narrowed, targetFrom, targetTexts, type Target } from './element.ts'
import type { TriggerModule } from './module.ts'
import {
  waitingArms,
  waitingFrom,
  waitingValues,
  waitingWords,
  plainWaiting,
  type Waiting,
} from './waiting.ts'

export interface LinkTrigger extends Target, Waiting {
  readonly kind: 'link'
}

export const link: TriggerModule<'link'> = {
  build: (said) => ({ kind: 'link', waitForTags: false, checkValidation: false, ...said }),
  toGtm: (trigger) => ({
    template: 'link-click',
    prefix: 'Link',
    values: waitingValues(trigger),
    conditions: elementConditions(trigger, 'click'),
  }),
  listener: 'gtm.linkClick',
  fromGtm: (spec) => {
    if (spec.type !== 'linkClick') return undefined
    const { said, when } = targetFrom(spec.filter, 'click')
    return { said: { ...said, ...waitingFrom(spec) }, when }
  },
  words: (trigger) => `link ${elementWords(trigger, 'of any kind')} clicked${waitingWords(trigger)}`,
  plain: (trigger) => `${plainElement(trigger, 'link')} is clicked${plainWaiting(trigger)}`,
  narrowed,
  arms: waitingArms,
  texts: (said, at) => targetTexts(said, `${at}/link`, 'link'),
  fills: ['click', 'form'],
  examples: [
    { said: {}, words: 'link of any kind clicked', plain: 'any link is clicked' },
    { said: { selector: 'a.buy' }, words: 'link a.buy clicked', plain: 'a link “buy” is clicked' },
    {
      said: { id: 'quote', checkValidation: true, waitForTags: true },
      words:
        'link #quote clicked (only when the page does not cancel it, held back until the tags have fired)',
      plain: 'the link “quote” is clicked and the page does not stop it',
    },
  ],
}
