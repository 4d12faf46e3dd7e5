// Writes the CSV files of this quickstart from an unpacked `vega-datasets` package.
//
//   npm pack vega-datasets@3.2.1 && tar xzf vega-datasets-3.2.1.tgz
//   node make-data.js ./package [output folder, default ../data]
//
// Plain Node, no dependencies. Nothing is random and the scores use only + - * /, so every run on
// every machine writes the same bytes. See ../data/README.md for what the files mean.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [packageFolder, outputFolder = fileURLToPath(new URL('../data/', import.meta.url))] = process.argv.slice(2);
if (packageFolder === undefined) {
  console.error('usage: node make-data.js <unpacked vega-datasets folder> [output folder]');
  process.exit(2);
}

// Source. The checksums are those of vega-datasets 3.2.1: another release may hold other flights,
// and the fitted rules and every figure in the README would silently change with it.

const FLIGHTS_SHA256 = '52f0ddd892d4569284b845e17323abc9afb7d303ec8f63251634a20327a610bb';
const AIRPORTS_SHA256 = '903c7169e6d558eefb95295fe2947ec8503135fbb855ea5c737cf4a90ea603ad';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function readSource(file, expected) {
  const bytes = readFileSync(join(packageFolder, 'data', file));
  if (sha256(bytes) !== expected) {
    console.error(`${file} is not the file of vega-datasets 3.2.1 (sha256 ${sha256(bytes)})`);
    process.exit(1);
  }
  return bytes.toString('utf8');
}

// Periods: local calendar days of 2001, first and last day inclusive.
// The rules may only learn from days before the ones they are judged on.

const V1_FIT = ['2001-01-01', '2001-01-31'];
const V2_FIT = ['2001-01-01', '2001-03-01'];
const BASELINE = ['2001-02-01', '2001-02-28']; // v1 has not seen February
const LOG = ['2001-03-02', '2001-03-31']; // 30 days, the last ones in the source

// v2 goes live like most models do: first beside v1, then alone.
const TRIAL = ['2001-03-12', '2001-03-16']; // even flight numbers go to v2
const V2_ALONE = ['2001-03-17', '2001-03-31'];

// One February flight in four is enough for a baseline distribution, and keeps the file small.
const BASELINE_EVERY = 4;

// BTS calls a flight late from 15 minutes after its scheduled arrival on.
const LATE_FROM_MINUTES = 15;

const within = (flight, [first, last]) => flight.day >= first && flight.day <= last;

// Flights. The id is the position in the source file (ordered by departure), so that any row can
// be looked up there.

const flights = JSON.parse(readSource('flights-20k.json', FLIGHTS_SHA256)).map((row, index) => {
  const [date, time] = row.date.split(' ');
  return {
    id: `F${String(index + 1).padStart(5, '0')}`,
    number: index + 1,
    day: date.replaceAll('/', '-'),
    time: `${date.replaceAll('/', '-')} ${time}:00`,
    hour: Number(time.slice(0, 2)),
    origin: row.origin,
    destination: row.destination,
    distance: row.distance,
    delay: row.delay,
    late: row.delay >= LATE_FROM_MINUTES,
  };
});

// Bad days come in runs (weather, traffic), so yesterday's late share says something about today.
// Only flights that left before 18:00 count: practically all of them have landed by midnight, so
// that a prediction does not use outcomes that were not known yet.
const LANDED_BY_MIDNIGHT_BEFORE_HOUR = 18;

const lateShareOfDay = new Map();
for (const day of new Set(flights.map((flight) => flight.day))) {
  const landed = flights.filter((flight) => flight.day === day && flight.hour < LANDED_BY_MIDNIGHT_BEFORE_HOUR);
  lateShareOfDay.set(day, landed.filter((flight) => flight.late).length / landed.length);
}

const dayBefore = (day) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

for (const flight of flights) {
  flight.lateShareDayBefore = lateShareOfDay.get(dayBefore(flight.day)); // none for 1 January
}

// The two model versions. Both are the same small rule with other inputs: start with the odds of
// being late over the whole fitting period, then multiply by how much each input raised or lowered
// them (naive Bayes). Easy to read, no library, no seed.

const FEATURES = {
  hour: (flight) => flight.hour,
  origin: (flight) => flight.origin,
  // Four bands, so that each holds many days of the fitting period.
  dayBefore: ({ lateShareDayBefore: share }) => {
    if (share === undefined) return 'unknown';
    if (share < 0.12) return 'calm';
    if (share < 0.18) return 'usual';
    return share < 0.25 ? 'busy' : 'bad';
  },
};

// Values seen seldom are pulled towards the overall share, as if 30 average flights were added;
// otherwise an airport with two late flights would be "always late".
const PRIOR_FLIGHTS = 30;

const odds = (share) => share / (1 - share);

