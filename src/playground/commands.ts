/** All that commands need, as one chunk that the worker loads beside the engine. */
export { schedulerText } from './berth/scheduler.ts';
export { completeLine } from './complete.ts';
export { inspect } from './inspect.ts';
export { runLine } from './programs.ts';
