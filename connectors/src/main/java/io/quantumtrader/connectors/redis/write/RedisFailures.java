package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/** Tells failures that pass from those that do not. */
final class RedisFailures {

  /** Error replies that a user name, a password or a permission would mend, and nothing else. */
  private static final List<String> ACCESS = List.of("NOAUTH", "WRONGPASS", "NOPERM");

  private static final String ABORTED = "EXECABORT";

  private RedisFailures() {}

  /** Returns the failure as Connect is to see it: retried, or the end of the task. */
  static ConnectException translate(RedisEndpoint endpoint, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException reply) {
        String message = "Redis at " + endpoint.address() + " refuses: " + reply.getMessage();
        return isAccess(reply.getMessage())
            ? new ConnectException(message, failure)
            : new RetriableException(message, failure);
      }
    }
    String message = "Redis at " + endpoint.address() + " cannot be reached";
    return new RetriableException(message, failure);
  }

  static boolean isAborted(Throwable failure) {
    return failure instanceof RedisCommandExecutionException
        && String.valueOf(failure.getMessage()).startsWith(ABORTED);
  }

  private static boolean isAccess(String message) {
    return message != null && ACCESS.stream().anyMatch(message::startsWith);
  }
}
