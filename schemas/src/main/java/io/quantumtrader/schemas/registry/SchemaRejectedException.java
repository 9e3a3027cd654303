package io.quantumtrader.schemas.registry;

/** The registry refuses a schema: it is incompatible with an earlier version (409) or invalid. */
public final class SchemaRejectedException extends RegistryException {

  private static final long serialVersionUID = 1L;

  public SchemaRejectedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public SchemaRejectedException during(String purpose) {
    return new SchemaRejectedException(purpose + ": " + getMessage(), this);
  }
}
