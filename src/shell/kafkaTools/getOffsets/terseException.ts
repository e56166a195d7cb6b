/** A failure of kafka-get-offsets that is told in one line (`org.apache.kafka.tools.TerseException`). */
export class TerseException extends Error {}
