package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.parts.ExchangeAccess.Kind;
import io.quantumtrader.app.parts.RealMarket;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.market.live.SymbolChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The exchange that was chosen, with what it needs: the demo environment has keys, and a market of
 * its own. Real money is refused here: it has a command of its own, whose rules are stricter.
 *
 * @param kind which one
 * @param keys of the accounts; none where no request leaves this process
 * @param market the exchange's own market; empty: a generated one, or a file
 */
record ExchangeChoice(Kind kind, List<ApiKey> keys, Optional<RealMarket> market) {

  /** Exit code of a command that was given something that cannot be used. */
  private static final int USAGE = 2;

  /**
   * Reads what was chosen.
   *
   * @param environment environment variables
   * @param warn hears what is wrong with how keys are kept
   * @throws CommandFailure if it cannot be used, with what to do
   */
  static ExchangeChoice of(
      UpOptions options, Map<String, String> environment, Consumer<String> warn) {
    Kind kind = options.exchange.kind();
    return switch (kind) {
      case PAPER, TWIN -> local(kind, options);
      case DEMO -> demo(options, environment, warn);
      case BINANCE ->
          throw refused(
              "up trades no real money: ./quantum service executor --exchange binance does, as the"
                  + " README says");
    };
  }

  private static ExchangeChoice local(Kind kind, UpOptions options) {
    List<String> given = options.exchange.given();
    if (!given.isEmpty()) {
      throw refused(given.getFirst() + " is for --exchange demo");
    }
    if (!options.market.symbols.isEmpty()) {
      throw refused("--symbols is for --exchange demo");
    }
    if (kind == Kind.TWIN && !options.market.candles.isEmpty()) {
      throw refused("--exchange twin runs in wall-clock time: leave --candles out");
    }
    if (kind == Kind.TWIN && opens(options) && isKept(options)) {
      throw refused(
          "--exchange twin has nothing open at each start, so a ledger that is kept would be of a"
              + " twin that is gone: leave --data and --bootstrap-servers out");
    }
    return new ExchangeChoice(kind, List.of(), Optional.empty());
  }

  private static ExchangeChoice demo(
      UpOptions options, Map<String, String> environment, Consumer<String> warn) {
    if (!options.market.candles.isEmpty()) {
      throw refused("--exchange demo has the prices of its own market: leave --candles out");
    }
    if (options.market.intents != null) {
      throw refused("--exchange demo takes no --intents: send them with ./quantum intent");
    }
    BinanceEnvironment at = options.exchange.environment();
    requireLedger(options);
    List<ApiKey> keys =
        options.parts.leftOut().contains(Part.EXECUTOR)
            ? List.of()
            : options.exchange.keys(options.paper.settings().accounts(), environment, warn);
    SymbolChoice symbols =
        options.market.symbols.isEmpty()
            ? SymbolChoice.all()
            : RealMarket.choice(options.market.symbols);
    return new ExchangeChoice(
        Kind.DEMO,
        keys,
        Optional.of(new RealMarket(at.rest(), Optional.of(at.marketStreams()), symbols)));
  }

  /**
   * What is open on the exchange outlives this process, and so must the ledger that knows it: the
   * next start would find positions that nothing explains, and hold them.
   */
  private static void requireLedger(UpOptions options) {
    if (opens(options) && options.oneTrade.isEmpty() && !isKept(options)) {
      throw refused(
          "--exchange demo keeps positions when this ends, so the ledger must be kept too: give"
              + " --data DIR, the same each time (--mode observe does without)");
    }
  }

  private static boolean isKept(UpOptions options) {
    return options.parts.data != null
        || options.parts.bootstrapServers != null
        || options.client.config().bootstrapServers().isPresent();
  }

  private static boolean opens(UpOptions options) {
    return !options.parts.leftOut().contains(Part.EXECUTOR)
        && options.executor.mode() != ExecutorMode.OBSERVE;
  }

  /** Returns a line that says how long the ledger lasts, where that is less than the exchange. */
  static Optional<String> forgets(UpOptions options) {
    return options.exchange.isRemote() && !isKept(options) && options.oneTrade.isEmpty()
        ? Optional.of(
            "note: without --data DIR the ledger ends with this run; what is open on the exchange"
                + " does not")
        : Optional.empty();
  }

  private static CommandFailure refused(String why) {
    return new CommandFailure(USAGE, why, null);
  }

  /** Returns a line that says what is fed, where the exchange has a market. */
  Optional<String> describe() {
    return market.map(
        real ->
            "market of %s at %s, %s"
                .formatted(
                    kind.name().toLowerCase(java.util.Locale.ROOT),
                    real.url(),
                    real.symbols().isAll()
                        ? "all perpetual contracts in USDT"
                        : String.join(", ", real.symbols().named())));
  }
}
