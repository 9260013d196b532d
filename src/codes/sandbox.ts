/** The codes of a sandbox that cannot be started, or not go on: its state file and its seed. */
import { codes } from './facts.ts'

const SANDBOX = 'docs/sandbox.md'

export const SANDBOX_CODES = codes({
  'sandbox-state-damaged': {
    severity: 'error',
    title: 'The state file of a sandbox is whole.',
    reason:
      'Half a container would be compared with as if it were all; so nothing is guessed, and the file stays as it is.',
    fix: 'Restore it from a copy, or delete it to start empty.',
    source: SANDBOX,
  },
  'sandbox-state-unreadable': {
    severity: 'error',
    title: 'The state file of a sandbox can be read.',
    reason: 'What the sandbox held before cannot be known otherwise.',
    fix: 'Check the path and its permissions; a folder cannot be a state file.',
    source: SANDBOX,
  },
  'sandbox-state-unwritable': {
    severity: 'error',
    title: 'The state file of a sandbox can be written.',
    reason: 'What has been answered must be there after the sandbox has ended.',
    fix: 'Free some room on the disk, or use a folder that may be written.',
    source: SANDBOX,
  },
  'sandbox-state-in-use': {
    severity: 'error',
    title: 'One sandbox at a time writes a state file.',
    reason: 'Of two, each would wipe out what the other one did.',
    fix: 'End the other sandbox, or give this one a state file of its own.',
    source: SANDBOX,
  },
  'sandbox-seed-unusable': {
    severity: 'error',
    title: 'A seed is a container export of Tag Manager.',
    reason: 'Something else has no container in it that could be served.',
    fix: 'Export the container in GTM (Admin, Export Container) and use that file.',
    source: 'https://support.google.com/tagmanager/answer/6106997',
  },
  'sandbox-export-unusable': {
    severity: 'error',
    title: 'What reports are made of is rows of the GA4 export.',
    reason: 'Each row is an event of a day; something else cannot be counted.',
    fix: 'Give the JSON that BigQuery extracts: one row a line, or a list of rows.',
    source: 'https://support.google.com/analytics/answer/7029846',
  },
  'sandbox-seed-beside-state': {
    severity: 'error',
    title: 'A seed is for a sandbox that holds nothing yet.',
    reason: 'With a state there already, one of the two would be passed over without a word.',
    fix: 'Leave --seed away, or begin with another --state.',
    source: SANDBOX,
  },
})
