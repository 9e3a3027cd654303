package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** What of a pipeline's trading is put beside the model, as given on a command line. */
final class ReconcileOptions {

  /** The option that reads a running pipeline. */
  static final String LIVE = "--live";

  /** The option that reads a recording. */
  static final String RECORDED = "--reconcile";

  /** The option for how far back. */
  static final String HOURS = "--hours";

  private static final int USAGE = 2;
  private static final long HOUR_MS = 3_600_000;
  private static final BigDecimal LONGEST = BigDecimal.valueOf(8_784);
  private static final BigDecimal LIVE_HOURS = BigDecimal.valueOf(24);

  @Option(
      names = LIVE,
      description =
          "Put the last hours of a running pipeline beside the paper exchange: what each plan, stop"
              + " and target was filled at and what the model makes of it at the same marks, with"
              + " slippage, fees, funding and equity. Nothing is run and nothing is changed.")
  private boolean live;

  @Option(names = RECORDED, description = "The same for the recording DIR.")
  private boolean recorded;

  @Option(
      names = HOURS,
      paramLabel = "H",
      description =
          "How many hours before the last step of the clock are looked at, for example 0.5."
              + " Default: 24; of a recording, all.")
  private BigDecimal hours;

  boolean live() {
    return live;
  }

  /** Returns whether anything is to be put beside the model. */
  boolean wanted() {
    return live || recorded || hours != null;
  }

  /**
   * Returns how far back is looked, milliseconds; empty for all there is.
   *
   * @throws CommandFailure where it is not a time
   */
  OptionalLong backMs() {
    Optional<BigDecimal> given =
        Optional.ofNullable(hours).or(() -> live ? Optional.of(LIVE_HOURS) : Optional.empty());
    if (given.isEmpty()) {
      return OptionalLong.empty();
    }
    if (given.get().signum() <= 0 || given.get().compareTo(LONGEST) > 0) {
      throw new CommandFailure(
          USAGE, "--hours must be above 0 and at most 8784, a year: " + given.get(), null);
    }
    return OptionalLong.of(given.get().multiply(BigDecimal.valueOf(HOUR_MS)).longValue());
  }
}
