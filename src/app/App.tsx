/** The pages and their addresses: `#/` the course, `#/labo/lesson/ID`, `#/labo/sandbox/1`. The lab and its model load when first needed. */
import type { JSX } from 'react';
import { useMemo } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { flightCountOf } from './bench/flightCount.ts';
import { Home } from './home/Home.tsx';
import { LoadingPage } from './lab/LoadingPage.tsx';
import { UnknownPage } from './lab/UnknownPage.tsx';
import type { What } from './session/what.ts';
import { sandboxOf } from './session/what.ts';
import { whenLoaded } from './whenLoaded.tsx';

const LabPage = whenLoaded(async () => import('./lab/LabPage.tsx'), LoadingPage);
const BenchPage = whenLoaded(async () => import('./bench/BenchPage.tsx'), LoadingPage);
// Before anything is drawn, where it will be needed first.
if (location.hash.startsWith('#/labo/')) void LabPage.preload();

export function App(): JSX.Element {
  return (
    // oxlint-disable-next-line react/hooks -- The router takes the hook itself.
    <Router hook={useHashLocation}>
      <Switch>
        <Route path="/labo/lesson/:id">{({ id }) => <LessonLab id={id} />}</Route>
        <Route path="/labo/sandbox/:brokers?/:zookeepers?">
          {({ brokers, zookeepers = '1' }) => <SandboxLab brokers={Number(brokers)} zookeepers={Number(zookeepers)} />}
        </Route>
        <Route path="/bench/:flights?/:scene?">
          {({ flights, scene }) => <BenchPage flightCount={flightCountOf(flights)} scene={scene} />}
        </Route>
        <Route path="/">
          <Home />
        </Route>
        <Route>
          <UnknownPage what="page" />
        </Route>
      </Switch>
    </Router>
  );
}

/** Another lesson is another page: nothing of the one before stays. */
function LessonLab({ id }: { readonly id: string }): JSX.Element {
  const what = useMemo((): What => ({ kind: 'lesson', id }), [id]);
  return <LabPage key={id} what={what} />;
}

interface SandboxLabProps {
  readonly brokers: number;
  readonly zookeepers: number;
}
function SandboxLab(props: SandboxLabProps): JSX.Element {
  const sandbox = sandboxOf(props);
  const what = useMemo((): What | null => {
    if (sandbox === null) return null;
    const { brokers, zookeepers } = sandbox;
    return { kind: 'sandbox', brokers, ...(zookeepers === 1 ? {} : { zookeepers }) };
  }, [sandbox]);
  return what === null || sandbox === null ? (
    <UnknownPage what="sandbox" />
  ) : (
    <LabPage key={sandbox.preset} what={what} />
  );
}
