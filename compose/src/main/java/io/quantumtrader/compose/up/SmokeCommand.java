package io.quantumtrader.compose.up;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.ContributedCommand;
import io.quantumtrader.app.cli.PipelineOptions;
import io.quantumtrader.app.cli.RedisAccess;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.ExchangeAccess;
import io.quantumtrader.app.smoke.LedgerKey;
import io.quantumtrader.app.smoke.SmokeOrder;
import io.quantumtrader.app.smoke.SmokeRun;
import io.quantumtrader.app.smoke.SmokeStep;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Symbols;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trades once through a running pipeline, and looks everywhere. */
@Command(
    name = "smoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trade once through a pipeline: one small entry with stop and target, seen on the",
      "exchange, in the ledger and in Redis, then closed. Prints what took how long. It trades for",
      "real where the executor does. Ctrl-C lets it close what it opened, and end. Exit code 0 if",
      "each step was as it should be, else 1."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum smoke --exchange twin --symbol BTCUSDT --notional 50",
      "  ./quantum smoke --exchange demo --keys demo.keys --symbol BTCUSDT --notional 120",
      "  ./quantum smoke --symbol BTCUSDT --notional 20",
      "  ./quantum smoke --symbol ETHUSDT --notional 25 --account second --json"
    })
public final class SmokeCommand implements Callable<Integer>, ContributedCommand {

  @Mixin private PipelineOptions place = new PipelineOptions();

  /** The exchange of a pipeline of the command's own. */
  static final class Own extends ExchangeAccess {

    @Option(
        names = "--exchange",
        paramLabel = "NAME",
        description =
            "Start a pipeline of its own on paper, on a twin of the exchange, or on Binance's"
                + " environment for trials (demo), and end it afterwards. Default: use the one"
                + " that runs, whatever its exchange.")
    private Kind kind;

    @Option(
        names = "--symbols",
        paramLabel = "NAME",
        split = ",",
        description = "Contracts that --exchange demo feeds, as of up. Default: all.")
    private List<String> symbols = List.of();

    @Override
    public Kind kind() {
      return kind;
    }

    /** Returns whether the pipeline that runs is to be used. */
    boolean isNone() {
      return kind == null;
    }

    /** Returns what becomes of a position that the test could not close, or what closes it. */
    String ifLeft(String account, String symbol) {
      if (isNone()) {
        return "if it stays: ./quantum flatten --account %s --symbol %s".formatted(account, symbol);
      }
      return isRemote()
          ? "the pipeline ends, what is open there stays, so close it: %s --symbol %s"
              .formatted(flattenDirect(account), symbol)
          : "it ends with this exchange, which ends now";
    }

    List<String> options(String account) {
      List<String> options =
          new ArrayList<>(
              List.of("--exchange", kind.name(), "--accounts", account, "--without", "agent"));
      options.addAll(given());
      if (!symbols.isEmpty()) {
        options.addAll(List.of("--symbols", String.join(",", symbols)));
      }
      return options;
    }
  }

