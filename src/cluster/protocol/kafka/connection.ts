/** ApiVersions: what a client asks first on each new connection (KIP-35, KIP-511). */
import type { Failable } from './fields.ts';

export interface ApiVersionsRequest {
  readonly clientSoftwareName: string;
  readonly clientSoftwareVersion: string;
}
export interface ApiVersionsResponse extends Failable {
  readonly apiKeys: readonly { readonly apiKey: number; readonly minVersion: number; readonly maxVersion: number }[];
  readonly supportedFeatures: readonly {
    readonly name: string;
    readonly minVersion: number;
    readonly maxVersion: number;
  }[];
  readonly finalizedFeaturesEpoch: number;
}
