package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.AlgoStatus;
import io.quantumtrader.execution.twin.core.TwinAlgoOrder;
import io.quantumtrader.execution.twin.core.TwinOrder;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.Sizing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is restored after the pipeline and the exchange went on: one position was opened since,
 * one closed and a stop moved. Nothing is ordered twice, nothing is opened until an operator says
 * so and ledger and exchange agree, and what was missed is booked from the exchange's list of
 * trades.
 */
@Tag("real")
public final class OldBackupOnTwinTest {

  /** The section of the runbook that this starts for real. */
  public static final String TROUBLE = "Everything is REDUCING after a restore";

  private static final String BTC = DemoRun.BTC;
  private static final String ETH = "ETHUSDT";
  private static final List<String> ACCOUNTS = List.of("main", "second");
  private static final BigDecimal START = new BigDecimal("10000");
  private static final String TRADES = "/fapi/v1/userTrades";

  /** More often than the list is asked for while it is wanted to be silent. */
  private static final int SILENT = 10_000;

  @TempDir private Path directory;

  private List<String> on(ExchangeTwin twin, Path data) throws Exception {
    return DemoRun.options(
        twin, directory, ACCOUNTS, "--data", data.toString(), "--without", "agent,redis");
  }

  @Test
  void shouldCatchUpWithAnExchangeThatWentOn() throws Exception {
    Path data = directory.resolve("data");
    Path archive = directory.resolve("old.backup");
    try (ExchangeTwin twin =
        DemoRun.twin(TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "5"), ACCOUNTS)) {
      // given: BTC of main and of second, which the backup has
      try (DemoRun run = new DemoRun(on(twin, data))) {
        run.awaitFed();
        open(run, twin, "main", BTC);
        open(run, twin, "second", BTC);
        run.await(() -> agree(run, twin));
      }
      done(CommandRun.of("backup", "--data", data, "--out", archive));

      // and: what it does not have: ETH of main, the close of second, a stop that was moved
      BigDecimal tight;
      try (DemoRun run = new DemoRun(on(twin, data))) {
        run.awaitFed();
        open(run, twin, "main", ETH);
        run.send("second", BTC, "closing", IntentAction.CLOSE, Sizing.QUANTITY, "1", 1);
        run.await(() -> twin.state().positions("second").isEmpty());
        tight = tightened(run, twin);
        run.await(() -> agree(run, twin));
      }
      List<TwinOrder> ordered = orders(twin);

      // when: it is restored, while the exchange does not tell what was traded
      Path old = directory.resolve("old");
      done(CommandRun.of("restore", archive, "--data", old));
      twin.faults().next("GET", TRADES, RestFault.refusal(503, -1001, "Internal error"), SILENT);
      try (DemoRun run = new DemoRun(on(twin, old))) {
        run.awaitFed();

        // then: nothing is opened
        assertThat(run.said()).contains("nothing is opened: all accounts are REDUCING");
        run.send("main", ETH, "reduced", IntentAction.BUY, Sizing.NOTIONAL, "300", 2);
        run.await(() -> codes(run).contains("main TRADING_REDUCING"));

        // and: not either while ledger and exchange disagree, whoever says so
        run.command("control", "state", "ACTIVE", "--reason", "test");
        run.await(() -> held(run).contains("main " + ETH) && held(run).contains("second " + BTC));
        run.send("main", ETH, "held", IntentAction.BUY, Sizing.NOTIONAL, "300", 2);
        run.send("second", BTC, "held", IntentAction.BUY, Sizing.NOTIONAL, "300", 2);
        run.await(
            () -> codes(run).containsAll(List.of("main POSITION_HELD", "second POSITION_HELD")));
        assertThat(orders(twin)).isEqualTo(ordered);

        // when: it tells
        twin.faults().clear();

        // then
        run.await(() -> agree(run, twin));
        assertThat(orders(twin)).as("nothing was ordered").isEqualTo(ordered);
        assertThat(foreign(run)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(stops(twin, "main", BTC)).as("the stop stays").containsExactly(tight);
        assertThat(stops(twin, "main", ETH)).as("the stop of what was opened since").hasSize(1);
        assertThat(stops(twin, "second", BTC)).isEmpty();

        // and: an intent that was traded since the backup, and that no topic knows, is sent again
        run.send("main", ETH, "main-" + ETH, IntentAction.BUY, Sizing.NOTIONAL, "300", 2);
        run.await(() -> codes(run).contains("main ALREADY_OPEN"));
        assertThat(orders(twin)).isEqualTo(ordered);
      }
    }
  }

  /** Asks for a position until there is one; each asking has an id of its own. */
  private static void open(DemoRun run, ExchangeTwin twin, String account, String symbol)
      throws InterruptedException {
    int[] asked = {0};
    run.await(
        () -> {
          if (twin.state().amount(account, symbol).signum() == 0) {
            String id = account + "-" + symbol + (asked[0] == 0 ? "" : "-" + asked[0]);
            asked[0]++;
            run.send(account, symbol, id, IntentAction.BUY, Sizing.NOTIONAL, "300", 2);
          }
          return twin.state().amount(account, symbol).signum() > 0
              && stops(twin, account, symbol).size() == 1;
        });
  }

  /** Moves the stop of main in BTC nearer to the market, and returns where it rests then. */
  private static BigDecimal tightened(DemoRun run, ExchangeTwin twin) throws InterruptedException {
    BigDecimal before = stops(twin, "main", BTC).getFirst();
    String price =
        before
            .multiply(new BigDecimal("1.002"))
            .setScale(1, java.math.RoundingMode.UP)
            .toPlainString();
    run.command("control", "stop", BTC, price, "--account", "main", "--reason", "test");
    run.await(() -> stops(twin, "main", BTC).stream().anyMatch(now -> now.compareTo(before) > 0));
    run.await(() -> stops(twin, "main", BTC).size() == 1);
    return stops(twin, "main", BTC).getFirst();
  }

  private static List<BigDecimal> stops(ExchangeTwin twin, String account, String symbol) {
    return twin.state().conditionalOrders(account).stream()
        .filter(algo -> algo.status() == AlgoStatus.NEW)
        .filter(algo -> algo.request().symbol().equals(symbol))
        .filter(algo -> algo.request().type().equals("STOP_MARKET"))
        .map(TwinAlgoOrder::triggerPrice)
        .toList();
  }

  private static List<TwinOrder> orders(ExchangeTwin twin) {
    List<TwinOrder> orders = new ArrayList<>();
    ACCOUNTS.forEach(account -> orders.addAll(twin.state().orders(account)));
    return orders;
  }

  private static List<String> codes(DemoRun run) {
    return List.copyOf(TwinBooks.read(run.endpoints()).codes().keySet());
  }

  private static List<String> held(DemoRun run) {
    return ACCOUNTS.stream()
        .flatMap(account -> TwinBooks.read(run.endpoints()).held(account).stream())
        .toList();
  }

  private static List<ApplyResult> foreign(DemoRun run) {
    return TwinBooks.read(run.endpoints()).results().stream()
        .filter(each -> each.getOrigin() == ResultOrigin.FOREIGN)
        .toList();
  }

  /** Results, ledger, fills and wallet of each account say what the exchange says. */
  private static boolean agree(DemoRun run, ExchangeTwin twin) {
    TwinBooks books = TwinBooks.read(run.endpoints());
    return ACCOUNTS.stream()
        .allMatch(account -> books.flaws(account, twin.state(), START).isEmpty());
  }

  private static void done(CommandRun run) {
    assertThat(run.code()).as(run.err()).isZero();
  }
}
