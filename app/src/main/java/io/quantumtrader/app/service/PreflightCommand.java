package io.quantumtrader.app.service;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.app.parts.ExchangeOptions;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.BinanceMarketData;
import io.quantumtrader.market.WallTime;
import io.quantumtrader.market.live.ClockSkew;
import io.quantumtrader.market.live.MarketCheck;
import io.quantumtrader.market.live.MarketUnusableException;
import io.quantumtrader.market.live.StreamCheck;
import io.quantumtrader.market.live.SymbolChoice;
import io.quantumtrader.schemas.topic.Accounts;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks that a real market can be fed, and ends. */
@Command(
    name = "preflight",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = {
      "Check that a real market can be fed: it is configured and answers, the clocks agree, and",
      "the symbols trade; and that the accounts may be traded with. Exit code 0 if every check",
      "passes, else 1. It changes nothing."
    },
    footer = {"", "Example:", "  ./quantum service preflight --market binance --symbols BTCUSDT"})
final class PreflightCommand implements Callable<Integer> {

  private static final Duration STREAMS_WITHIN = Duration.ofSeconds(5);

  /** What one look found. */
  private record Finding(String name, boolean ok, String said) {}

  @Mixin private MarketOptions market = new MarketOptions();

  @Mixin private ExchangeOptions exchange = new ExchangeOptions();

  @Option(
      names = "--accounts",
      paramLabel = "NAME",
      split = ",",
      defaultValue = Accounts.MAIN,
      description = "Accounts to trade for. Default: ${DEFAULT-VALUE}.")
  private List<String> accounts;

  @Option(names = "--json", description = "Print what was found as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    lookAtExchange(findings);
    if (market.isReal()) {
      findings.add(new Finding("market", true, "market " + market.real().name() + ": real prices"));
      lookAtMarket(findings);
    } else {
      findings.add(
          new Finding(
              "market",
              false,
              "the market is the generated one: set QUANTUM_MARKET=binance (--market binance),"
                  + " or do not use the profile live"));
    }
    boolean ok = findings.stream().allMatch(Finding::ok);
    Screen screen = Screen.ofProcess();
    findings.forEach(each -> screen.line((each.ok() ? "✓ " : "✗ ") + each.said()));
    if (json) {
      print(findings, ok);
    }
    return ok ? 0 : 1;
  }

  private void lookAtExchange(List<Finding> findings) {
    if (exchange.isPaper()) {
      findings.add(new Finding("exchange", true, "exchange paper: no order leaves this system"));
      return;
    }
    exchange.check(accounts);
    List<ApiKey> keys = exchange.keys(accounts, System.getenv(), Screen.ofProcess()::line);
    findings.add(
        new Finding(
            "exchange",
            true,
            "exchange %s at %s%s"
                .formatted(
                    exchange.environment().name(),
                    exchange.environment().rest(),
                    exchange.environment().realMoney() ? ": real money" : "")));
    for (PreflightLines.Line line : PreflightLines.of(exchange, keys, List.of())) {
      findings.add(
          new Finding(
              line.account() + " " + line.finding().check(), line.ok(), line.text().substring(2)));
    }
  }

  private void lookAtMarket(List<Finding> findings) throws InterruptedException {
    SymbolChoice symbols = market.symbols();
    Optional<URI> streams = market.streams();
    try (BinanceMarketData data = market.real().client()) {
      MarketCheck check = new MarketCheck(data, WallTime.system()::nowMs);
      ClockSkew skew = check.skew();
      findings.add(new Finding("answers", true, market.url() + " answers"));
      findings.add(
          new Finding(
              "clock",
              !skew.isRefused(),
              skew.line()
                  + (skew.isRefused()
                      ? "; the limit is 5 s: synchronise the clock with NTP"
                      : "")));
      int trading = check.contracts(symbols).size();
      findings.add(new Finding("symbols", true, trading + " symbols trade"));
      findings.add(streams(streams));
    } catch (MarketUnusableException e) {
      boolean answered = findings.stream().anyMatch(each -> each.name().equals("answers"));
      findings.add(new Finding(answered ? "symbols" : "answers", false, e.getMessage()));
    }
  }

  /** Without streams the market is fed all the same, so no finding of these is against it. */
  private static Finding streams(Optional<URI> url) throws InterruptedException {
    if (url.isEmpty()) {
      return new Finding("streams", true, "no streams: candles and mark prices are asked for");
    }
    Optional<String> trouble = StreamCheck.trouble(url.get(), STREAMS_WITHIN);
    return new Finding(
        "streams",
        true,
        trouble.isEmpty()
            ? url.get() + " sends mark prices"
            : "%s sends nothing (%s): until it does, candles and mark prices are asked for"
                .formatted(url.get(), trouble.get()));
  }

  private void print(List<Finding> findings, boolean ok) {
    ObjectNode said = new JsonMapper().createObjectNode();
    said.put("ok", ok);
    for (Finding finding : findings) {
      said.withArray("findings")
          .addObject()
          .put("name", finding.name())
          .put("ok", finding.ok())
          .put("said", finding.said());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(said);
    out.flush();
  }
}
