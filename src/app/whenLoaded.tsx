/**
 * A component whose code comes later. Unlike React's `lazy` it shows the component as soon as the code is there: `Suspense` lets what it
 * shows meanwhile stand for 300 ms at least.
 */
import type { ComponentType, JSX } from 'react';
import { useEffect, useState } from 'react';

interface Loaded<Props> {
  readonly default: ComponentType<Props>;
}

export interface DeferredComponent<Props> {
  (props: Props): JSX.Element;
  /** Begins to load, or does nothing when it has begun. */
  preload(): Promise<Loaded<Props>>;
}

/** `Meanwhile` is shown until the code is there. */
export function whenLoaded<Props extends object>(
  load: () => Promise<Loaded<Props>>,
  Meanwhile: ComponentType,
): DeferredComponent<Props> {
  let loading: Promise<Loaded<Props>> | undefined;
  let loaded: Loaded<Props> | undefined;
  const preload = (): Promise<Loaded<Props>> => {
    loading ??= load().then((module) => (loaded = module));
    return loading;
  };
  function Deferred(props: Props): JSX.Element {
    const [module, setModule] = useState(loaded);
    useEffect(() => {
      if (module !== undefined) return undefined;
      let isGone = false;
      const show = async (): Promise<void> => {
        const come = await preload();
        if (!isGone) setModule(come);
      };
      void show();
      return () => {
        isGone = true;
      };
    }, [module]);
    if (module === undefined) return <Meanwhile />;
    return <module.default {...props} />;
  }
  return Object.assign(Deferred, { preload });
}
