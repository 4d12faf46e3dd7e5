import { Args } from '@oclif/core';
import { fail, isDpoError, nothingRecorded } from '@dpo/core';
import { migrateState } from '@dpo/state';
import type { Payload } from '../../base-command.ts';
import { lockFlags, stateFlags } from '../../flags.ts';
import { StateCommand } from '../../state-command.ts';
import { configOf, statePlaceIn } from '../../state-place.ts';

export default class StateMigrate extends StateCommand {
  static override summary = 'Move the state to another place';
  static override description =
    'Holds the locks of both places, takes in what an interrupted run left, reads back what it put, and leaves a note in the old place that says where the state is: there are never two states. If it is interrupted, run it again. Then name the new place in the config.';
  static override examples = [
    '<%= config.bin %> state migrate volume:/Volumes/main/ops/dpo/prod',
    '<%= config.bin %> state migrate state/prod.json --state azblob:dpo-state/shop/prod',
  ];
  static override args = {
    place: Args.string({
      description: 'a file, volume:/Volumes/…, or azblob:CONTAINER/FOLDER',
      required: true,
    }),
  };
  static override flags = { ...stateFlags, ...lockFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(StateMigrate);
    const project = await this.openState(flags, args.place);
    const { endpoint } = project.loaded.target.state ?? {};
    const place = statePlaceIn(args.place, { directory: process.cwd(), endpoint });
    const destination = project.storeAt(place);
    if (destination.location === project.store.location) {
      fail({ code: 'USAGE', message: `the state is at ${destination.location} already`, hint: 'name another place' });
    }
    const before = await project.store.read().catch((error: unknown) => {
      // A note stands there, of this move or of one before: it is looked at under the lock.
      if (isDpoError(error) && error.problems[0]?.code === 'STATE.MOVED') return nothingRecorded;
      throw error;
    });
    const run = this.runOf(project, before, 'state migrate');
    const moved = await this.change(project, flags, (source) =>
      migrateState({ source, destination, run, writer: this.config.version }),
    );
    const { serial, resources, already } = moved;
    const what = already ? 'the state is there already' : `moved the state with ${String(resources)} resources`;
    this.log(`${what}: ${destination.location}, serial ${String(serial)}`);
    this.say(
      `write in the target '${project.loaded.targetName}' of ${project.loaded.file}:\n    ${configOf(place, args.place)}`,
    );
    return { serial, place: destination.location };
  }
}
