package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.RedisCommandExecutionException;
import java.security.cert.CertificateException;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/** Tells failures that pass from those that do not. */
final class RedisFailures {

  /** Error replies that a user name, a password or a permission would mend, and nothing else. */
  private static final List<String> ACCESS = List.of("NOAUTH", "WRONGPASS", "NOPERM");

  /** Error replies that end by themselves, or when somebody mends the server. */
  private static final List<String> PASSING =
      List.of(
          "OOM",
          "READONLY",
          "LOADING",
          "BUSY",
          "MASTERDOWN",
          "CLUSTERDOWN",
          "NOREPLICAS",
          "MISCONF",
          "MOVED",
          "ASK",
          "TRYAGAIN",
          "NOSCRIPT",
          "UNKILLABLE",
          "NOTBUSY",
          "ERR max number of clients",
          "ERR Transaction contains write commands");

  private static final String ABORTED = "EXECABORT";

  private RedisFailures() {}

  /** Returns the failure as Connect is to see it: retried, or the end of the task. */
  static ConnectException translate(RedisEndpoint endpoint, Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException reply) {
        return refusal(endpoint, String.valueOf(reply.getMessage()), failure);
      }
      if (cause instanceof CertificateException) {
        return new ConnectException(
            "Redis at "
                + endpoint.address()
                + " shows a certificate that is not trusted ("
                + cause.getMessage()
                + "): check redis.ssl.truststore.location and the host names in redis.uri",
            failure);
      }
      root = cause;
    }
    return new RetriableException(
        "Redis at " + endpoint.address() + " cannot be reached: " + root.getMessage(), failure);
  }

  static boolean isAborted(Throwable failure) {
    return failure instanceof RedisCommandExecutionException
        && String.valueOf(failure.getMessage()).startsWith(ABORTED);
  }

  private static ConnectException refusal(RedisEndpoint endpoint, String reply, Throwable failure) {
    String message = "Redis at " + endpoint.address() + " refuses: " + reply;
    if (ACCESS.stream().anyMatch(reply::startsWith)) {
      String mend = "; check redis.username, redis.password and what the user may do";
      return new ConnectException(message + mend, failure);
    }
    boolean passing = PASSING.stream().anyMatch(reply::startsWith) || reply.startsWith(ABORTED);
    return passing
        ? new RetriableException(message, failure)
        : new ConnectException(message, failure);
  }
}
