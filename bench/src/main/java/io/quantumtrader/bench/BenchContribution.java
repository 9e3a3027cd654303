package io.quantumtrader.bench;

import io.quantumtrader.app.cli.ContributedCommand;

/** Adds {@code quantum bench}. */
public final class BenchContribution implements ContributedCommand {

  /** Creates it; the service loader does. */
  public BenchContribution() {}

  @Override
  public Object command() {
    return new BenchCommand();
  }
}
