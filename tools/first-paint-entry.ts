import { Playground } from '../src/playground/playground.ts';
import { worldOf } from '../src/playground/world.ts';
import { firstPaintMarkup } from '../src/ui/first-paint.ts';
import { Projector } from '../src/view/projector.ts';

/** The opening cluster at rest as markup for the built page. */
export function openingMarkup(): string {
  const { world } = worldOf({ scenario: 'opening' });
  return firstPaintMarkup(new Projector().frame(new Playground(world).cluster));
}
