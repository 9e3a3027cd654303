package io.quantumtrader.app.cli;

/**
 * A command that another module adds to {@code quantum}, found with {@link
 * java.util.ServiceLoader}: a module that depends on this one names its implementation in {@code
 * META-INF/services}.
 */
public interface ContributedCommand {

  /** Returns the object that carries picocli's annotation {@code @Command}. */
  Object command();
}
