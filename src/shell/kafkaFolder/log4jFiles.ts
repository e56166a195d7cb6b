/** Kafka 3.9.0's logging: which logger writes to which file of `logs/`, at which level. */

const layout = 'org.apache.log4j.PatternLayout';
const pattern = '[%d] %p %m (%c)%n';
const connectPattern = '[%d] %p %X{connector.context}%m (%c:%L)%n';

const dailyFile = (appender: string, file: string, conversion: string): string =>
  `log4j.appender.${appender}=org.apache.log4j.DailyRollingFileAppender
log4j.appender.${appender}.DatePattern='.'yyyy-MM-dd-HH
log4j.appender.${appender}.File=\${kafka.logs.dir}/${file}.log
log4j.appender.${appender}.layout=${layout}
log4j.appender.${appender}.layout.ConversionPattern=${conversion}

`;
const apart = (logger: string, level: string, appender: string): string =>
  `log4j.logger.${logger}=${level}, ${appender}\nlog4j.additivity.${logger}=false\n`;
const console = (name: string, conversion: string): string =>
  `log4j.appender.${name}=org.apache.log4j.ConsoleAppender
log4j.appender.${name}.layout=${layout}
log4j.appender.${name}.layout.ConversionPattern=${conversion}
`;

const server = `# Logging of the servers.
log4j.rootLogger=INFO, stdout, kafkaAppender

${console('stdout', pattern)}
${dailyFile('kafkaAppender', 'server', pattern)}${dailyFile('stateChangeAppender', 'state-change', pattern)}${dailyFile('requestAppender', 'kafka-request', pattern)}${dailyFile('cleanerAppender', 'log-cleaner', pattern)}${dailyFile('controllerAppender', 'controller', pattern)}${dailyFile('authorizerAppender', 'kafka-authorizer', pattern)}log4j.logger.org.apache.zookeeper=INFO
log4j.logger.kafka=INFO
log4j.logger.org.apache.kafka=INFO

${apart('kafka.request.logger', 'WARN', 'requestAppender')}
#log4j.logger.kafka.network.Processor=TRACE, requestAppender
#log4j.logger.kafka.server.KafkaApis=TRACE, requestAppender
#log4j.additivity.kafka.server.KafkaApis=false
${apart('kafka.network.RequestChannel$', 'WARN', 'requestAppender')}
${apart('org.apache.kafka.controller', 'INFO', 'controllerAppender')}
${apart('kafka.controller', 'TRACE', 'controllerAppender')}
${apart('kafka.log.LogCleaner', 'INFO', 'cleanerAppender')}
${apart('state.change.logger', 'INFO', 'stateChangeAppender')}
${apart('kafka.authorizer.logger', 'INFO', 'authorizerAppender')}`;

const tools = `# Logging of the command line tools.
log4j.rootLogger=WARN, stderr

${console('stderr', pattern)}log4j.appender.stderr.Target=System.err

log4j.logger.org.reflections=ERROR
`;

const connect = `# Logging of Connect's workers.
log4j.rootLogger=INFO, stdout, connectAppender

log4j.appender.stdout=org.apache.log4j.ConsoleAppender
log4j.appender.stdout.layout=${layout}

log4j.appender.connectAppender=org.apache.log4j.DailyRollingFileAppender
log4j.appender.connectAppender.DatePattern='.'yyyy-MM-dd-HH
log4j.appender.connectAppender.File=\${kafka.logs.dir}/connect.log
log4j.appender.connectAppender.layout=${layout}

connect.log.pattern=${connectPattern}

log4j.appender.stdout.layout.ConversionPattern=\${connect.log.pattern}
log4j.appender.connectAppender.layout.ConversionPattern=\${connect.log.pattern}

log4j.logger.org.reflections=ERROR
`;

/** Text by path relative to `config/`. */
export const log4jFiles: Readonly<Record<string, string>> = {
  'connect-log4j.properties': connect,
  'log4j.properties': server,
  'tools-log4j.properties': tools,
};
