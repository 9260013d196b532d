/** The codes of what is found when pushes are held against the data layer contract. */
import { codes } from './facts.ts'

const CONTRACT = 'The data layer contract of the plan'

export const DOCS_CODES = codes({
  'pushes-are-readable': {
    severity: 'error',
    title: 'A file of pushes holds JSON: a list, one push, or a push a line.',
    reason: 'What cannot be read cannot be checked.',
    fix: 'Save it as JSON, or as one JSON object a line.',
    source: CONTRACT,
  },
  'push-is-planned': {
    severity: 'warning',
    title: 'A push that looks like a planned event is one.',
    reason: 'The plan listens for the exact name: a push under another one counts nothing.',
    fix: 'Push the name that the plan has, or change the plan.',
    source: CONTRACT,
  },
  'push-has-its-keys': {
    severity: 'error',
    title: 'A push carries every key that the plan takes from it.',
    reason: 'A missing key reaches GA4 as an empty value, or keeps the conversion from counting.',
    fix: 'Push the key with the event, or give it a default in the plan.',
    source: CONTRACT,
  },
  'push-values-fit': {
    severity: 'error',
    title: 'The values of a push have the type, the list and the length that the plan states.',
    reason:
      'GA4 cuts long texts, cannot add up numbers that are texts, and reports misspelt values as new ones.',
    fix: 'Push a value of that type, from that list.',
    source: 'https://support.google.com/analytics/answer/9267744',
  },
  'push-holds-no-person': {
    severity: 'error',
    title: 'A push of a planned event holds nothing about a person.',
    reason: 'Google forbids it in GA4, and whatever is in the data layer can be sent by any tag.',
    fix: 'Leave it out of the push.',
    source: 'https://support.google.com/analytics/answer/6366371',
  },
  'documents-are-current': {
    severity: 'error',
    title: 'Committed documents say what the plan says.',
    reason: 'People agree on what they read. A document that is older than its plan is agreed on in vain.',
    fix: 'Run `plan docs --no-history` with the same options and commit what it writes.',
    source: 'plan docs --check',
  },
  'sheet-is-readable': {
    severity: 'error',
    title: 'A spreadsheet that is merged is a table with the columns of an export.',
    reason: 'A cell belongs to a field of the plan by the name of its column and the id of its row.',
    fix: 'Begin with what `plan export` writes, and leave the first row as it is. Columns may be moved, hidden or left out.',
    source: 'plan export',
  },
  'sheet-ids-are-once': {
    severity: 'error',
    title: 'Each conversion has one row in a spreadsheet that is merged.',
    reason: 'Of two rows nobody can tell which one holds.',
    fix: 'Keep the one that holds.',
    source: 'plan export',
  },
  'sheet-rows-are-the-plans': {
    severity: 'warning',
    title: 'The rows of a spreadsheet that is merged are the conversions of the plan.',
    reason:
      'A row that is new has no trigger, and one that is gone may only have been filtered away: neither is made or removed on a guess.',
    fix: 'Add, move or remove conversions in the plan itself.',
    source: 'plan export',
  },
  'sheet-values-fit': {
    severity: 'error',
    title: 'The cells of a spreadsheet that is merged are values that the plan can hold.',
    reason: 'One cell that cannot be read may mean that a whole column has slipped, so nothing is written.',
    fix: 'Write the value as `plan export` does: 8%, 0.05, 2027-03-31.',
    source: 'plan export',
  },
  'sheet-and-plan-agree': {
    severity: 'warning',
    title: 'What a spreadsheet changes has not been changed in the plan meanwhile.',
    reason: 'Both are somebody’s decision. Writing either over the other would undo one of them unseen.',
    fix: 'Decide which holds and write it into both, or begin with a new export.',
    source: 'plan export',
  },
  'pages-are-drawn': {
    severity: 'error',
    title: 'The templates of a page can be drawn.',
    reason: 'A template of your own takes the place of ours, and this one is broken.',
    fix: 'Put the named template right, or take it away, so that ours is used.',
    source: 'templates/pages',
  },
})
