import { plainElement } from '../sources/plain-element.ts'
import { elementWords } from '../sources/words.ts'
import { elementConditions, narrowed, targetFrom, targetTexts, type Target } from './element.ts'
import type { TriggerModule } from './module.ts'
import { plain } from './plain.ts'

export interface ClickTrigger extends Target {
  readonly kind: 'click'
}

export const click: TriggerModule<'click'> = {
  build: (said) => ({ kind: 'click', ...said }),
  toGtm: (trigger) => plain('click', 'Click', elementConditions(trigger, 'click')),
  fromGtm: ({ type, filter }) => (type === 'click' ? targetFrom(filter, 'click') : undefined),
  words: (trigger) => `click on ${elementWords(trigger, 'any element')}`,
  plain: (trigger) => `${plainElement(trigger, 'element')} is clicked`,
  narrowed,
  texts: (said, at) => targetTexts(said, `${at}/click`, 'click'),
  fills: ['click', 'form'],
  examples: [
    { said: {}, words: 'click on any element', plain: 'any element is clicked' },
    {
      said: { selector: 'a.cta, a.cta *' },
      words: 'click on a.cta, a.cta *',
      plain: 'a link “cta” is clicked',
    },
  ],
}
