package io.quantumtrader.topology.kernel;

/** An input without the fields, or with other types than, the kernel reads. */
final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }
}
