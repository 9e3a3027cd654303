package io.quantumtrader.app.service;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes what is not given on the command line from the environment: {@code --state-dir} from {@code
 * QUANTUM_STATE_DIR}, and so on for each option. A variable that is blank counts as not set.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {

  private static final String PREFIX = "QUANTUM_";

  private final Map<String, String> environment;

  /** Reads the environment of this process; picocli creates it so. */
  public EnvironmentDefaults() {
    this(System.getenv());
  }

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the environment variable of an option. */
  public static String variable(OptionSpec option) {
    return PREFIX
        + option.longestName().replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String value = environment.get(variable(option));
    return value == null || value.isBlank() ? null : value.strip();
  }
}
