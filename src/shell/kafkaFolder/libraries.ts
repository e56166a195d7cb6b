/** The jars of `libs/` in kafka_2.13-3.9.0, by name: what the archive's LICENSE lists, and Kafka's own modules. */

const bundled = `activation-1.1.1 aopalliance-repackaged-2.6.1 argparse4j-0.7.0 audience-annotations-0.12.0 caffeine-2.9.3
commons-beanutils-1.9.4 commons-cli-1.4 commons-collections-3.2.2 commons-digester-2.1 commons-io-2.14.0 commons-lang3-3.12.0
commons-logging-1.2 commons-validator-1.7 error_prone_annotations-2.10.0 hk2-api-2.6.1 hk2-locator-2.6.1 hk2-utils-2.6.1
jackson-annotations-2.16.2 jackson-core-2.16.2 jackson-databind-2.16.2 jackson-dataformat-csv-2.16.2 jackson-datatype-jdk8-2.16.2
jackson-jaxrs-base-2.16.2 jackson-jaxrs-json-provider-2.16.2 jackson-module-afterburner-2.16.2 jackson-module-jaxb-annotations-2.16.2
jackson-module-scala_2.13-2.16.2 jakarta.activation-api-1.2.2 jakarta.annotation-api-1.3.5 jakarta.inject-2.6.1
jakarta.validation-api-2.0.2 jakarta.ws.rs-api-2.1.6 jakarta.xml.bind-api-2.3.3 javassist-3.29.2-GA javax.activation-api-1.2.0
javax.annotation-api-1.3.2 javax.servlet-api-3.1.0 javax.ws.rs-api-2.1.1 jaxb-api-2.3.1 jersey-client-2.39.1 jersey-common-2.39.1
jersey-container-servlet-2.39.1 jersey-container-servlet-core-2.39.1 jersey-hk2-2.39.1 jersey-server-2.39.1
jetty-client-9.4.56.v20240826 jetty-continuation-9.4.56.v20240826 jetty-http-9.4.56.v20240826 jetty-io-9.4.56.v20240826
jetty-security-9.4.56.v20240826 jetty-server-9.4.56.v20240826 jetty-servlet-9.4.56.v20240826 jetty-servlets-9.4.56.v20240826
jetty-util-9.4.56.v20240826 jetty-util-ajax-9.4.56.v20240826 jline-3.25.1 jopt-simple-5.0.4 jose4j-0.9.4 jsr305-3.0.2 lz4-java-1.8.0
maven-artifact-3.9.6 metrics-core-2.2.0 metrics-core-4.1.12.1 netty-buffer-4.1.111.Final netty-codec-4.1.111.Final
netty-common-4.1.111.Final netty-handler-4.1.111.Final netty-resolver-4.1.111.Final netty-transport-4.1.111.Final
netty-transport-classes-epoll-4.1.111.Final netty-transport-native-epoll-4.1.111.Final
netty-transport-native-unix-common-4.1.111.Final opentelemetry-proto-1.0.0-alpha osgi-resource-locator-1.0.3 paranamer-2.8
pcollections-4.0.1 plexus-utils-3.5.1 protobuf-java-3.25.5 reflections-0.10.2 reload4j-1.2.25 rocksdbjni-7.9.2
scala-collection-compat_2.13-2.10.0 scala-java8-compat_2.13-1.0.2 scala-library-2.13.14 scala-logging_2.13-3.9.5 scala-reflect-2.13.14
slf4j-api-1.7.36 slf4j-reload4j-1.7.36 snappy-java-1.1.10.5 swagger-annotations-2.2.8 zookeeper-3.8.4 zookeeper-jute-3.8.4
zstd-jni-1.5.6-4`;

const own = `connect-api connect-basic-auth-extension connect-file connect-json connect-mirror connect-mirror-client connect-runtime
connect-transforms kafka-clients kafka-group-coordinator kafka-group-coordinator-api kafka-log4j-appender kafka-metadata kafka-raft
kafka-server kafka-server-common kafka-shell kafka-storage kafka-storage-api kafka-streams kafka-streams-examples
kafka-streams-scala_2.13 kafka-streams-test-utils kafka-tools kafka-tools-api kafka-transaction-coordinator kafka_2.13 trogdor`;

/** File names in `libs/`, sorted. */
export const libraryNames: readonly string[] = [
  ...bundled.split(/\s+/).map((name) => `${name}.jar`),
  ...own.split(/\s+/).map((name) => `${name}-3.9.0.jar`),
].sort();
