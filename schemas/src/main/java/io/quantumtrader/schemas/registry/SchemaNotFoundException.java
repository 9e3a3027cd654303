package io.quantumtrader.schemas.registry;

/** The registry answers, but knows no such subject, version, schema or id. */
public final class SchemaNotFoundException extends RegistryException {

  private static final long serialVersionUID = 1L;

  /** What is missing; the numbers are the registry's error codes. */
  public enum Missing {
    /** 40401. */
    SUBJECT,
    /** 40402. */
    VERSION,
    /** 40403: the schema in the subject, or the id. */
    SCHEMA
  }

  private final Missing missing;

  public SchemaNotFoundException(Missing missing, String message, Throwable cause) {
    super(message, cause);
    this.missing = missing;
  }

  /** Returns what is missing. */
  public Missing missing() {
    return missing;
  }

  @Override
  public SchemaNotFoundException during(String purpose) {
    return new SchemaNotFoundException(missing, purpose + ": " + getMessage(), this);
  }
}
