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

export interface FormTrigger extends Target, Waiting {
  readonly kind: 'form'
}

export const form: TriggerModule<'form'> = {
  build: (said) => ({ kind: 'form', waitForTags: false, checkValidation: false, ...said }),
  toGtm: (trigger) => ({
    template: 'form-submission',
    prefix: 'Form',
    values: waitingValues(trigger),
    conditions: elementConditions(trigger, 'form'),
  }),
  listener: 'gtm.formSubmit',
  fromGtm: (spec) => {
    if (spec.type !== 'formSubmission') return undefined
    const { said, when } = targetFrom(spec.filter, 'form')
    return { said: { ...said, ...waitingFrom(spec) }, when }
  },
  words: (trigger) => `form ${elementWords(trigger, 'of any kind')} submitted${waitingWords(trigger)}`,
  plain: (trigger) => `${plainElement(trigger, 'form')} is submitted${plainWaiting(trigger)}`,
  narrowed,
  arms: waitingArms,
  texts: (said, at) => targetTexts(said, `${at}/form`, 'form'),
  fills: ['click', 'form'],
  examples: [
    {
      said: { selector: '#newsletter' },
      words: 'form #newsletter submitted',
      plain: 'the form “newsletter” is submitted',
    },
    {
      said: { id: 'quote', checkValidation: true, waitForTags: true },
      words:
        'form #quote submitted (only when the page does not cancel it, held back until the tags have fired)',
      plain: 'the form “quote” is submitted and the page does not stop it',
    },
  ],
}
