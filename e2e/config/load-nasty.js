// Loads one file that nobody would write at a quarter of its size and at its size: node load-nasty.js INDEX
import { loadConfig } from '@dpo/config';
import { isDpoError } from '@dpo/core';
import { nastyFiles } from '../../packages/config/test/nasty-cases.js';

const size = 990_000;
const [name, make] = nastyFiles[Number(process.argv[2])];

/** CPU milliseconds. */
function load(text) {
  const before = process.cpuUsage();
  try {
    loadConfig({ file: 'dpo.yaml', text, environment: {}, today: '2027-01-01' });
  } catch (error) {
    if (!isDpoError(error)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

// Once for the compiler, which is the larger part of a small file.
load(make(size / 16));
const quarter = load(make(size / 4));
const whole = load(make(size));
process.stdout.write(JSON.stringify({ name, quarter, whole, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
