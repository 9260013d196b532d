/** The codes of comparing with Google and of carrying out: what stands in the way, and what ends a run. */
import { codes } from './facts.ts'

const OWNERSHIP = "What is not the plan's is never touched (ARCHITECTURE.md)."
const SAVED = 'What is applied is what was shown, or nothing (ARCHITECTURE.md).'
const WORKSPACES = 'https://support.google.com/tagmanager/answer/7059647'

export const LIVE_CODES = codes({
  'container-is-for-the-web': {
    severity: 'error',
    title: 'A plan goes into a container for the web.',
    reason:
      'Containers for servers, AMP pages and apps have other tags, triggers and variables; what a plan makes would not run there.',
    fix: 'Name the web container; GTM writes the kind beside the name of each container.',
    source:
      'https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers#UsageContext',
  },
  'wrong-account': {
    severity: 'error',
    title: 'A container belongs to the account that the plan names.',
    reason:
      "The public id is unique at Google, so one of the two is a slip, and the other container would be somebody else's.",
    fix: 'Write the account that the message names, or the container you mean.',
    source: 'https://support.google.com/tagmanager/answer/6103696',
  },
  'name-is-there-in-ga4': {
    severity: 'warning',
    title: "A list of GA4's is there once under its name.",
    reason:
      "Audiences and channel groups may be called alike: somebody's own one stays, and whoever chooses a list in Google Ads sees two of one name.",
    fix: "Make the one that is there the plan's with `plan adopt`, or give the one of the plan another title.",
    source: OWNERSHIP,
  },
  'property-has-room': {
    severity: 'warning',
    title: 'The property has room for what the plan makes.',
    reason:
      'Others make audiences and calculated metrics, too, and what is beyond the limit GA4 refuses after everything before it has been written.',
    fix: 'Take out of GA4 what nobody uses, or leave some out of the plan. A GA4 360 property may hold more.',
    source: 'https://support.google.com/analytics/answer/9267572',
  },
  'fixed-in-ga4': {
    severity: 'error',
    title: 'What GA4 never changes is as the plan says.',
    reason:
      "The place of a BigQuery dataset and the rule of an audience are fixed for good; what is not the plan's is not deleted to make another.",
    fix: 'Write what is there, or delete it in GA4 and let the plan make it anew.',
    source:
      'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/properties.bigQueryLinks',
  },
  'stream-is-not-there': {
    severity: 'error',
    title: 'The property has the web stream that the environment names.',
    reason:
      'Enhanced measurement, redaction, event rules and secrets stand in a stream; without it nothing can be read or written there.',
    fix: "Write the measurement id of one of the property's web streams; `plan doctor` names them.",
    source:
      'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.dataStreams',
  },
  'name-is-taken': {
    severity: 'error',
    title: "A name that the plan gives is not taken by something that is not the plan's.",
    reason:
      'GTM takes a name once, and what is there means something else, or is a tag, of which a second would do everything twice.',
    fix: 'Take it over with `plan adopt`, or name yours otherwise under `naming`.',
    source: OWNERSHIP,
  },
  'template-is-another-version': {
    severity: 'error',
    title: 'A template of the gallery runs the code that the plan acknowledges.',
    reason:
      'The container has it at another commit, or somebody edited its code there. A template is in a container once, and no request changes its version.',
    fix: 'Acknowledge the commit that is there, once it is read, or update the template in GTM.',
    source: OWNERSHIP,
  },
  'marker-was-copied': {
    severity: 'warning',
    title: 'What was copied in GTM is not taken for the original.',
    reason:
      'A copy brings its notes along, and with them the mark of the plan. It is left alone, and what a copied tag sends is counted twice.',
    fix: 'Delete the copy, or take the lines of the mark out of its notes.',
    source: OWNERSHIP,
  },
  'made-twice': {
    severity: 'warning',
    title: 'What a plan makes stands in a container once.',
    reason:
      'Somebody went back to a version that has a thing which a run made anew at that moment, and GTM put both into one version. A tag counts twice so.',
    fix: 'Apply the plan before that version is published: the younger of the two is deleted.',
    source: WORKSPACES,
  },
  'name-of-another-plan': {
    severity: 'error',
    title: 'A name in a container is given by one plan.',
    reason:
      'Two plans that both write one thing undo each other’s work with every apply, and neither comes to rest.',
    fix: 'Give the things of one of the two other names under `naming`, or one of the plans a container of its own.',
    source: OWNERSHIP,
  },
  'plan-id-is-taken': {
    severity: 'error',
    title: 'A plan id stands in one file.',
    reason:
      'What a plan owns is known by its id. Two files with one id take each other’s things for their own, and undo them with every apply.',
    fix: 'Give one of the two an id of its own, or a container of its own; delete old copies.',
    source: OWNERSHIP,
  },
  'applied-from-another-file': {
    severity: 'warning',
    title: 'What is changed was last applied from the same file.',
    reason:
      'A file that is not here may have been renamed; or it lies in another repository and has the same plan id.',
    fix: 'Nothing, for a renamed file; else give one of the two plans an id of its own.',
    source: OWNERSHIP,
  },
  'container-does-not-compile': {
    severity: 'warning',
    title: 'What something in a container refers to is there.',
    reason:
      'GTM makes a version of the whole container or none: a name that leads nowhere keeps the plan from being applied, whoever wrote it. An export of a selection reads the same.',
    fix: 'Create what is missing in GTM, or take it out of what refers to it; export whole containers.',
    source: 'https://support.google.com/tagmanager/answer/7683362',
  },
  'reference-exists': {
    severity: 'error',
    title: 'What the plan takes from the container by name is there.',
    reason: 'GTM does not publish a container in which a name leads nowhere.',
    fix: 'Create it in GTM, or correct the name; capitals count.',
    source: 'https://support.google.com/tagmanager/answer/7683362',
  },
  'google-tag-is-there': {
    severity: 'warning',
    title: 'A container loads a measurement id once.',
    reason: 'A second Google tag for it counts every page twice.',
    fix: 'Write `googleTag: existing`, or pause the other tag.',
    source: 'https://support.google.com/tagmanager/answer/9442095',
  },
  'event-is-sent-by-others': {
    severity: 'warning',
    title: 'An event of the plan is sent by the plan alone.',
    reason:
      'GA4 counts what two tags send twice, and value and key events with it. A tag may name the event itself, take its name from a table, or send whatever the data layer reports.',
    fix: 'Pause or delete the other tag when the plan goes live, or give the event of the plan another name.',
    source: OWNERSHIP,
  },
  'shared-things-stay-theirs': {
    severity: 'warning',
    title: "What other people's tags use as well is not taken over.",
    reason: 'A change to the plan would change what their tags do.',
    fix: 'Leave it so: what is written just as the plan would write it is used by reference anyway. Or refer to their variable in the plan with `{ variable: NAME }`: then there is one, and it stays theirs.',
    source: OWNERSHIP,
  },
  'definition-of-another-plan': {
    severity: 'warning',
    title: 'Two plans describe a custom definition in the same way.',
    reason: 'A property has it once; two plans that differ would take turns in overwriting each other.',
    fix: 'Describe it in the same way in both plans.',
    source: OWNERSHIP,
  },
  'setting-of-another-plan': {
    severity: 'warning',
    title: 'What another plan states of the property is left to it.',
    reason:
      'A property has each setting once, and so has a link or a rule of its own; two plans that state it otherwise would take turns in setting it back.',
    fix: 'State the same in both plans, or state it in one of them alone.',
    source: OWNERSHIP,
  },
  'settings-are-agreed-on': {
    severity: 'error',
    title: 'Plans of one property state its settings in the same way.',
    reason:
      'A GA4 property has each setting, link and event create rule once. Two plans that state it otherwise would take turns in setting it back.',
    fix: 'State the same in both plans, or state it in one of them alone.',
    source: OWNERSHIP,
  },
  'setting-is-left': {
    severity: 'warning',
    title: 'What a plan no longer states stays in GA4 as it is.',
    reason:
      'A setting has no state of its own to go back to, and what it was before is not known; so it is only said, once, that the plan gives it up.',
    fix: 'Nothing is to be done; set it in GA4 (Admin) if it is to be otherwise, or state it again.',
    source: OWNERSHIP,
  },
  'in-use-by-others': {
    severity: 'error',
    title: 'What others use is neither deleted nor renamed.',
    reason: "Something in the container that is not the plan's refers to it and would no longer work.",
    fix: 'Take it out of there first, keep it in the plan, or give it back (plan release --only NAME).',
    source: OWNERSHIP,
  },
  'publishes-earlier-versions': {
    severity: 'warning',
    title: 'What goes live with the plan is known.',
    reason: 'A version holds everything since the published one, the unpublished work of others among it.',
    fix: 'Look at those versions in GTM first, or apply without --publish.',
    source: 'https://support.google.com/tagmanager/answer/6107163',
  },
  'deletes-need-permission': {
    severity: 'error',
    title: 'Nothing is deleted without leave.',
    reason: 'A deleted tag stops counting, and what GA4 archives does not come back.',
    fix: 'Add --allow-delete if that is meant; for a renamed id write `was: old_id`.',
    source: 'Deletes need --allow-delete (ARCHITECTURE.md).',
  },
  'protected-needs-its-name': {
    severity: 'error',
    title: 'What the plan protects is changed or deleted by its name alone.',
    reason: 'A conversion that others pay for, or report on, is not to change along with something else.',
    fix: 'Look at what would change, and add `--allow ID` if that is meant.',
    source: 'protected: true on a conversion (docs/reference.md).',
  },
  'deletes-a-large-part': {
    severity: 'error',
    title: 'Not a third of all that the plan owns is deleted at once.',
    reason: 'That is mostly the wrong plan or the wrong environment.',
    fix: 'Make sure that it is the right one, then add --force.',
    source: 'Deletes need --allow-delete (ARCHITECTURE.md).',
  },
  'not-a-change-set': {
    severity: 'error',
    title: 'A saved change set is one that plan saved.',
    reason: 'Nothing else says exactly what is to be done.',
    fix: 'Save one with `plan diff --out changes.json`.',
    source: SAVED,
  },
  'change-set-of-another-format': {
    severity: 'error',
    title: 'A saved change set is of the format that this version writes.',
    reason: 'Another version may mean something else by the same words.',
    fix: 'Save it again with this version.',
    source: SAVED,
  },
  'change-set-was-edited': {
    severity: 'error',
    title: 'A saved change set is as it was saved.',
    reason: 'What somebody looked at would not be what is done.',
    fix: 'Change the plan instead, and save the change set again.',
    source: SAVED,
  },
  'change-set-of-another-plan': {
    severity: 'error',
    title: 'A saved change set is for the plan and environment that are asked for.',
    reason: 'It would be carried out somewhere else than meant.',
    fix: 'Name the plan and the environment that it was saved for.',
    source: SAVED,
  },
  'plan-has-moved': {
    severity: 'error',
    title: 'The plan is as it was when the change set was saved.',
    reason: 'What somebody looked at is no longer what the plan says.',
    fix: 'Save it again and have it looked at again.',
    source: SAVED,
  },
  'container-has-moved': {
    severity: 'error',
    title: 'GTM and GA4 are as they were when the difference was made.',
    reason: 'Somebody changed something since; what was shown is no longer what would happen.',
    fix: 'Run it again and look at the new difference.',
    source: SAVED,
  },
  'change-set-differs': {
    severity: 'error',
    title: 'The same plan and container give the same change set.',
    reason: 'Other options, or another version of plan, make something else of them.',
    fix: 'Save it again with this version and these options.',
    source: SAVED,
  },
  'used-by-another-plan': {
    severity: 'warning',
    title: 'What another plan uses stays in GA4.',
    reason: 'A key event, dimension or metric belongs to the whole property, whoever made it.',
    fix: 'Nothing is to be done; it leaves with the first apply after the other plan has given it up.',
    source: OWNERSHIP,
  },
  'name-was-archived': {
    severity: 'error',
    title: 'A parameter is registered under a name that GA4 takes.',
    reason:
      'An archived dimension or metric is in no list, and whether its name may be taken again is not documented: GA4 may refuse it.',
    fix: 'Send the parameter under another name, or leave it out of what is registered.',
    source: 'https://support.google.com/analytics/answer/14240153',
  },
  'name-is-twice': {
    severity: 'error',
    title: 'What the plan writes is the only thing of its name.',
    reason: 'A merge of two workspaces may leave two of one name; GTM then takes no change of either.',
    fix: 'Rename or delete the one that is not the plan’s.',
    source: OWNERSHIP,
  },
  'publishes-others': {
    severity: 'error',
    title: "What goes live with the plan is the plan's, or was meant.",
    reason:
      'A version holds everything since the published one: the unpublished tags of others run on every page from then on.',
    fix: 'Have those who made it look at it, then add --include-others.',
    source: 'What goes live was shown (ARCHITECTURE.md).',
  },
  'publishes-twice': {
    severity: 'error',
    title: 'What a plan made goes live once.',
    reason:
      'A version may hold two of one thing, where somebody went back to an older one while a run made the thing anew. Each of two tags counts.',
    fix: 'Apply the plan: it takes the younger one away. Then publish the version that comes of it.',
    source: WORKSPACES,
  },
  'live-has-moved': {
    severity: 'error',
    title: 'What is live right before publishing is what it was when it was shown.',
    reason:
      'Somebody published in the meantime, and the new version does not hold their work: it would be taken off the site.',
    fix: 'Run it again: it starts from what is there now.',
    source: 'What goes live was shown (ARCHITECTURE.md).',
  },
  'workspace-has-other-work': {
    severity: 'error',
    title: "The plan's workspace holds only the plan's work.",
    reason: 'Somebody has worked in it; that would go live with the plan, or be lost.',
    fix: 'Move that work to another workspace, or delete this one if it is not needed, then run it again.',
    source: WORKSPACES,
  },
  'workspace-is-stale': {
    severity: 'error',
    title: "What an earlier run left in the plan's workspace can be thrown away.",
    reason: 'It holds what is no longer wanted, and these credentials may not delete it.',
    fix: 'Delete that workspace in GTM, then run it again; nothing of it is live.',
    source: WORKSPACES,
  },
  'another-apply-is-running': {
    severity: 'error',
    title: 'One run at a time works in the workspace of a plan.',
    reason: 'Two would write over each other.',
    fix: 'Wait for the other one to end, then run it again.',
    source: WORKSPACES,
  },
  'another-apply-was-faster': {
    severity: 'error',
    title: 'The workspace is there until the run has ended.',
    reason: 'Somebody else turned it into a version, or deleted it.',
    fix: 'Run it again: it compares anew, and does what is still missing.',
    source: WORKSPACES,
  },
  'compiler-error': {
    severity: 'error',
    title: 'GTM can compile the container.',
    reason: 'It makes no version of a container in which a name leads nowhere, whoever wrote it.',
    fix: 'Put that right in GTM; Preview in the workspace names the tag or variable at fault.',
    source:
      'https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces/create_version',
  },
  'draft-is-not-as-written': {
    severity: 'error',
    title: 'What was written is what is there.',
    reason: 'Google drops fields without a word. No version was made, so nothing of it is live.',
    fix: 'Look at the workspace of the plan in GTM; if nobody else worked in it, GTM did not take those fields.',
    source: 'What Google silently dropped is noticed (ARCHITECTURE.md).',
  },
  'latest-version-is-others': {
    severity: 'error',
    title: 'What is published was made by this plan.',
    reason: 'Nothing was left to change, and the latest version is the work of others.',
    fix: 'Look at it in GTM; `plan publish NUMBER` puts it live.',
    source: OWNERSHIP,
  },
})
