package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.RedisCommandExecutionException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/** Tells failures that pass from those that do not. */
public final class RedisFailures {

  /** Error replies that a user name or a password would mend. */
  private static final List<String> LOGIN = List.of("NOAUTH", "WRONGPASS");

  /** An error reply that a permission would mend, and nothing else. */
  private static final String PERMISSION = "NOPERM";

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

  private static final String MEND_ACCESS =
      "; check redis.username, redis.password and what the user may do";

  /** As Redis 6 and 7 say it of a command that a script runs. */
  private static final String ACCESS_IN_SCRIPT =
      "(?s)(NOPERM|.*user executing the script|.*ACL failure).*";

  private static final String ALERT = ".*alert.*(certificate|unknown_ca).*";

  private static final String ABORTED = "EXECABORT";

  private RedisFailures() {}

  /**
   * Returns the failure as Connect is to see it: retried, or the end of the task; an {@link
   * AccessRefusedException} is one or the other, as the task has been let in before or not.
   */
  public static ConnectException translate(RedisEndpoint endpoint, Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException reply) {
        return refusal(endpoint, String.valueOf(reply.getMessage()), failure);
      }
      if (isAboutCertificates(cause)) {
        return new ConnectException(
            "the TLS handshake with Redis at "
                + endpoint.address()
                + " failed ("
                + cause.getMessage()
                + "): check redis.ssl.truststore.location, redis.ssl.keystore.location, and that"
                + " redis.uri has the host name of the server's certificate",
            failure);
      }
      root = cause;
    }
    return new RetriableException(
        "Redis at " + endpoint.address() + " cannot be reached: " + text(root), failure);
  }

  /** Ours of the server's, or an alert that tells of the server's of ours. */
  private static boolean isAboutCertificates(Throwable cause) {
    return cause instanceof CertificateException
        || cause instanceof CertPathBuilderException
        || (cause instanceof SSLException && String.valueOf(cause.getMessage()).matches(ALERT));
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /**
   * Returns the end of the task if a command was refused that a permission would mend, else null.
   *
   * @param errors of commands that a script ran, null where one was done
   */
  static ConnectException accessOf(RedisEndpoint endpoint, List<String> errors) {
    for (String error : errors) {
      if (error != null && error.matches(ACCESS_IN_SCRIPT)) {
        return new ConnectException(
            "Redis at " + endpoint.address() + " refuses: " + error + MEND_ACCESS);
      }
    }
    return null;
  }

  static boolean isAborted(Throwable failure) {
    return failure instanceof RedisCommandExecutionException
        && String.valueOf(failure.getMessage()).startsWith(ABORTED);
  }

  private static ConnectException refusal(RedisEndpoint endpoint, String reply, Throwable failure) {
    String message = "Redis at " + endpoint.address() + " refuses: " + reply;
    if (LOGIN.stream().anyMatch(reply::startsWith)) {
      return new AccessRefusedException(message + MEND_ACCESS, failure);
    }
    if (reply.startsWith(PERMISSION)) {
      return new ConnectException(message + MEND_ACCESS, failure);
    }
    boolean passing = PASSING.stream().anyMatch(reply::startsWith) || reply.startsWith(ABORTED);
    return passing
        ? new RetriableException(message, failure)
        : new ConnectException(message, failure);
  }
}
