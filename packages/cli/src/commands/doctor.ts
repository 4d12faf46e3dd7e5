import { Flags } from '@oclif/core';
import { countVerdicts } from '@dpo/core';
import { createLimit } from '@dpo/engine';
import { renderExaminations } from '@dpo/render';
import { exits, type Payload } from '../base-command.ts';
import { ConsultingCommand, type Consultation } from '../doctor-command.ts';
import { examine } from '../doctor/examine.ts';
import { probeWorkspace, type ProbeWorkspaceRequest } from '../doctor/probe-workspace.ts';
import { eventFlags, outputFlags, projectFlags, workspaceFlags } from '../flags.ts';

export default class DoctorCommand extends ConsultingCommand {
  static override summary = 'Find out what keeps this config from working in its workspace';
  static override description =
    'Looks at sign-in, identity, metastore, warehouse, catalogs, tables, grants, folders, destinations, state and lock, and names for each missing grant the statement that gives it. Writes nothing. To see whether the warehouse works it runs SELECT 1, which starts a stopped one, unless --no-warehouse is given. Exit status 1 if something failed; what is unknown is no failure. With --probe it does something else: it asks, makes one of each kind in a scratch schema, looks how the workspace answers where sources disagree, removes everything and writes what it saw to a file that the embedded workspace replays.';
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --no-warehouse --json',
    '<%= config.bin %> doctor --probe dev.dpo_scratch --out dev.behaviour.json',
  ];
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...outputFlags,
    ...eventFlags,
    warehouse: Flags.boolean({
      description: 'run SELECT 1 on the warehouse, which starts it, and find tables by their tags',
      default: true,
      allowNo: true,
    }),
    probe: Flags.string({
      description:
        'try in this schema, as catalog.schema, how the workspace behaves; made and removed if it is not there',
      helpValue: 'SCHEMA',
    }),
    out: Flags.string({
      description: 'where what a probe saw goes',
      default: 'dpo-behaviour.json',
      helpValue: 'FILE',
    }),
    'auto-approve': Flags.boolean({ description: 'probe without asking' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(DoctorCommand);
    const { probe: schema, out: file, 'auto-approve': autoApprove } = flags;
    return this.consult(flags, async (consultation) =>
      schema === undefined
        ? this.#examined(consultation, flags)
        : this.#probed({ ...consultation, schema, file, autoApprove, say: (text) => this.say(text) }),
    );
  }

  async #examined(
    consultation: Consultation,
    { warehouse, full }: { readonly warehouse: boolean; readonly full: boolean },
  ): Promise<Payload> {
    const where = { version: this.config.version, directory: process.cwd(), reads: createLimit(64) };
    const examinations = await examine({ ...consultation, ...where, statements: warehouse });
    const verdicts = countVerdicts(examinations);
    this.show(renderExaminations(examinations, { ...this.out, full }));
    if (verdicts.fail > 0) this.leave(exits.error);
    return { examinations, verdicts };
  }

  async #probed(request: ProbeWorkspaceRequest): Promise<Payload> {
    const { profile, left } = await probeWorkspace(request);
    const seen = Object.entries(profile.switches).map(([name, value]) => `${name}: ${value}`);
    const unseen = profile.unseen.map(({ name, reason }) => `${name}: not seen, ${reason}`);
    this.show([...seen, ...unseen, `written to ${request.file}`].join('\n'));
    if (left.length > 0) this.leave(exits.failed);
    return { profile, left };
  }
}
