package io.quantumtrader.app.parts;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.ApiKeys;
import io.quantumtrader.binance.BinanceEnvironment;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionFile;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.binance.BinanceSettings;
import io.quantumtrader.execution.binance.Preflight;
import io.quantumtrader.execution.binance.PreflightRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import picocli.CommandLine.Option;

/** Where an exchange is and how an account proves itself there, as given on a command line. */
public abstract class ExchangeAccess {

  /** Exit code of a command that was given something that cannot be used. */
  static final int USAGE = 2;

  /** The exchanges there are. */
  public enum Kind {
    /** Paper money in the executor's process. */
    PAPER,
    /** A twin of Binance that runs somewhere. */
    TWIN,
    /** Binance's environment for trials: orders that are real, money that is none. */
    DEMO,
    /** Binance: real money. */
    BINANCE
  }

  @Option(
      names = "--exchange-url",
      paramLabel = "URL",
      description = {
        "REST address of the exchange, https unless it is on this machine; together with",
        "--exchange-streams. Default: that of demo or binance."
      })
  private URI url;

  @Option(
      names = "--exchange-streams",
      paramLabel = "URL",
      description = {
        "WebSocket address of the exchange, before /market and /private, wss unless it is on this",
        "machine; together with --exchange-url. Default: that of demo or binance."
      })
  private URI streams;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = {
        "File with the accounts' keys, readable by you alone: QUANTUM_BINANCE_MAIN_KEY=... and",
        "_SECRET or _PRIVATE_KEY_FILE. It counts alone: keys in the environment are passed over.",
        "Default: the environment, and the file that it names in QUANTUM_BINANCE_KEYS_FILE."
      })
  private Path keys;

  @Option(
      names = "--record-session",
      paramLabel = "FILE",
      description =
          "Write what is asked and answered into this file, without secrets; for"
              + " ./quantum twin compare.")
  private Path session;

  /** Creates them; picocli sets what is given. */
  protected ExchangeAccess() {}

  /** Returns which exchange it is. */
  public abstract Kind kind();

  /** Returns whether no order leaves this system. */
  public boolean isPaper() {
    return kind() == Kind.PAPER;
  }

  /** Returns whether it is Binance's, which goes on when this process ends: demo or real. */
  public boolean isRemote() {
    return kind() == Kind.DEMO || kind() == Kind.BINANCE;
  }

  /** Returns the command that closes what an account has there, without a pipeline. */
  public String flattenDirect(String account) {
    return ExchangeCommands.flattenDirect(this, account);
  }

  /** Returns the command that looks whether accounts may be traded with there. */
  public String preflightOf(List<String> accounts) {
    return ExchangeCommands.preflight(this, accounts);
  }

  /** Returns what was given, as it is given to another command that takes it. */
  public List<String> given() {
    List<String> arguments = new ArrayList<>(place());
    given(arguments, "--record-session", session);
    return List.copyOf(arguments);
  }

  /** Returns where it is and where its keys are, as that was given. */
  List<String> place() {
    List<String> arguments = new ArrayList<>();
    given(arguments, "--exchange-url", url);
    given(arguments, "--exchange-streams", streams);
    given(arguments, "--keys", keys);
    return List.copyOf(arguments);
  }

  private static void given(List<String> arguments, String option, Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }

  /**
   * Returns where the exchange is.
   *
   * @throws CommandFailure where its address is not known or none, where request and streams would
   *     go to two exchanges, or one of them to real money without {@link Kind#BINANCE}
   */
  public BinanceEnvironment environment() {
    ExchangeAddresses.flaw(kind(), url, streams)
        .ifPresent(
            flaw -> {
              throw new CommandFailure(USAGE, flaw, null);
            });
    return known();
  }

  /**
   * Returns the market of the exchange, as its feed names it; empty where it has none of its own,
   * and trades at the prices that are fed.
   *
   * @throws CommandFailure if an address cannot be used
   */
  public Optional<String> market() {
    return switch (kind()) {
      case PAPER, TWIN -> Optional.empty();
      case DEMO, BINANCE -> Optional.of(RealMarket.nameOf(environment().rest()));
    };
  }

  private BinanceEnvironment known() {
    return switch (kind()) {
      case PAPER -> throw new IllegalStateException("paper is nowhere");
      case TWIN -> {
        if (url == null || streams == null) {
          throw new CommandFailure(
              USAGE, "--exchange twin needs --exchange-url and --exchange-streams", null);
        }
        yield BinanceEnvironment.at("twin", url, streams);
      }
      case DEMO -> at(BinanceEnvironment.DEMO);
      case BINANCE -> at(BinanceEnvironment.REAL);
    };
  }

  private BinanceEnvironment at(BinanceEnvironment known) {
    BinanceEnvironment elsewhere =
        streams == null ? known : BinanceEnvironment.at(known.name(), known.rest(), streams);
    return new BinanceEnvironment(
        known.name(),
        known.realMoney(),
        url == null ? known.rest() : url,
        elsewhere.marketStreams(),
        elsewhere.privateStreams(),
        known.sapi());
  }

  /**
   * Returns the keys of the accounts.
   *
   * @param environment environment variables
   * @param warn hears what is wrong with how they are kept
   * @throws CommandFailure if one is missing or cannot be read
   */
  public List<ApiKey> keys(
      List<String> accounts, Map<String, String> environment, Consumer<String> warn) {
    try {
      // Half a key from here and half from there would be no key, or that of another account.
      ApiKeys all =
          ApiKeys.from(keys == null ? environment : Map.of(ApiKeys.FILE, keys.toString()));
      List<ApiKey> keys = new ArrayList<>();
      for (String account : accounts) {
        keys.add(
            all.of(account).orElseThrow(() -> new CommandFailure(USAGE, missing(account), null)));
      }
      all.complaints().forEach(warn);
      return keys;
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(USAGE, wrong.getMessage(), wrong);
    }
  }

  private String missing(String account) {
    String variable = "QUANTUM_BINANCE_" + variable(account) + "_KEY and _SECRET";
    return "there is no key for the account %s".formatted(account)
        + (keys == null
            ? ": set %s, or name a file of them, --keys FILE".formatted(variable)
            : " in --keys %s: it needs %s".formatted(keys, variable));
  }

  private static String variable(String account) {
    return account.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * Asks the exchange what must be true before an account is traded with. It changes nothing there.
   *
   * @param key the account's
   * @param symbols to be traded, as a check of some; may be empty
   * @param wallMs wall time, epoch milliseconds UTC
   */
  public List<Preflight.Finding> preflight(ApiKey key, List<String> symbols, LongSupplier wallMs) {
    return PreflightRun.run(
        BinanceSettings.of(environment()),
        key,
        symbols,
        List.of(),
        wallMs,
        RateBudget.documented(),
        SessionRecorder.none());
  }

  /**
   * Returns the exchange; nothing is asked yet.
   *
   * @param keys one for each account
   * @param wallMs wall time, epoch milliseconds UTC
   */
  public BinanceExchange open(List<ApiKey> keys, LongSupplier wallMs) {
    return new BinanceExchange(
        BinanceSettings.of(environment()), keys, wallMs, RateBudget.documented(), recorder(wallMs));
  }

  private SessionRecorder recorder(LongSupplier wallMs) {
    if (session == null) {
      return SessionRecorder.none();
    }
    try {
      return new SessionFile(session, wallMs);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + session + ": " + e.getMessage(), e);
    }
  }
}
