// The main job of dpo on real data: starts the embedded workspace and runs the commands that a user would type.
// No account, no credentials, no network. Run it with: npm run quickstart
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dpo = fileURLToPath(new URL('../../packages/cli/bin/run.js', import.meta.url));
const config = 'examples/quickstart/dpo.yaml';

const drift = `SELECT window.start AS day, column_name, round(js_distance, 3) AS js_distance, round(population_stability_index, 3) AS psi
FROM demo.monitoring_results.delay_predictions_drift_metrics
WHERE drift_type = 'BASELINE' AND slice_key IS NULL AND model_version = '*' AND column_name IN ('prediction', 'late_score')
ORDER BY window.start DESC, column_name LIMIT 6`;

const quality = `SELECT model_version, count(*) AS days, round(avg(accuracy_score), 3) AS accuracy, round(avg(f1_score.weighted), 3) AS f1
FROM demo.monitoring_results.delay_predictions_profile_metrics
WHERE column_name = ':table' AND log_type = 'INPUT' AND slice_key IS NULL
GROUP BY model_version ORDER BY model_version`;

/** Echoes a command as a user would type it, runs it, and stops everything if it fails. */
function run(why, ...words) {
  const typed = words.map((word) => (/[\s"]/u.test(word) ? `"${word}"` : word)).join(' ');
  process.stdout.write(`\n# ${why}\n$ npx dpo ${typed}\n`);
  const { status, signal } = spawnSync(process.execPath, [dpo, ...words], { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  process.stdout.write(
    `\nstopped: dpo ended with ${signal ?? `exit status ${status}`}; run it again: npm run quickstart\n`,
  );
  process.exit(status ?? 1);
}

run(
  'A Databricks workspace in one process, with US flights moved to the last 30 days',
  'local',
  'start',
  '--seed',
  'examples/quickstart/workspace.yaml',
);
run('Is the config right? No network is needed to know', 'validate', '--config', config);
run('What would be done, and why', 'plan', '--config', config);
run('Do it', 'apply', '--config', config, '--auto-approve');
run('Compute the metrics', 'refresh', '--config', config, '--wait');
run('Metric tables that appeared since then join the views', 'apply', '--config', config, '--auto-approve');
run('How far the predictions of the last days are from the month before', 'local', 'sql', drift);
run('How good the two model versions are', 'local', 'sql', quality);
run('What the alerts say, and what their recipients get', 'local', 'alerts', 'evaluate');
run('Nothing is left to do', 'plan', '--config', config);
run('The workspace keeps its data in .dpo/local; other commands open it again', 'local', 'stop');

process.stdout.write(`
State: state/quickstart.json says what dpo made. Data: .dpo/local. Change ${config} and run
  npx dpo plan --config ${config}

Tear down:
  npx dpo destroy --config ${config} --confirm local
  npx dpo local reset --yes
`);
