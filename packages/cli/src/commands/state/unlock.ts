import { Args } from '@oclif/core';
import { exits, type Payload } from '../../base-command.ts';
import { stateFlags } from '../../flags.ts';
import { StateCommand } from '../../state-command.ts';

export default class StateUnlock extends StateCommand {
  static override summary = 'Say who holds the lock of the state, or remove that lock';
  static override description =
    'Without ID it only looks, and exits 2 if somebody holds it. Remove the lock of a run only if that run is gone: two at work on one state undo each other.';
  static override examples = ['<%= config.bin %> state unlock', '<%= config.bin %> state unlock 5f1c0d2e'];
  static override args = { id: Args.string({ description: 'id of the lock, as this command shows it' }) };
  static override flags = { ...stateFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(StateUnlock);
    const { store } = await this.openState(flags);
    if (args.id !== undefined) {
      await store.unlock(args.id);
      this.log(`removed the lock ${args.id} of ${store.location}`);
      return { holder: null };
    }
    const holder = await store.holder();
    if (holder === undefined) {
      this.log(`${store.location} is not locked`);
      return { holder: null };
    }
    const { id, who, host, pid, operation, since, url } = holder;
    const place = url === undefined ? '' : `, ${url}`;
    this.log(
      `locked by ${who} on ${host} (process ${String(pid)}) since ${new Date(since).toISOString()}: ${operation}${place}`,
    );
    this.log(`if that run is gone: dpo state unlock ${id}`);
    this.leave(exits.finding);
    return { holder: { ...holder, since: new Date(since).toISOString() } };
  }
}
