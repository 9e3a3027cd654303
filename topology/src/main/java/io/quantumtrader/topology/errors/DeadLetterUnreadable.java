package io.quantumtrader.topology.errors;

import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.topology.time.ProcessClock;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * Sends a record that cannot be read to the dead letters and goes on. Where it is the registry that
 * cannot be asked, nothing is wrong with the record: reading it has waited, and where that was not
 * long enough the task fails, the thread is replaced, and the same record is read again.
 */
public final class DeadLetterUnreadable implements DeserializationExceptionHandler {

  private ProcessClock clock = new ProcessClock();

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (isOutage(exception)) {
      return Response.fail();
    }
    return Response.resume(
        DeadLetters.of(
            context,
            record.key(),
            record.value(),
            ReasonCode.VALUE_UNREADABLE,
            exception,
            clock.isPlausible(record.timestamp()) ? record.timestamp() : clock.nowMs().orElse(0)));
  }

  private static boolean isOutage(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof RegistryUnavailableException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void configure(Map<String, ?> configuration) {
    clock = ProcessClock.in(configuration);
  }
}
