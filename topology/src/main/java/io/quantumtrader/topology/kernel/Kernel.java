package io.quantumtrader.topology.kernel;

import java.util.Optional;

/** A kernel that can be fed with JSON lines. */
public enum Kernel {
  MARKET_STATE("market-state") {
    @Override
    Answer answer() {
      return new MarketStateAnswer();
    }
  },
  STOPS("stops") {
    @Override
    Answer answer() {
      return new StopsAnswer();
    }
  },
  HARVEST("harvest") {
    @Override
    Answer answer() {
      return new HarvestAnswer();
    }
  };

  private final String command;

  Kernel(String command) {
    this.command = command;
  }

  /** Returns the name it has on the command line. */
  public String command() {
    return command;
  }

  /** Returns the kernel with this name on the command line. */
  public static Optional<Kernel> named(String command) {
    for (Kernel kernel : values()) {
      if (kernel.command.equals(command)) {
        return Optional.of(kernel);
      }
    }
    return Optional.empty();
  }

  /** Returns what computes an output from an input; for one thread. */
  abstract Answer answer();
}
