/** The codes of Google's refusals, and of what keeps a request from reaching Google. */
import { codes } from './facts.ts'

const GTM_ERRORS = 'https://developers.google.com/tag-platform/tag-manager/api/v2/errors'
const GTM_QUOTA = 'https://developers.google.com/tag-platform/tag-manager/api/v2/limits-quotas'
const SIGN_IN = 'https://cloud.google.com/docs/authentication/application-default-credentials'
const GOOGLE_ERRORS = 'https://cloud.google.com/apis/design/errors'
const HTTP = 'https://www.rfc-editor.org/rfc/rfc9110'

export const GOOGLE_CODES = codes({
  unreachable: {
    severity: 'error',
    title: 'Google, or the server that is named instead, can be reached.',
    reason: 'Nothing was sent, so nothing was changed.',
    fix: 'Check the address, the network connection and the proxy. The certificate of a proxy of your company goes into NODE_EXTRA_CA_CERTS.',
    source: 'https://nodejs.org/api/cli.html#node_extra_ca_certsfile',
  },
  'connection-lost': {
    severity: 'error',
    title: 'The connection holds until the answer is there.',
    reason:
      'The request may have worked all the same; what was done is found by the next run and not done twice.',
    fix: 'Run it again.',
    source: 'Observed of networks',
  },
  timeout: {
    severity: 'error',
    title: 'Google answers in time.',
    reason:
      'The request may have worked all the same; what was done is found by the next run and not done twice.',
    fix: 'Run it again.',
    source: HTTP,
  },
  'changed-nothing': {
    severity: 'error',
    title: 'What GA4 says that it took is there.',
    reason:
      'GA4 answers some updates with 200 and changes nothing, so what was written is read again. Everything else was done; nothing was published.',
    fix: "Look at it on GA4's own page, under Admin. What cannot be set there either is not to be had in this property: leave it out of the plan.",
    source: 'Observed of the Admin API by others who write to it',
  },
  'no-credentials': {
    severity: 'error',
    title: 'There is somebody to act as.',
    reason: 'Google lets nobody read or change a container without an account.',
    fix: 'Sign in with gcloud, or set GOOGLE_APPLICATION_CREDENTIALS to the path of a key file; docs/google-account.md has the steps. To try it without an account, use --sandbox.',
    source: SIGN_IN,
  },
  'credentials-refused': {
    severity: 'error',
    title: 'Google accepts the credentials.',
    reason:
      'They have expired or were withdrawn, or the clock of this machine is wrong. While the consent screen is in testing, a sign-in lives seven days.',
    fix: 'Sign in again, or make a new key for the service account.',
    source: SIGN_IN,
  },
  'scope-missing': {
    severity: 'error',
    title: 'The credentials allow what the command does.',
    reason: 'A sign-in is for named scopes; reading, editing and publishing are three.',
    fix: 'Sign in again with the scope that the message names.',
    source: 'https://developers.google.com/tag-platform/tag-manager/api/v2/authorization',
  },
  'permission-denied': {
    severity: 'error',
    title: 'The account may do this in the container or property.',
    reason:
      'Roles are given in Tag Manager and in Google Analytics; roles in the Google Cloud project do not count.',
    fix: 'Ask an administrator there for access: Read to compare, Edit to apply, Publish to publish; in Analytics Viewer and Editor.',
    source: 'https://support.google.com/tagmanager/answer/6107011',
  },
  'api-not-enabled': {
    severity: 'error',
    title: 'The API is switched on in the Google Cloud project.',
    reason:
      'Google counts requests against a project, and refuses those to an API that it has not switched on.',
    fix: 'Switch it on with the command in the message, wait a minute, run it again.',
    source: 'https://cloud.google.com/endpoints/docs/openapi/enable-api',
  },
  'not-found': {
    severity: 'error',
    title: 'What the plan names exists, and may be seen.',
    reason: 'Google gives one answer for both, so that nobody learns of what is not theirs.',
    fix: 'Check the id in the plan. If it is right, ask for access.',
    source: GTM_ERRORS,
  },
  quota: {
    severity: 'error',
    title: 'Requests come no faster than Google allows.',
    reason:
      'GTM takes 25 requests in 100 seconds for a Cloud project. plan waits by itself; somebody else may use the same project.',
    fix: 'Wait two minutes and run the same command again; it goes on where this one stopped.',
    source: GTM_QUOTA,
  },
  'quota-exhausted': {
    severity: 'error',
    title: 'There is quota left.',
    reason:
      'The quota is used up for today, or for longer than it is worth waiting. Nothing half-done is live.',
    fix: 'Run the same command again later; it goes on where this one stopped. The Cloud console takes requests for a higher quota.',
    source: GTM_QUOTA,
  },
  invalid: {
    severity: 'error',
    title: 'Google takes what is sent to it.',
    reason: 'It names the field that it refuses; the message says which line of the plan that came from.',
    fix: 'Correct the plan there and run it again.',
    source: GTM_ERRORS,
  },
  'stale-fingerprint': {
    severity: 'error',
    title: 'What is written was not changed by somebody else meanwhile.',
    reason: 'Their change would be lost.',
    fix: 'Look at the difference again and run it again.',
    source: GTM_ERRORS,
  },
  'workspace-submitted': {
    severity: 'error',
    title: 'The workspace still takes changes.',
    reason: 'Somebody turned it into a version while this run was working in it.',
    fix: 'Run it again; it uses a new workspace.',
    source: 'https://support.google.com/tagmanager/answer/7059647',
  },
  'workspace-limit': {
    severity: 'error',
    title: 'The container has room for a workspace of the plan.',
    reason: 'A container has three at a time, the default one included; the plan needs one for itself.',
    fix: 'Submit or delete one that nobody needs (in GTM: Workspaces, at the top left), then run it again.',
    source: 'https://support.google.com/tagmanager/answer/7059647',
  },
  'duplicate-name': {
    severity: 'error',
    title: 'A name in GTM is given once.',
    reason:
      'GTM finds tags, triggers and variables by name; a variable may not be called like an enabled built-in one either.',
    fix: 'Give it another title in the plan, or take over the one that is there with plan adopt.',
    source: GTM_ERRORS,
  },
  'already-exists': {
    severity: 'error',
    title: 'What is to be created does not exist.',
    reason: 'Somebody made it meanwhile, or GA4 keeps an archived one under that name.',
    fix: 'Look at the difference again; what exists is taken as it is.',
    source: GOOGLE_ERRORS,
  },
  'concurrent-change': {
    severity: 'error',
    title: 'Nobody changes the same thing at the same moment.',
    reason: 'Google refused one of the two.',
    fix: 'Run it again.',
    source: GOOGLE_ERRORS,
  },
  'not-supported': {
    severity: 'error',
    title: 'The server knows the method.',
    reason: 'Something else than Google may stand at the address, or Google has taken the method away.',
    fix: 'Check the address of the server; if it is right, a newer version of plan may be needed.',
    source: HTTP,
  },
  server: {
    severity: 'error',
    title: 'Google does not fail by itself.',
    reason: 'The fault is on the server. What was done already is not done twice.',
    fix: 'Run it again in a few minutes.',
    source: HTTP,
  },
  'bad-answer': {
    severity: 'error',
    title: 'The answer is what Google sends.',
    reason: 'A proxy or the sign-in page of a network may have answered in its place.',
    fix: 'Check the network, then run it again.',
    source: 'Observed of networks',
  },
  'answer-too-large': {
    severity: 'error',
    title: 'An answer ends.',
    reason: 'A full container takes a few megabytes. Of an answer 64 MB are read, after decompression.',
    fix: 'Check the address and what proxy stands in between, then run it again.',
    source: 'A limit of plan; Google documents none',
  },
  refused: {
    severity: 'error',
    title: 'Google does not refuse without a known reason.',
    reason:
      'This is a refusal that plan has no words of its own for; the message holds all that the server says.',
    fix: 'Run it again; if it stays so, go by what the server says.',
    source: GOOGLE_ERRORS,
  },
})
