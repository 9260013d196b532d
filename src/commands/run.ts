/** The command line: names, flags, and which file carries a command out. Each command is loaded when it is called. */
import { Argument, Command, CommanderError, Option } from 'commander'
import { COMPLETION_SCRIPTS, type Shell } from './completion-scripts.ts'
import { addHelp } from './help.ts'
import { hiding } from './hiding.ts'
import type { ExitCode, Io } from './io.ts'
import { NO_SENSE, UsageError, endWith } from './failure.ts'
import { listIn } from './list-in.ts'
import { PROFILES } from './profiles.ts'
import { SITE_KINDS } from '../plan/site-kinds.ts'
import { VERSION } from './version.ts'

const ENVIRONMENT = [
  '-e, --environment <id>',
  'environment of the plan (default: the only one that is not protected)',
] as const
/** Where several may be meant: as an Option, because each takes more of them. */
const environments = (
  words = 'environment of the plan; may be repeated (default: the only one that is not protected)',
): Option =>
  new Option('-e, --environment <id>', words).argParser(
    (id: string, before: readonly string[] | undefined) => [...(before ?? []), id],
  )
const ALL_ENVIRONMENTS = [
  '--all-environments',
  'every environment of the plans; to change a protected one, name it with -e, too',
] as const
const SANDBOX = [
  '--sandbox [url]',
  'talk to a sandbox instead of Google; without a URL, to one inside this process',
] as const
/** Gathers what an option says each time that it stands there. */
const oneMore = (one: string, before: readonly string[]): readonly string[] => [...before, one]
const ALLOW = [
  '--allow <id>',
  'also change or delete this conversion, which the plan protects; may be repeated',
  oneMore,
  [],
] as const
const INCLUDE_OTHERS = ['--include-others', 'put live, too, what is not this plan’s'] as const
const FROM = [
  '--from <data...>',
  'files of the GA4 export, * for part of a name (default: as the plan says)',
] as const
const OUTSIDE = [
  '--outside <files...>',
  'files of what GA4 cannot see, with conversion, day and count',
] as const
const AS_OF = ['--as-of <day>', 'the day that counts as today'] as const
const WHO = ['--who', 'also who changed things of GA4 by hand; asks for analytics.edit'] as const
const TEMPLATES = ['--templates <dir>', 'your own templates, laid over ours file by file'] as const

/** Of what is printed for people, and for programs as its value. */
const textOrJson = (): Option =>
  new Option('--format <name>', 'how it is printed').choices(['text', 'json']).default('text')
const profile = (): Option =>
  new Option('--profile <name>', 'how much is asked (default: recommended)').choices(PROFILES)

/** Carries a command line out. @param argv without node and script. Never throws for what a user can cause. */
export async function run(argv: readonly string[], given: Io): Promise<ExitCode> {
  const io = hiding(given)
  let exitCode: ExitCode = 0
  const program = programOf(io, (code) => (exitCode = code))
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 64
    return endWith(error, io)
  }
}

