package io.quantumtrader.execution.executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record whose bytes are not what its topic holds. Reading it again would change nothing. */
final class UnreadableRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableRecordException(ConsumerRecord<?, ?> record, String message, Throwable cause) {
    super(
        record.topic() + "-" + record.partition() + " at " + record.offset() + ": " + message,
        cause);
  }
}
