package io.quantumtrader.schemas.registry;

/**
 * The registry could not be reached, or failed on its own side, at each of its addresses and after
 * all retries. Nothing is wrong with the record: the same one can be read or written once the
 * registry is back.
 */
public final class RegistryUnavailableException extends RegistryException {

  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public RegistryUnavailableException during(String purpose) {
    return new RegistryUnavailableException(purpose + ": " + getMessage(), this);
  }
}
