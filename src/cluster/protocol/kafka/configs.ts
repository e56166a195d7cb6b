/** DescribeConfigs and IncrementalAlterConfigs (KIP-133, KIP-226, KIP-339). */
import type { FailableWithMessage } from './fields.ts';

export type ConfigResourceType = 'TOPIC' | 'BROKER' | 'BROKER_LOGGER' | 'CLIENT_METRICS' | 'GROUP' | 'UNKNOWN';
/** `ConfigEntry.ConfigSource`; in `kafka-configs.sh --describe --all` they are printed. */
export type ConfigSource =
  | 'UNKNOWN'
  | 'DYNAMIC_TOPIC_CONFIG'
  | 'DYNAMIC_BROKER_CONFIG'
  | 'DYNAMIC_DEFAULT_BROKER_CONFIG'
  | 'STATIC_BROKER_CONFIG'
  | 'DEFAULT_CONFIG'
  | 'DYNAMIC_BROKER_LOGGER_CONFIG';
export type ConfigType =
  | 'UNKNOWN'
  | 'BOOLEAN'
  | 'STRING'
  | 'INT'
  | 'SHORT'
  | 'LONG'
  | 'DOUBLE'
  | 'LIST'
  | 'CLASS'
  | 'PASSWORD';

export interface ConfigResource {
  readonly resourceType: ConfigResourceType;
  /** A topic, a broker id, or empty for all brokers. */
  readonly resourceName: string;
}
export interface DescribeConfigsRequest {
  readonly resources: readonly (ConfigResource & {
    /** Null: all. */
    readonly configurationKeys: readonly string[] | null;
  })[];
  readonly includeSynonyms: boolean;
  readonly includeDocumentation: boolean;
}
export interface DescribedConfig {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly configSource: ConfigSource;
  readonly isSensitive: boolean;
  readonly synonyms: readonly { readonly name: string; readonly value: string | null; readonly source: ConfigSource }[];
  readonly configType: ConfigType;
  readonly documentation: string | null;
}
export interface DescribeConfigsResponse {
  readonly results: readonly (FailableWithMessage &
    ConfigResource & { readonly configs: readonly DescribedConfig[] })[];
}

export type ConfigOperation = 'SET' | 'DELETE' | 'APPEND' | 'SUBTRACT';
export interface IncrementalAlterConfigsRequest {
  readonly resources: readonly (ConfigResource & {
    readonly configs: readonly {
      readonly name: string;
      readonly configOperation: ConfigOperation;
      readonly value: string | null;
    }[];
  })[];
  readonly validateOnly: boolean;
}
export interface IncrementalAlterConfigsResponse {
  readonly responses: readonly (FailableWithMessage & ConfigResource)[];
}
