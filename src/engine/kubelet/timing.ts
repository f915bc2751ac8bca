/** How long the parts of a machine take. Pulls are not here: they follow from sizes. */
import type { Ms } from '../sim/time.ts';

/** From admission until the sandbox has its address. */
export const SANDBOX_MS: Ms = 300;
/** Creating a container; starting it. */
export const CREATE_MS: Ms = 0;
export const START_MS: Ms = 200;
/** From the death of a container until the kubelet has seen it (PLEG relist). */
export const RELIST_MS: Ms = 300;
/** From a failed pull to the sync that shows the back-off. */
export const RESYNC_MS: Ms = 1000;
/** Retry after a sync error that carries no back-off. */
export const RETRY_MS: Ms = 10_000;
/** What a registry needs for its answer, beside the download. */
export const REGISTRY_MS: Ms = 400;
/** Download and unpacking. */
export const PULL_BYTES_PER_S = 48 * 1024 * 1024;
export const BACK_OFF_MS: Ms = 10_000;
export const BACK_OFF_MAX_MS: Ms = 300_000;
/** A back-off that was not raised for so long starts over. */
export const BACK_OFF_FORGET_MS: Ms = 600_000;
/** Least time between SIGTERM and SIGKILL. */
export const LEAST_GRACE_MS: Ms = 2000;
/** A machine's way from power to a kubelet. */
export const BOOT_MS: Ms = 15_000;
export const KUBELET_START_MS: Ms = 2000;
/** The kubelet looks at its node, its pressure and its conditions. */
export const NODE_SYNC_MS: Ms = 10_000;
export const PRESSURE_STAYS_MS: Ms = 300_000;
/** A dead mirror pod is made anew after this long. */
export const MIRROR_MS: Ms = 1000;
/** A pod waits so long for its volumes, then complains of the wait itself. */
export const MOUNT_WAIT_MS: Ms = 123_000;
