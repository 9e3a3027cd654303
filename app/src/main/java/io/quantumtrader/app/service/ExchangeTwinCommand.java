package io.quantumtrader.app.service;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.LocalTwin;
import io.quantumtrader.app.parts.RunningParts;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.TwinRules;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.schemas.topic.Accounts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A twin of the exchange, for everybody who has a bot to try. */
@Command(
    name = "exchange-twin",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Run a server that speaks the dialect of Binance USD-M futures, REST and WebSocket, with",
      "generated prices and accounts of its own. Any bot can be pointed at it. What goes wrong on",
      "demand is below /twin/ on the port of REST. It keeps nothing when it ends."
    },
    footer = {
      "",
      "Examples:",
      "  ./quantum service exchange-twin --port 9443 --stream-port 9444 --keys twin.keys",
      "  ./quantum service executor --exchange twin --keys twin.keys \\",
      "    --exchange-url http://127.0.0.1:9443 --exchange-streams ws://127.0.0.1:9444"
    })
final class ExchangeTwinCommand implements Callable<Integer> {

  private static final int USAGE = 2;
  private static final int MOST_PORT = 65_535;
  private static final int HISTORY_MINUTES = 1_000;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on. What it is told is not encrypted. Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of REST, 0 to 65535. Default: a free one.")
  private int port;

  @Option(
      names = "--stream-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the streams, 0 to 65535. Default: a free one.")
  private int streamPort;

  @Option(
      names = "--accounts",
      paramLabel = "NAME",
      split = ",",
      defaultValue = Accounts.MAIN,
      description = "Its accounts. Default: ${DEFAULT-VALUE}.")
  private List<String> accounts;

  @Option(
      names = "--wallet",
      paramLabel = "AMOUNT",
      defaultValue = "10000",
      description = "USDT that each account starts with. Default: ${DEFAULT-VALUE}.")
  private BigDecimal wallet;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      required = true,
      description =
          "File that the accounts' keys are written into, readable by you alone; the executor reads"
              + " it by --keys. An existing one is used again.")
  private Path keys;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "From one generated price to the next, seconds, 0.01 to 60. Default: 1.")
  private double intervalSeconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the prices. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--free-conditionals",
      description =
          "Conditional reduce-only orders take up nothing of the position while they wait. Default:"
              + " they do, and another order that would close more than the rest is refused (-4118).")
  private boolean freeConditionals;

  @Mixin private HealthFile health = new HealthFile();

  @Override
  public Integer call() throws IOException {
    check();
    List<TwinAccount> traders = new TwinKeysFile(keys).accounts(accounts, wallet);
    return ServiceRun.run("exchange-twin", health, (parts, onFailure) -> start(traders, parts));
  }

  private void check() {
    for (String account : accounts) {
      require(
          Accounts.isName(account),
          "--accounts: '" + account + "' is not an account name; use " + Accounts.RULE);
    }
    require(isPort(port) && isPort(streamPort), "--port and --stream-port must be 0 to 65535");
    require(wallet.signum() >= 0, "--wallet must be 0 or more, not " + wallet.toPlainString());
    require(
        intervalSeconds >= 0.01 && intervalSeconds <= 60, "--interval must be 0.01 to 60 seconds");
  }

  private static boolean isPort(int number) {
    return number >= 0 && number <= MOST_PORT;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CommandFailure(USAGE, message, null);
    }
  }

  private BooleanSupplier start(List<TwinAccount> traders, RunningParts parts) {
    GeneratedMarketSettings market = GeneratedMarketSettings.withSeed(seed);
    List<TwinSymbol> symbols = market.symbols().stream().map(LocalTwin::symbol).toList();
    TwinSettings settings =
        TwinSettings.of(traders, symbols)
            .listen(host, port, streamPort)
            .rules(TwinRules.usual().withRestingConditionals(!freeConditionals))
            .seed(seed)
            .generated(Math.round(intervalSeconds * 1000), 0.0003, HISTORY_MINUTES)
            .build();
    try {
      ExchangeTwin twin = parts.add("twin", ExchangeTwin.start(settings));
      Screen screen = Screen.ofProcess();
      screen.line("REST     " + twin.restUrl());
      screen.line("streams  " + twin.streamUrl());
      screen.line("keys     " + keys);
      return () -> true;
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot listen on %s, ports %d and %d: %s"
              .formatted(host, port, streamPort, e.getMessage()),
          e);
    }
  }
}
