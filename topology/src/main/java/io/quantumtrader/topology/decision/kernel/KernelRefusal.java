package io.quantumtrader.topology.decision.kernel;

/**
 * An input that a kernel does not compute. Type and message are part of the kernels' contract: they
 * are what the callers of the old kernels know.
 */
public final class KernelRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;

  private KernelRefusal(String type, String message) {
    super(message);
    this.type = type;
  }

  /** A value that the kernel does not take. */
  public static KernelRefusal value(String message) {
    return new KernelRefusal("ValueError", message);
  }

  /** A parameter of zero that the kernel would have to divide by. */
  public static KernelRefusal zeroDivision() {
    return new KernelRefusal("ZeroDivisionError", "float division by zero");
  }

  /** Returns the kind of refusal, ValueError or ZeroDivisionError. */
  public String type() {
    return type;
  }
}
