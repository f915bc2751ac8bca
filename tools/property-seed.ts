import fc from 'fast-check';

// One seed for every property, so that a run can be repeated; SEED=n tries another.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
