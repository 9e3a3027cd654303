package io.quantumtrader.schemas.registry;

/** A subject has no compatibility level of its own (40408). */
final class SubjectLevelUnsetException extends RegistryException {

  private static final long serialVersionUID = 1L;

  SubjectLevelUnsetException(String message) {
    super(message, null);
  }
}
