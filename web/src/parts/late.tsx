import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

/**
 * A component whose code comes when it is first shown, so that the first screen need not wait for
 * it: `late(async () => (await import('./import-tab.tsx')).ImportTab)`. `until` stands there
 * meanwhile.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  until: ReactNode = null,
): ComponentType<Props> {
  const Late = lazy<ComponentType<Props>>(async () => ({ default: await load() }));
  return function Shown(props: Props) {
    return (
      <Suspense fallback={until}>
        <Late {...props} />
      </Suspense>
    );
  };
}
