import { conditionWords } from '../sources/condition.ts'
import { armedWords } from './armed.ts'
import { triggerModule } from './kinds.ts'
import type { Trigger } from './trigger.ts'

/** When a conversion counts, as people say it: `form #newsletter submitted on /pricing`. */
export function triggerWords(trigger: Trigger): string {
  const several = trigger.kind === 'any' || trigger.kind === 'all'
  const narrowed = trigger.when.length + trigger.unless.length > 0
  const happened = happenedWords(trigger)
  return [
    several && narrowed ? `(${happened})` : happened,
    ...trigger.when.map((condition, index) => conditionWords(condition, index === 0 ? '' : 'and ')),
    ...trigger.unless.map((condition, index) => conditionWords(condition, index === 0 ? 'but not ' : 'nor ')),
  ].join(' ')
}

function happenedWords(trigger: Trigger): string {
  if (trigger.kind === 'any') return trigger.triggers.map(triggerWords).join(', or ')
  if (trigger.kind === 'all')
    return `${trigger.triggers.map(triggerWords).join(', and ')}, once all of them have happened`
  return triggerModule(trigger.kind).words(trigger) + armedWords(trigger)
}
