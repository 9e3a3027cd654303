package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.BinanceEnvironment;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which exchange the executor trades on, as given on a command line. */
public final class ExchangeOptions extends ExchangeAccess {

  @Option(
      names = "--exchange",
      paramLabel = "NAME",
      defaultValue = "paper",
      description = {
        "paper: no order leaves this system. twin: a twin of Binance USD-M futures, see",
        "./quantum service exchange-twin. demo: Binance's environment for trials. binance: real",
        "money. Default: paper."
      })
  private Kind kind;

  @Option(
      names = "--i-mean-real-money",
      paramLabel = "ACCOUNT",
      split = ",",
      description =
          "Accounts that may trade real money; each that trades on binance must be named here.")
  private List<String> realMoney = List.of();

  /** Creates them; picocli sets what is given. */
  public ExchangeOptions() {}

  @Override
  public Kind kind() {
    return kind;
  }

  /**
   * Refuses an exchange whose address is not known, and what would trade real money without having
   * been told to.
   *
   * @throws CommandFailure if so; also if an account is named that does not trade real money
   */
  public void check(List<String> accounts) {
    if (kind != Kind.PAPER) {
      BinanceEnvironment unused = environment();
    }
    if (kind == Kind.BINANCE) {
      List<String> unnamed = new ArrayList<>(accounts);
      unnamed.removeAll(realMoney);
      if (!unnamed.isEmpty()) {
        throw new CommandFailure(
            USAGE,
            "--exchange binance trades real money: name each account that is to,"
                + " --i-mean-real-money "
                + String.join(",", unnamed),
            null);
      }
    } else if (!realMoney.isEmpty()) {
      throw new CommandFailure(
          USAGE, "--i-mean-real-money is for --exchange binance; this is " + kind.name(), null);
    }
  }
}