function fit(version, period, featureNames) {
  const seen = flights.filter((flight) => within(flight, period));
  const lateCount = seen.filter((flight) => flight.late).length;
  const overall = lateCount / seen.length;

  const tables = featureNames.map((name) => {
    const counts = new Map();
    for (const flight of seen) {
      const value = FEATURES[name](flight);
      const count = counts.get(value) ?? { all: 0, late: 0 };
      count.all += 1;
      count.late += flight.late ? 1 : 0;
      counts.set(value, count);
    }
    return { valueOf: FEATURES[name], counts };
  });

  const score = (flight) => {
    let result = odds(overall);
    for (const { valueOf, counts } of tables) {
      const { all, late } = counts.get(valueOf(flight)) ?? { all: 0, late: 0 };
      const share = (late + PRIOR_FLIGHTS * overall) / (all + PRIOR_FLIGHTS);
      result *= odds(share) / odds(overall);
    }
    // Three decimals: what the log shows is exactly what was compared with the threshold.
    return Math.round((1000 * result) / (1 + result)) / 1000;
  };

  // Threshold: say "late" about as often as flights were late in the fitting period (equal scores
  // can add a few). Half (0.5) would almost never be reached: no single input is that telling.
  const ordered = seen.map(score).sort((a, b) => b - a);
  const threshold = ordered[lateCount - 1];

  return { version, score, threshold, says: (flight) => score(flight) >= threshold };
}

const v1 = fit('v1', V1_FIT, ['hour']);
const v2 = fit('v2', V2_FIT, ['hour', 'origin', 'dayBefore']);

function modelInUse(flight) {
  if (within(flight, V2_ALONE)) return v2;
  if (within(flight, TRIAL)) return flight.number % 2 === 0 ? v2 : v1;
  return v1;
}

// Files.

const logged = flights.filter((flight) => within(flight, LOG));
const baseline = flights
  .filter((flight) => within(flight, BASELINE))
  .filter((_, index) => index % BASELINE_EVERY === 0);

const className = (late) => (late ? 'late' : 'on_time');

const predictionHeader =
  'flight_id,prediction_time,model_version,origin,hour,late_share_day_before,late_score,prediction,label';

const predictionLine = (flight, model) =>
  [
    flight.id,
    flight.time, // the prediction is made when the aircraft leaves
    model.version,
    flight.origin,
    flight.hour,
    flight.lateShareDayBefore.toFixed(3),
    model.score(flight).toFixed(3),
    className(model.says(flight)),
    className(flight.late),
  ].join(',');

// Airport lines are copied as they are (some hold quoted commas; the code is always first).
const used = new Set([...logged, ...baseline].flatMap((f) => [f.origin, f.destination]));
const [airportHeader, ...airportLines] = readSource('airports.csv', AIRPORTS_SHA256).trimEnd().split(/\r?\n/);
const airports = airportLines.filter((line) => used.has(line.slice(0, line.indexOf(','))));
if (airports.length !== used.size) throw new Error('a flight uses an airport that is not listed');

const files = {
  'airports.csv': [airportHeader, ...airports],
  'flights.csv': [
    'flight_id,departure_time,origin,destination,distance,delay',
    ...logged.map((f) => [f.id, f.time, f.origin, f.destination, f.distance, f.delay].join(',')),
  ],
  'delay_predictions.csv': [predictionHeader, ...logged.map((flight) => predictionLine(flight, modelInUse(flight)))],
  'delay_predictions_baseline.csv': [predictionHeader, ...baseline.map((flight) => predictionLine(flight, v1))],
};

mkdirSync(outputFolder, { recursive: true });
for (const [name, lines] of Object.entries(files)) {
  const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
  writeFileSync(join(outputFolder, name), bytes);
  console.log(`${sha256(bytes)}  ${name}  ${lines.length - 1} rows, ${bytes.length} bytes`);
}

// How good the rules are; the figures of the README. "majority" is the accuracy of always saying
// "on time".

function report(title, modelOf, { period, sample = flights }) {
  const cell = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const flight of sample.filter((one) => within(one, period))) {
    const model = modelOf(flight);
    if (model === undefined) continue;
    const says = model.says(flight);
    cell[says ? (flight.late ? 'tp' : 'fp') : flight.late ? 'fn' : 'tn'] += 1;
  }
  const all = cell.tp + cell.fp + cell.fn + cell.tn;
  const share = (part, whole) => (part / whole).toFixed(3);
  console.log(
    `${title.padEnd(34)} ${String(all).padStart(6)}` +
      `  accuracy ${share(cell.tp + cell.tn, all)}  majority ${share(cell.fp + cell.tn, all)}` +
      `  precision ${share(cell.tp, cell.tp + cell.fp)}  recall ${share(cell.tp, cell.tp + cell.fn)}`,
  );
}

const only = (model) => (flight) => (modelInUse(flight) === model ? model : undefined);

console.log(`\nthresholds: v1 ${v1.threshold}, v2 ${v2.threshold}`);
report('v1 on its own fitting period', () => v1, { period: V1_FIT });
report('v2 on its own fitting period', () => v2, { period: V2_FIT });
report('baseline file (v1)', () => v1, { period: BASELINE, sample: baseline });
report('log: all', modelInUse, { period: LOG });
report('log: v1', only(v1), { period: LOG });
report('log: v2', only(v2), { period: LOG });
report('trial days: v1', only(v1), { period: TRIAL });
report('trial days: v2', only(v2), { period: TRIAL });
report('if v1 had made all predictions', () => v1, { period: LOG });
report('if v2 had made all predictions', () => v2, { period: LOG });
