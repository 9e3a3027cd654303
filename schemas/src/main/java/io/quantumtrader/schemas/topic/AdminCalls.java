package io.quantumtrader.schemas.topic;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for the admin client's answers, a bounded time. */
final class AdminCalls {

  private AdminCalls() {}

  /** Returns the answer, or throws a {@link KafkaException} that says what was being done. */
  static <T> T await(KafkaFuture<T> answer, Duration timeout, String purpose) {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new KafkaException(
          purpose + " failed: " + failed.getCause().getMessage(), failed.getCause());
    } catch (TimeoutException late) {
      throw new KafkaException(purpose + " got no answer within " + timeout, late);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(purpose + ": interrupted", interrupted);
    }
  }
}
