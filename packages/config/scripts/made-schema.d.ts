import type { Plugin } from 'esbuild';

export declare const madeSchema: Plugin;