  @Mixin private Own own = new Own();

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      defaultValue = "BTCUSDT",
      description = "Instrument to trade; it must be flat. Default: ${DEFAULT-VALUE}.")
  private String symbol;

  @Option(
      names = "--notional",
      paramLabel = "AMOUNT",
      defaultValue = "20",
      description =
          "What the entry is worth, quote currency. Where that rounds down to less than the exchange"
              + " takes, the smallest that it takes, up to twice as much. Default:"
              + " ${DEFAULT-VALUE}.")
  private BigDecimal notional;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = Accounts.MAIN,
      description = "Account to trade for. Default: ${DEFAULT-VALUE}.")
  private String account;

  @Option(
      names = "--redis-prefix",
      paramLabel = "PREFIX",
      defaultValue = "quantum:",
      description = "Prefix of Redis keys. Default: ${DEFAULT-VALUE}")
  private String redisPrefix;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "45",
      description = "How long each step may take. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(names = "--json", description = "Print the steps as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  private OptionalInt signal = OptionalInt.empty();

  @Override
  public Object command() {
    return this;
  }

  static final String STOPPING =
      "Stopping: nothing more is opened, and what was opened is closed. Ctrl-C again ends it at"
          + " once.";

  @Override
  public Integer call() throws InterruptedException {
    SmokeOrder order = order();
    Screen screen = Screen.ofProcess();
    if (own.isNone()) {
      if (!own.given().isEmpty() || !own.symbols.isEmpty()) {
        throw usage("--exchange-url, --keys and --symbols are for --exchange demo");
      }
      int code = play(order, place.pipeline(), screen, smoke -> playThere(smoke, order, screen));
      return signal.orElse(code);
    }
    return playOnOwn(order, screen);
  }

  private int playOnOwn(SmokeOrder order, Screen screen) throws InterruptedException {
    OneTrade trade = new OneTrade(order.symbol());
    try (OwnPipeline pipeline = new OwnPipeline(screen, trade, own.options(order.account()))) {
      try {
        int code = play(order, pipeline.awaitRunning(), screen, pipeline::play);
        return pipeline.signal().orElse(code);
      } catch (CommandFailure failure) {
        // Whatever an interrupted start fails with, it was told to.
        return pipeline.signal().orElseThrow(() -> failure);
      }
    }
  }

  /** Plays with a pipeline that is not the command's, and leaves that as it is after Ctrl-C. */
  private List<SmokeStep> playThere(SmokeRun smoke, SmokeOrder order, Screen screen) {
    Runnable interrupt =
        () -> {
          screen.line(STOPPING);
          smoke.interrupt();
        };
    Supplier<Optional<String>> left =
        () ->
            Optional.of("Something may be left open; " + order.ifLeft())
                .filter(hint -> smoke.mayHaveLeft());
    try (CtrlC ctrlC = CtrlC.of(interrupt, screen, SmokeRun.END_WITHIN, left)) {
      List<SmokeStep> steps = smoke.play();
      signal = ctrlC.code();
      return steps;
    }
  }

  private int play(
      SmokeOrder order,
      RunningPipeline pipeline,
      Screen screen,
      Function<SmokeRun, List<SmokeStep>> playing) {
    screen.line("Pipeline " + pipeline.describe() + ".");
    Optional<LedgerKey> redis = redis(pipeline, order, screen);
    try (SmokeRun run = new SmokeRun(pipeline, order, redis, this::tell)) {
      return play(order, run, playing);
    } catch (KafkaException e) {
      throw unreachable(e, "");
    } finally {
      redis.ifPresent(LedgerKey::close);
    }
  }

  private int play(SmokeOrder order, SmokeRun run, Function<SmokeRun, List<SmokeStep>> playing) {
    try {
      List<SmokeStep> steps = playing.apply(run);
      if (json) {
        print(order, steps, run.succeeded());
      }
      return run.succeeded() ? 0 : 1;
    } catch (KafkaException e) {
      throw unreachable(
          e, run.mayHaveLeft() ? "; something may be left open: " + order.ifLeft() : "");
    }
  }

  private static CommandFailure unreachable(KafkaException e, String left) {
    return new CommandFailure("the pipeline cannot be reached: " + e.getMessage() + left, e);
  }

  private SmokeOrder order() {
    String name = symbol.strip().toUpperCase(Locale.ROOT);
    if (!Symbols.isSymbol(name)) {
      throw usage("'" + symbol + "' is not a symbol; give one like BTCUSDT");
    }
    if (!Accounts.isName(account)) {
      throw usage("'" + account + "' is not an account name; use " + Accounts.RULE);
    }
    if (notional.signum() <= 0) {
      throw usage("--notional must be above 0, not " + notional.toPlainString());
    }
    if (waitSeconds < 1) {
      throw usage("--wait must be 1 or more");
    }
    return new SmokeOrder(
        account, name, notional, Duration.ofSeconds(waitSeconds), own.ifLeft(account, name));
  }

  private Optional<LedgerKey> redis(RunningPipeline pipeline, SmokeOrder order, Screen screen) {
    String uri = pipeline.addresses().redis();
    if (uri.isEmpty()) {
      screen.line("Where its Redis is, is not known: it is not looked at.");
      return Optional.empty();
    }
    return Optional.of(
        new LedgerKey(
            RedisAccess.at(uri, pipeline.config()), redisPrefix, order.account(), order.symbol()));
  }

  private void tell(SmokeStep step) {
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line(step));
      out.flush();
    }
  }

  static String line(SmokeStep step) {
    return String.format(
        Locale.ROOT,
        "%s %-28s %8.3f s  %s",
        step.ok() ? "ok  " : "FAIL",
        step.name(),
        step.took().toNanos() / 1e9,
        step.said());
  }

  private void print(SmokeOrder order, List<SmokeStep> steps, boolean ok) {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("ok", ok).put("account", order.account()).put("symbol", order.symbol());
    for (SmokeStep step : steps) {
      node.withArray("steps")
          .addObject()
          .put("name", step.name())
          .put("ok", step.ok())
          .put("seconds", step.took().toNanos() / 1e9)
          .put("said", step.said());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(node);
    out.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
