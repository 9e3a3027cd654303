package io.quantumtrader.app.parts;

import io.quantumtrader.execution.paper.FaultRules;
import io.quantumtrader.execution.paper.PaperSettings;
import java.math.BigDecimal;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the paper exchange, as given on a command line. */
public final class PaperOptions {

  @Option(
      names = "--accounts",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "main",
      description = "Accounts of the paper exchange. Default: main.")
  private List<String> accounts;

  @Option(
      names = "--wallet",
      paramLabel = "AMOUNT",
      defaultValue = "10000",
      description = "Wallet each account starts with, quote currency. Default: 10000.")
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
      names = "--paper-faults",
      paramLabel = "RULES",
      defaultValue = "",
      description = "Faults to inject, for example reject=DOGEUSDT,partial=BTCUSDT:0.5")
  private String faults;

  /**
   * Returns the requested settings.
   *
   * @throws IllegalArgumentException if the values cannot be used
   */
  public PaperSettings settings() {
    return PaperSettings.DEFAULT
        .withAccounts(accounts)
        .withStartWallet(wallet)
        .withCosts(slippageBps, feeRate)
        .withFaults(FaultRules.parse(faults));
  }
}
