/** While a page or its model loads: the frame of the page, and nothing that moves. */
import type { JSX, ReactNode } from 'react';
import { Header } from '../frame/Header.tsx';

export function LoadingPage({ children }: { readonly children?: ReactNode }): JSX.Element {
  return (
    <div className="lab">
      <Header />
      <main className="loading" id="main">
        {children}
      </main>
    </div>
  );
}
