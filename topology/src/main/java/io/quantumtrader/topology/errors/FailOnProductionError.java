package io.quantumtrader.topology.errors;

import io.quantumtrader.topology.failure.FailedRecords;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * Fails the task where a record cannot be written: what was decided is written whole or not at all.
 * What the client calls retriable is tried again.
 */
public final class FailOnProductionError implements ProductionExceptionHandler {

  private FailedRecords failed = new FailedRecords();

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RetriableException) {
      return Response.retry();
    }
    failed.note(context, exception);
    return Response.fail();
  }

  @Override
  public Response handleSerializationError(
      ErrorHandlerContext context,
      @SuppressWarnings("rawtypes") ProducerRecord record,
      Exception exception,
      SerializationExceptionOrigin origin) {
    failed.note(context, exception);
    return Response.fail();
  }

  @Override
  public void configure(Map<String, ?> configuration) {
    failed = FailedRecords.in(configuration);
  }
}
