package io.quantumtrader.topology.errors;

import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.time.IntentsLast;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends a record about which nothing could be decided to the dead letters and goes on. Any other
 * error fails the task: it happened while reading or writing, and the transaction must roll back.
 */
public final class DeadLetterUndecided implements ProcessingExceptionHandler {

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    if (!(exception instanceof DecisionFailedException failed)) {
      return Response.fail();
    }
    return Response.resume(
        DeadLetters.of(
            context,
            context.sourceRawKey(),
            context.sourceRawValue(),
            failed.code(),
            failed,
            Math.max(0, IntentsLast.recordTime(context.topic(), context.timestamp()))));
  }

  @Override
  public void configure(Map<String, ?> configuration) {}
}
