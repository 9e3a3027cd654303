package io.quantumtrader.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The schema registry did not do what was requested. The subclasses tell an outage from a refusal.
 * It is a {@link SerializationException}, because that is what Kafka's clients and Streams expect
 * of a serde.
 */
public class RegistryException extends SerializationException {

  private static final long serialVersionUID = 1L;

  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns an exception of the same kind that also says what the registry was needed for, with
   * this one as its cause.
   *
   * @param purpose for example {@code value of topic quantum.permit}
   */
  public RegistryException during(String purpose) {
    return new RegistryException(purpose + ": " + getMessage(), this);
  }
}
