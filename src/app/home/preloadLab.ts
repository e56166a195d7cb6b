/** Fetches the lab while the course map is read, so that a lesson opens at once. The first page has been drawn before. */

/** The answer calls it off. */
export function preloadLab(): () => void {
  const preload = (): void => {
    void import('../lab/LabPage.tsx');
    void import('../lab/openLab.ts');
    void import('../lab/LabTerminals.tsx');
  };
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(preload, 1000);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(preload);
  return () => window.cancelIdleCallback(handle);
}
