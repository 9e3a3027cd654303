package io.quantumtrader.app.policy;

import io.quantumtrader.app.control.Share;
import io.quantumtrader.app.control.Until;
import io.quantumtrader.console.order.PolicyOrder;
import io.quantumtrader.schemas.avro.PolicySchedule;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** When a change is to be made, if not at once. Of several conditions all have to hold. */
final class ScheduleOptions {

  @Option(
      names = "--at",
      paramLabel = "TIME|DURATION",
      description = "Not at once but from then on, by the pipeline's clock: " + Until.RULE + ".")
  private String at;

  @Option(
      names = "--after-days",
      paramLabel = "N",
      description = "Not before N days from now, by the pipeline's clock.")
  private Integer afterDays;

  @Option(
      names = "--after-trades",
      paramLabel = "N",
      description = "Not before N more closed trades, of all accounts that it applies to.")
  private Integer afterTrades;

  @Option(
      names = "--max-drawdown",
      paramLabel = "PERCENT",
      description = "Not while such an account is further below its peak, like 5%%.")
  private String maxDrawdown;

  @Option(
      names = "--max-daily-loss",
      paramLabel = "PERCENT",
      description = "Not while such an account has lost more in the UTC day, like 2%%.")
  private String maxDailyLoss;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Returns whether the change is to wait for something. */
  boolean isGiven() {
    return at != null
        || afterDays != null
        || afterTrades != null
        || maxDrawdown != null
        || maxDailyLoss != null;
  }

  /**
   * Refuses what makes no sense whatever the time is, before anything is asked of a pipeline.
   *
   * @throws ParameterException in one line
   */
  void check() {
    putInto(PolicySchedule.newBuilder(), 0);
  }

  /**
   * Writes the conditions.
   *
   * @param nowMs the pipeline's clock, epoch milliseconds UTC
   * @throws ParameterException in one line, if one of them makes no sense or has passed
   */
  void putInto(PolicySchedule.Builder schedule, long nowMs) {
    if (at != null) {
      long atMs = atMs(nowMs);
      if (atMs <= nowMs) {
        throw usage(
            "--at %s has passed by the pipeline's clock, %s; leave it out to change at once"
                .formatted(PolicyText.time(atMs), PolicyText.time(nowMs)));
      }
      schedule.setAtMs(atMs);
    }
    schedule
        .setAfterDays(count("--after-days", afterDays, PolicyOrder.MOST_DAYS))
        .setAfterTrades(count("--after-trades", afterTrades, PolicyOrder.MOST_TRADES))
        .setDrawdownAtMost(share("--max-drawdown", maxDrawdown))
        .setDailyLossAtMost(share("--max-daily-loss", maxDailyLoss));
  }

  private long atMs(long nowMs) {
    return Until.parse(at, nowMs)
        .orElseThrow(() -> usage("--at '" + at + "' is no time; give " + Until.RULE));
  }

  private int count(String option, Integer given, int most) {
    if (given != null && (given < 1 || given > most)) {
      throw usage("%s must be 1 to %d".formatted(option, most));
    }
    return given == null ? 0 : given;
  }

  private Double share(String option, String text) {
    return text == null
        ? null
        : Share.parse(text)
            .orElseThrow(
                () -> usage("%s '%s' is no share; give %s".formatted(option, text, Share.RULE)));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