function programOf(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('plan')
    .description(
      'Your measurement plan in git: checked, reviewed as a diff, applied to Google Tag Manager and GA4.',
    )
    .version(VERSION, '-V, --version')
    .option('-C <dir>', 'go to this folder first')
    .option('--env-file <file>', 'take variables of the environment from there, too')
    .showHelpAfterError('(plan --help says what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(text.replace(/^error:/, `error ${NO_SENSE}:`)),
    })
    // Without "[options]" behind each name, descriptions have the room to be wrapped.
    .configureHelp({
      subcommandTerm: (command) =>
        `${command.name()} ${command.usage().replace(/^\[options\] ?/, '')}`.trimEnd(),
    })

  program
    .command('init')
    .description('write a first plan; at a terminal, without flags, it asks')
    .argument('[file]', 'where to', 'plans/plan.yaml')
    .addOption(
      new Option('--kind <kind>', 'the kind of site (default: shop)').choices(Object.keys(SITE_KINDS)),
    )
    .option('--title <text>', 'what the plan is called, in any language')
    .option('--id <id>', 'its id (default: made from the title)')
    .option('--owner <mail>', 'who answers for every conversion that names nobody else')
    .option('--currency <code>', 'for example EUR')
    .option('--timezone <name>', 'for example Asia/Dubai')
    .option('--hosts <list>', 'the hosts of the site, with commas between', listIn)
    .option('--languages <list>', 'its languages, for example en,ar', listIn)
    .option('--account <number>', 'the GTM account of production')
    .option('--container <id>', 'the GTM container of production, GTM-…')
    .option('--property <number>', 'the GA4 property of production')
    .option('--measurement-id <id>', 'the measurement id of production, G-…')
    .option('--from <example>', 'copy an example instead: outfitters, advisory, workspace')
    .action(async (file: string, options) =>
      done(await (await import('./init.ts')).initCommand(file, options, io)),
    )

  program
    .command('validate')
    .description('check plans against the schema and the rules')
    .argument('[files...]', 'plan files (default: every plan in plans/)')
    .addOption(profile())
    .addOption(
      new Option('--format <name>', 'how findings are printed')
        .choices(['text', 'json', 'github', 'sarif'])
        .default('text'),
    )
    .option('--max-warnings <n>', 'exit 1 when there are more warnings than this', wholeNumber)
    .option('--fix', 'put right what has only one right answer')
    .option('--quiet', 'print errors only')
    .option('--verbose', 'print every warning with its line, however often it is said')
    .action(async (files: string[], options) =>
      done(await (await import('./validate.ts')).validateCommand(files, options, io)),
    )

  program
    .command('explain')
    .description('say what a finding means and how to put it right, or what a field of the plan means')
    .argument(
      '[code]',
      'the code of a finding (unknown-field) or a field (micro.target); without it, all codes are listed',
    )
    .addOption(textOrJson())
    .action(async (code: string | undefined, options) =>
      done(await (await import('./explain.ts')).explainCommand(code, options, io)),
    )

  program
    .command('fmt')
    .description('bring plans into the canonical order and style, keeping comments')
    .argument('[files...]', 'plan files (default: every plan in plans/)')
    .option('--check', 'only say which files would change, exit 1 if any')
    .action(async (files: string[], options) =>
      done(await (await import('./fmt.ts')).fmtCommand(files, options, io)),
    )

  program
    .command('catalogue')
    .description('list ready-made conversions, those that words find, or show one')
    .argument('[words...]', 'its id, or what people call it: newsletter, brochure, booking')
    .addOption(textOrJson())
    .action(async (words: string[], options) =>
      done(await (await import('./catalogue.ts')).catalogueCommand(words, options, io)),
    )

  program
    .command('add')
    .description('insert a ready-made conversion into a stage of a plan')
    .argument('<stage>', 'the id of the stage')
    .argument('<conversion>', 'its id in the catalogue')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--as <id>', 'the id it gets in the plan')
    .action(async (stage: string, conversion: string, file: string | undefined, options) =>
      done(await (await import('./add.ts')).addCommand(stage, conversion, file, options, io)),
    )

  program
    .command('compile')
    .description('print what the plan becomes at Google, without any network')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .addOption(
      new Option(
        '--format <name>',
        'gtm: a container file for GTM’s Import; ga4; resources; consent: the code that sets consent by region',
      )
        .choices(['gtm', 'ga4', 'resources', 'consent'])
        .default('resources'),
    )
    .option('--out <file>', 'write it there instead of printing it')
    .option('--verbose', 'also list what must be set by hand')
    .option(...TEMPLATES)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./compile.ts')).compileCommand(file, options, io)),
    )

  program
    .command('test')
    .description('prove that conversions fire when they should and are silent when not, before publishing')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .addOption(
      new Option('--level <name>', 'logic: no browser; emulated: in a browser; preview: Google’s own runtime')
        .choices(['logic', 'emulated', 'preview'])
        .default('emulated'),
    )
    .option('--browser <path>', 'the Chromium or Chrome to run in (default: found in its usual places)')
    .option('--url <url>', 'your own site, for scenarios in tests/*.yaml: http://localhost:5173')
    .option('--dir <dir>', 'the same, from a folder of built pages')
    .option(
      '--around <file>',
      'a container to run the plan in, so that double counting shows: GTM’s export, or live for what is published',
    )
    .option(...SANDBOX)
    .option('--preview-link <url>', 'for --level preview: the gtm.js of a GTM environment’s snippet')
    .option('--compare', 'with --level preview: print where our runtime and Google’s differ')
    .option('--only <id...>', 'try these conversions only')
    .option('--explain <id...>', 'show every trigger that was asked about these conversions')
    .addOption(
      new Option('--format <name>', 'how it is printed')
        .choices(['text', 'json', 'junit', 'html'])
        .default('text'),
    )
    .option('--out <file>', 'write it there instead of printing it')
    .option('--strict', 'fail also on what is not proven')
    .option(...TEMPLATES)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./test.ts')).testCommand(file, options, io)),
    )

  program
    .command('diff')
    .description('show what apply would change')
    .argument('[files...]', 'plans (default: the only plan in plans/)')
    .addOption(environments())
    .option(...ALL_ENVIRONMENTS)
    .option(...SANDBOX)
    .option('--base <ref>', 'compare with the plan at another git revision, offline')
    .option('--against <file>', 'compare with an exported container, offline: a plan, or another export')
    .addOption(
      new Option('--format <name>', 'how it is printed')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .option('--out <file>', 'save the change set, for `plan apply FILE`')
    .option('--detailed-exitcode', 'exit 2 when there are differences')
    .option('--words', 'also what changes in words alone: owner, target, title')
    .option(...WHO)
    .option('--verbose', 'every field of GTM and GA4')
    .option(...TEMPLATES)
    .action(async (files: string[], options) =>
      done(await (await import('./diff.ts')).diffCommand(files, options, io)),
    )

  program
    .command('review')
    .description('for CI: check plans, compare them with the base branch, say so on the pull request')
    .argument('[files...]', 'plan files (default: every plan in plans/, now or at the base)')
    .option('--base <ref>', 'revision to compare with (default on GitHub: the pull request’s base)')
    .addOption(profile())
    .option('--no-comment', 'write no comment on the pull request')
    .option('--name <name>', 'tells this comment from another review’s on the same pull request', 'plans')
    .option(...TEMPLATES)
    .action(async (files: string[], options) =>
      done(await (await import('./review.ts')).reviewCommand(files, options, io)),
    )

  program
    .command('apply')
    .description('show the change set, ask, and carry it out')
    .argument(
      '[files...]',
      'plans, or a change set saved by `plan diff --out` (default: the only plan in plans/)',
    )
    .addOption(environments())
    .option(...ALL_ENVIRONMENTS)
    .option(...SANDBOX)
    .option('--auto-approve', 'do not ask')
    .option('--allow-delete', 'also delete what is ours and no longer in the plan')
    .option(...ALLOW)
    .option('--restore-drift', 'also undo what was changed by hand in GTM or GA4')
    .option('--force', 'carry out a change set that deletes a large part of what is ours')
    .option('--publish', 'put the new version live')
    .option('--words', 'also make what changes in words alone: owner, target, title')
    .option(...INCLUDE_OTHERS)
    .addOption(textOrJson())
    .option('--verbose', 'every field of GTM and GA4')
    .option(...TEMPLATES)
    .action(async (files: string[], options) =>
      done(await (await import('./apply.ts')).applyCommand(files, options, io)),
    )

  program
    .command('import')
    .description('write the plan of a container that exists already')
    .argument('[plan]', 'with -e, the plan whose container is read (default: the only plan in plans/)')
    .option('--from <export>', 'a container that GTM has exported: Admin, Export Container')
    .option('-e, --environment <id>', 'read the live container and the property of this environment instead')
    .option('--property <number>', 'with --from, read key events and registered parameters of this property')
    .option(...SANDBOX)
    .option('--out <file>', 'write the plan there instead of printing it')
    .option(
      '--rest <file>',
      'write what the plan does not say itself there, and let the plan take it in as it is',
    )
    .option('--check', 'print instead how much of the container comes back from the plan as it was')
    .addOption(textOrJson())
    .option(...TEMPLATES)
    .action(async (named: string | undefined, options) =>
      done(await (await import('./import.ts')).importCommand(named, options, io)),
    )

  program
    .command('adopt')
    .description(
      'make existing things the plan’s that mean the same or stand under its names, and apply the plan',
    )
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--only <name...>', 'adopt only things of these names in GTM or GA4')
    .option(
      '--map <tag=conversion>',
      'this tag in GTM is that conversion, however it differs; may be repeated',
      oneMore,
      [],
    )
    .option('--rename', 'give what is adopted, and what was before, the names that the plan would give')
    .option('--against <file>', 'only show what would be done to an exported container, offline')
    .option(...ENVIRONMENT)
    .option(...SANDBOX)
    .option('--auto-approve', 'do not ask')
    .option('--allow-delete', 'also delete what is ours and no longer in the plan')
    .option(...ALLOW)
    .option('--force', 'carry out a change set that deletes a large part of what is ours')
    .addOption(textOrJson())
    .option('--verbose', 'every field of GTM and GA4')
    .option(...TEMPLATES)
    .action(async (file: string | undefined, { only = [], map = [], against, ...options }) => {
      const how = { ...options, adopt: only, ...(only.length === 0 && { adoptAlike: pairsOf(map) }) }
      done(
        against === undefined
          ? await (await import('./apply.ts')).applyOne(file, how, io)
          : await (await import('./diff.ts')).adoptAgainst(file, { ...how, against }, io),
      )
    })

  program
    .command('release')
    .description('give back what is the plan’s in the container: its marks go, nothing else is touched')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--only <name...>', 'release only things of these names in GTM or GA4')
    .option(...ENVIRONMENT)
    .option(...SANDBOX)
    .option('--auto-approve', 'do not ask')
    .action(async (file: string | undefined, options) =>
      done(await (await import('./release.ts')).releaseCommand(file, options, io)),
    )

  program
    .command('status')
    .description('say of plans and environments: in step, behind, drifted, unpublished, in conflict')
    .argument('[files...]', 'plan files (default: every plan in plans/)')
    .addOption(environments('only this environment; may be repeated (default: all of them)'))
    .option(...SANDBOX)
    .addOption(textOrJson())
    .option(...WHO)
    .option('--detailed-exitcode', 'exit 2 when one is not in step')
    .option(...TEMPLATES)
    .action(async (files: string[], options) =>
      done(await (await import('./status.ts')).statusCommand(files, options, io)),
    )

  program
    .command('versions')
    .description('list the container’s versions: from which commit each is, and which one is live')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...SANDBOX)
    .addOption(textOrJson())
    .action(async (file: string | undefined, options) =>
      done(await (await import('./versions.ts')).versionsCommand(file, options, io)),
    )

  program
    .command('unmanaged')
    .description('list what is not the plan’s in its container and property, with what each does')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...SANDBOX)
    .option('--against <file>', 'look at an exported container, offline')
    .addOption(textOrJson())
    .option(...TEMPLATES)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./unmanaged.ts')).unmanagedCommand(file, options, io)),
    )

  program
    .command('publish')
    .description('put a version live (default: the latest of this plan)')
    .argument('[version]', 'its number')
    .option('--plan <file>', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...SANDBOX)
    .option('--auto-approve', 'do not ask')
    .option(...INCLUDE_OTHERS)
    .action(async (version: string | undefined, options) =>
      done(await (await import('./publish.ts')).publishCommand(version, options, io)),
    )

  program
    .command('rollback')
    .description('put an earlier version live again')
    .argument('<version>', 'its number')
    .option('--plan <file>', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...SANDBOX)
    .option('--auto-approve', 'do not ask')
    .option(...INCLUDE_OTHERS)
    .action(async (version: string, options) =>
      done(await (await import('./publish.ts')).rollbackCommand(version, options, io)),
    )

  program
    .command('scorecard')
    .description('hold what happened in the last full period against the plan')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...FROM)
    .option(...OUTSIDE)
    .option('--week <week>', 'this week, for example 2021-W02')
    .option('--month <month>', 'this month, for example 2021-01')
    .option('--since <day>', 'from this day, with --until')
    .option('--until <day>', 'to this day, it included')
    .option(...AS_OF)
    .addOption(
      new Option('--format <name>', 'how it is printed')
        .choices(['text', 'json', 'markdown', 'html'])
        .default('text'),
    )
    .option('--out <file>', 'write it there instead of printing it')
    .option('--pdf', 'print the page of --format html --out too, as PDF')
    .option('--browser <path>', 'the Chromium or Chrome to print with (default: found in its usual places)')
    .option(...TEMPLATES)
    .option('--check', 'exit 2 when a guardrail is broken or an alarm is raised')
    .addOption(
      new Option('--sql <engine>', 'print the views behind every figure instead').choices([
        'duckdb',
        'bigquery',
      ]),
    )
    .option('--write-to <dataset>', 'write the views of --sql bigquery to project.dataset')
    .option(...SANDBOX)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./scorecard.ts')).scorecardCommand(file, options, io)),
    )

  program
    .command('weights')
    .description('estimate from what happened what each micro conversion is worth, and how surely')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...FROM)
    .option('--month <month>', 'from this month')
    .option('--since <day>', 'from this day, with --until (default: the last 13 weeks)')
    .option('--until <day>', 'to this day, it included')
    .option(...AS_OF)
    .addOption(textOrJson())
    .option('--write', 'put the weights that hold, and what they rest on, into the plan')
    .option(...SANDBOX)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./weights.ts')).weightsCommand(file, options, io)),
    )

  program
    .command('power')
    .description('say how many sessions and weeks something needs before it can be judged')
    .argument('<id>', 'a conversion or an experiment of the plan')
    .option('--plan <file>', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...FROM)
    .option('--week <week>', 'traffic as in this week (default: the last full period)')
    .option('--month <month>', 'traffic as in this month')
    .option(...AS_OF)
    .addOption(textOrJson())
    .option(...SANDBOX)
    .action(async (id: string, options) =>
      done(await (await import('./power.ts')).powerCommand(id, options, io)),
    )

  program
    .command('verify')
    .description('say which planned events and parameters really arrived; exit 1 when one never did')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--days <n>', 'how many days before today are looked at', wholeNumber, 7)
    .option(...ENVIRONMENT)
    .option(...FROM)
    .option(...AS_OF)
    .addOption(textOrJson())
    .option(...SANDBOX)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./verify.ts')).verifyCommand(file, options, io)),
    )

  program
    .command('sandbox')
    .description('run the local stand-in for GTM and GA4 in the foreground')
    .option('--port <n>', 'port on the loopback interface (default: a free one)', portNumber)
    .option('--state <file>', 'keep its state there')
    .option('--seed <export>', 'start with the container of a GTM export')
    .option('--ga4-export <file>', 'rows of the GA4 export to make reports of: JSON, one a line')
    .addOption(
      new Option('--quota <name>', 'which quota it plays')
        .choices(['none', 'published', 'observed'])
        .default('none'),
    )
    .action(async (options) => done(await (await import('./sandbox.ts')).sandboxCommand(options, io)))

  program
    .command('doctor')
    .description('check credentials, access, quota and the limits that are left')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option(...ENVIRONMENT)
    .option(...SANDBOX)
    .addOption(textOrJson())
    .action(async (file: string | undefined, options) =>
      done(await (await import('./doctor.ts')).doctorCommand(file, options, io)),
    )

  program
    .command('docs')
    .description('write the plan as a page, as Markdown and as a calendar, for everybody who agrees on it')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--out <dir>', 'the folder they are written to', 'plan-docs')
    .option('--contract', 'only what the site has to push, for those who build it')
    .option('--watch', 'serve the page on this machine and draw it anew when the plan is saved')
    .option('--port <n>', 'with --watch: port on the loopback interface (default: a free one)', portNumber)
    .option('--pdf', 'also print the page, through the Chromium or Chrome that is installed')
    .option('--browser <path>', 'the Chromium or Chrome to print with (default: found in its usual places)')
    .option('--no-history', 'say nothing of commits, for documents that are committed themselves')
    .option('--check', 'write nothing; exit 1 when what is there is not what the plan says')
    .option(...ENVIRONMENT)
    .option(...TEMPLATES)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./docs.ts')).docsCommand(file, options, io)),
    )

  program
    .command('show')
    .description('say all that the plan has of a conversion, a stage, a parameter; without an id, of itself')
    .argument('[id]', 'its id; plan list says what there is')
    .option('--plan <file>', 'the plan (default: the only plan in plans/)')
    .addOption(textOrJson())
    .option(...ENVIRONMENT)
    .action(async (id: string | undefined, options) =>
      done(await (await import('./show.ts')).showCommand(id, options, io)),
    )

  program
    .command('list')
    .description('list goals and micro conversions with target, weight and owner')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .addOption(textOrJson())
    .option(...ENVIRONMENT)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./show.ts')).listCommand(file, options, io)),
    )

  program
    .command('types')
    .description('print TypeScript for the pushes that the plan listens for')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--out <file>', 'write it there instead of printing it')
    .option(...ENVIRONMENT)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./contract.ts')).typesCommand(file, options, io)),
    )

  program
    .command('schema')
    .description('print a JSON Schema of the pushes that the plan listens for')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--out <file>', 'write it there instead of printing it')
    .option(...ENVIRONMENT)
    .action(async (file: string | undefined, options) =>
      done(await (await import('./contract.ts')).schemaCommand(file, options, io)),
    )

  program
    .command('check-push')
    .description('hold recorded pushes to the data layer against the plan')
    .argument('<pushes>', 'a JSON or NDJSON file; - reads standard input')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .addOption(
      new Option('--format <name>', 'how findings are printed').choices(['text', 'json']).default('text'),
    )
    .option(...ENVIRONMENT)
    .action(async (pushes: string, file: string | undefined, options) =>
      done(await (await import('./contract.ts')).checkPushCommand(pushes, file, options, io)),
    )

  program
    .command('export')
    .description('write the conversions as a spreadsheet, to be edited and merged back')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .addOption(
      new Option('--format <name>', 'csv, or xlsx (default: as --out ends, else csv)').choices([
        'csv',
        'xlsx',
      ]),
    )
    .option('--out <file>', 'write it there; needed for xlsx')
    .action(async (file: string | undefined, options) =>
      done(await (await import('./sheet.ts')).exportCommand(file, options, io)),
    )

  program
    .command('merge')
    .description('show what an edited spreadsheet changes, ask, and write it into the plan')
    .argument('<sheet>', 'a .csv or .xlsx file that began as `plan export`')
    .argument('[file]', 'the plan (default: the only plan in plans/)')
    .option('--auto-approve', 'do not ask')
    .action(async (sheet: string, file: string | undefined, options) =>
      done(await (await import('./sheet.ts')).mergeCommand(sheet, file, options, io)),
    )

  program
    .command('completion')
    .description('print what completes commands, ids and environments in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(COMPLETION_SCRIPTS)))
    .action((shell: Shell) => io.out(COMPLETION_SCRIPTS[shell]))

  program
    .command('complete', { hidden: true })
    .description('what may stand next, for the script of `plan completion`')
    .argument('[words...]')
    .action(async (words: string[]) => {
      const { completions, knownHere } = await import('./complete.ts')
      for (const word of await completions(program, words, knownHere())) io.out(`${word}\n`)
    })

  addHelp(program)
  return program
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is not a whole number.`)
  return Number(text)
}

function portNumber(text: string): number {
  const port = wholeNumber(text)
  if (port > 65_535) throw new UsageError(`"${text}" is no port: those go up to 65535.`)
  return port
}

/** `Legacy - lead=enquiry`: the last equals sign parts, because a tag may have one in its name. */
function pairsOf(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const at = text.lastIndexOf('=')
      if (at <= 0)
        throw new UsageError(`--map takes the name of a tag, =, and the id of a conversion, not "${text}".`)
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()] as const
    }),
  )
}
