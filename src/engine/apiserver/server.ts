import type { ApiRequest, ApiResponse, WatchEvent } from '../api/request.ts';
import type { Random } from '../sim/random.ts';
import type { Ms } from '../sim/time.ts';
import type { Store } from './store.ts';

export interface ServerOptions {
  store: Store;
  random: Random;
  now: () => Ms;
  /** Told of each change right after its commit. */
  committed: (event: WatchEvent) => void;
  wake: (component: string, key: string, at: Ms) => void;
}

export class ApiServer {
  readonly #options: ServerOptions;
  constructor(options: ServerOptions) {
    this.#options = options;
  }
  handle(_r: ApiRequest): ApiResponse {
    void this.#options;
    throw new Error('not built yet');
  }
}
