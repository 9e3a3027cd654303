package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.execution.paper.FaultRules;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the paper exchange, as given on a command line. */
public final class PaperOptions {

  /** Exit code of a command that was given something that cannot be used. */
  private static final int USAGE = 2;

  /** An order that takes longer would outlive its permit. */
  private static final long LONGEST_LATENCY_MS = 60_000;

  private static final BigDecimal ONE_IN_BPS = BigDecimal.valueOf(10_000);

  @Option(
      names = "--accounts",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "main",
      description = "Accounts to trade for. Default: main.")
  private List<String> accounts;

  @Option(
      names = "--wallet",
      paramLabel = "AMOUNT",
      defaultValue = "10000",
      description =
          "Wallet each account of the paper exchange starts with, quote currency. Default: 10000.")
  private BigDecimal wallet;

  @Option(
      names = "--slippage-bps",
      paramLabel = "N",
      defaultValue = "1",
      description = "Slippage against the taker, basis points. Default: 1.")
  private BigDecimal slippageBps;

  @Option(
      names = "--fee-rate",
      paramLabel = "RATE",
      defaultValue = "0.0004",
      description = "Fee as a fraction of the notional. Default: 0.0004.")
  private BigDecimal feeRate;

  @Option(
      names = "--funding-rate",
      paramLabel = "RATE",
      defaultValue = "0",
      description =
          "Funding of open positions at 00:00, 08:00 and 16:00 UTC, as a fraction of the notional;"
              + " longs pay it, shorts are paid it, below 0 the other way round. Default: 0.")
  private BigDecimal fundingRate;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      defaultValue = "0",
      description =
          "Time from decision to market of market orders on the paper exchange, milliseconds. An"
              + " order is filled at the first price at or after that: with candles of a minute, at"
              + " the next full minute. Default: 0, at the last price known.")
  private long latencyMs;

  @Option(
      names = "--paper-faults",
      paramLabel = "RULES",
      defaultValue = "",
      description = "Faults to inject, for example reject=DOGEUSDT,partial=BTCUSDT:0.5")
  private String faults;

  /**
   * Returns the requested settings.
   *
   * @throws CommandFailure if a value cannot be used; the message names the option
   */
  public PaperSettings settings() {
    for (String account : accounts) {
      require(
          Accounts.isName(account),
          "--accounts: '%s' is not an account name; use 1 to 32 of a-z, 0-9, _ and -",
          account);
    }
    require(wallet.signum() > 0, "--wallet must be above 0, not %s", wallet);
    require(RecordBounds.fits(wallet), "--wallet is out of range: %s", wallet);
    require(slippageBps.signum() >= 0, "--slippage-bps must be 0 or more, not %s", slippageBps);
    require(
        slippageBps.compareTo(ONE_IN_BPS) < 0,
        "--slippage-bps must be below 10000: %s",
        slippageBps);
    require(feeRate.signum() >= 0, "--fee-rate must be 0 or more, not %s", feeRate);
    require(
        feeRate.compareTo(BigDecimal.ONE) < 0, "--fee-rate is a fraction, below 1: %s", feeRate);
    require(
        fundingRate.abs().compareTo(BigDecimal.ONE) < 0,
        "--funding-rate is a fraction, above -1 and below 1: %s",
        fundingRate);
    require(
        latencyMs >= 0 && latencyMs <= LONGEST_LATENCY_MS,
        "--latency must be 0 to 60000 ms, not %s",
        latencyMs);
    try {
      return PaperSettings.DEFAULT
          .withAccounts(accounts)
          .withStartWallet(wallet)
          .withCosts(slippageBps, feeRate)
          .withFundingRate(fundingRate)
          .withLatencyMs(latencyMs)
          .withFaults(FaultRules.parse(faults));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(USAGE, "--paper-faults cannot be used: " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new CommandFailure(USAGE, message.formatted(value), null);
    }
  }
}
