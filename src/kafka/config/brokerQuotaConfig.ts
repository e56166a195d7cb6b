/**
 * The settings of a broker that no file holds: rates of replication, given while it runs (`QuotaConfigs.brokerQuotaConfigs`, 3.9.0).
 */
import { atLeast, type ConfigTable } from './configTable.ts';

const UNLIMITED = '9223372036854775807';

export const brokerQuotaConfig = {
  'leader.replication.throttled.rate': {
    type: 'LONG',
    defaultValue: UNLIMITED,
    valid: atLeast(0),
    update: 'clusterWide',
  },
  'follower.replication.throttled.rate': {
    type: 'LONG',
    defaultValue: UNLIMITED,
    valid: atLeast(0),
    update: 'clusterWide',
  },
  'replica.alter.log.dirs.io.max.bytes.per.second': {
    type: 'LONG',
    defaultValue: UNLIMITED,
    valid: atLeast(0),
    update: 'clusterWide',
  },
} as const satisfies ConfigTable;
