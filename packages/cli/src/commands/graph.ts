import { factsOfAddress, isInScope, resourceGraph, type ResourceGraph } from '@dpo/core';
import { renderDot, renderGraph, renderMermaid, renderProblems } from '@dpo/render';
import { exits, type Payload } from '../base-command.ts';
import { eventFlags, projectFlags, scopeFlags, workspaceFlags } from '../flags.ts';
import { graphFormatFlag } from '../format.ts';
import { readWanted } from '../look/read-wanted.ts';
import { ProjectCommand } from '../project-command.ts';

export default class GraphCommand extends ProjectCommand {
  static override summary = 'Draw what the config asks for, and what rests on what';
  static override description =
    'An edge says what a resource needs: exists (it has to be there), ready (it has to be filled), order (it comes after). With --select only what matches and what that needs. Reads the catalog, no monitor. Exit status 1 if a plan would fail.';
  static override examples = [
    '<%= config.bin %> graph --format mermaid',
    "<%= config.bin %> graph --format dot --select 'group:ml_team' | dot -Tsvg > graph.svg",
  ];
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...scopeFlags,
    ...eventFlags,
    format: graphFormatFlag(),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(GraphCommand);
    return this.inWorkspace({ flags }, async (work) => {
      const { signals, scope } = work;
      const { desired, doubts } = await readWanted({ ...work, signal: signals.stop });
      const graph = resourceGraph(desired, ({ address, facts = factsOfAddress(address) }) =>
        isInScope(scope, { address, action: 'update', facts }),
      );
      this.#draw(graph);
      this.problems = [...desired.problems, ...doubts];
      if (this.format !== 'json') process.stderr.write(renderProblems(this.problems, this.err));
      if (this.problems.some(({ severity }) => severity === 'error')) this.leave(exits.error);
      return { graph };
    });
  }

  #draw(graph: ResourceGraph): void {
    if (this.format === 'mermaid') process.stdout.write(renderMermaid(graph));
    else if (this.format === 'dot') process.stdout.write(renderDot(graph));
    else this.show(renderGraph(graph, this.out));
  }
}
