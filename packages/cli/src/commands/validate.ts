import { Args, Flags } from '@oclif/core';
import type { Problem } from '@dpo/core';
import { renderChecks, renderProblems } from '@dpo/render';
import { BaseCommand, exits, type Payload } from '../base-command.ts';
import { checkConfig, type CheckedConfig } from '../check-config.ts';
import { findingsDocument } from '../findings-document.ts';
import { projectFlags, workspaceFlags, type WorkspaceFlags } from '../flags.ts';
import { findingsFormatFlag } from '../format.ts';
import { configFileOf } from '../project.ts';
import { withWorkspace, type WithWorkspaceRequest } from '../validate-workspace.ts';

export default class Validate extends BaseCommand {
  static override summary = 'Check a config without any network, or with --check-workspace against its workspace';
  static override description =
    'Lists each check, then reports every fault at once with file, line and column. Exit status 1 if there is an error.';
  static override examples = [
    '<%= config.bin %> validate',
    '<%= config.bin %> validate configs/prod.yaml --json',
    '<%= config.bin %> validate --check-workspace',
    '<%= config.bin %> validate --format sarif > dpo.sarif',
  ];
  static override args = { file: Args.string({ description: 'config file' }) };
  static override flags = {
    config: projectFlags.config,
    target: projectFlags.target,
    var: projectFlags.var,
    ...workspaceFlags,
    'check-workspace': Flags.boolean({
      description:
        'also check warehouse, tables, tags and functions of the workspace; starts the warehouse, writes nothing',
    }),
    format: findingsFormatFlag(),
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Validate);
    this.configFile = flags.config ?? args.file ?? null;
    const { version } = this.config;
    const request = { flags, positional: args.file, version, environment: process.env, directory: process.cwd() };
    const { explanations } = await import('../generated/explanations.ts');
    const areas = new Set(explanations.map(({ area }) => area));
    this.configFile = await configFileOf(request);
    const online = flags['check-workspace'];
    const inFile = await checkConfig(online ? request : { ...request, offline: true }, areas);
    const checked = online ? await withWorkspace(inFile, { flags, version, ...this.#opened(flags) }) : inFile;
    this.problems = checked.problems;
    if (checked.valid === undefined) this.leave(exits.error);
    await this.#tell(this.configFile, checked);
    const atPlan = checked.atPlan.length === 0 ? {} : { at_plan: checked.atPlan };
    return { ...checked.valid, checks: checked.checks, ...atPlan };
  }

  #opened(flags: WorkspaceFlags): Pick<WithWorkspaceRequest, 'log' | 'report'> {
    const log = this.openLog(flags);
    return { log, report: this.openReport(undefined) };
  }

  async #tell(file: string, { problems, checks, atPlan, valid }: CheckedConfig): Promise<void> {
    const document = await this.documentOf(problems);
    if (document !== undefined) process.stdout.write(document);
    this.show(renderChecks(checks, this.out));
    for (const { rule, reason } of atPlan) this.show(`    checked at plan: ${rule}: ${reason}`);
    const tables = `${String(valid?.tables)} table${valid?.tables === 1 ? '' : 's'}`;
    this.show(valid === undefined ? `${file} is not valid\n` : `${file} is valid: target ${valid.target}, ${tables}`);
    if (problems.length === 0) return;
    this.say(`\n${renderProblems(problems, this.err)}`);
    const first = problems.find(({ severity }) => severity === 'error');
    if (first !== undefined) this.say(`what a code means: dpo explain ${first.code}`);
  }

  protected override async documentOf(problems: readonly Problem[]): Promise<string | undefined> {
    const { version } = this.config;
    return findingsDocument(this.format, problems, { version, exitCode: Number(process.exitCode ?? exits.done) });
  }
}
