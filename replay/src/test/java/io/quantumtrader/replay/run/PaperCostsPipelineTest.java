package io.quantumtrader.replay.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.market.GeneratedSymbol;
import io.quantumtrader.market.IntentQueue;
import io.quantumtrader.market.TimedIntent;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.result.ResultFold;
import io.quantumtrader.replay.result.Results;
import io.quantumtrader.replay.result.Trade;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What trading costs, through the whole pipeline: entries of both accounts in every symbol a
 * quarter of an hour before funding is due, and what comes of them.
 */
final class PaperCostsPipelineTest {

  private static final int MINUTES = 500;
  private static final long FUNDING_MS = Candles.BEGIN_MS + 480 * Candles.MINUTE;
  private static final long ENTRY_MS = FUNDING_MS - 15 * Candles.MINUTE;
  private static final PaperSettings NO_SLIPPAGE =
      TwoAccounts.setup(List.of())
          .paper()
          .withCosts(BigDecimal.ZERO, PaperSettings.DEFAULT.feeRate());

  @TempDir private Path directory;

  /** What a run left, in the order it was written. */
  private static final class Left {
    private final List<SpecificRecord> records = new ArrayList<>();
    private final List<String> bytes = new ArrayList<>();
    private final ResultFold fold = new ResultFold();

    private <T extends SpecificRecord> Stream<T> of(Class<T> type) {
      return records.stream().filter(type::isInstance).map(type::cast);
    }

    private Stream<ApplyResult> fills() {
      return of(ApplyResult.class).filter(result -> result.getFill() != null);
    }

    private List<ExchangeIncome> incomes() {
      return of(ExchangeIncome.class).toList();
    }

    /** Returns the wallets of both accounts together, as they were published last. */
    private BigDecimal wallets() {
      Map<String, BigDecimal> last = new HashMap<>();
      of(ExchangeAccount.class).forEach(each -> last.put(each.getAccount(), each.getWallet()));
      return last.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void take(RecordSerdes serdes, TopicPartition partition, LogEntry entry) {
      bytes.add(partition + "@" + entry.timestampMs() + java.util.Arrays.hashCode(entry.value()));
      Topic topic = Topic.named(partition.topic()).orElse(null);
      if (topic != null && entry.value() != null && topic.valueType().isPresent()) {
        SpecificRecord record =
            (SpecificRecord)
                serdes
                    .of(topic.valueType().get())
                    .deserializer()
                    .deserialize(partition.topic(), entry.value());
        records.add(record);
        fold.accept(record);
      }
    }
  }

  private static IntentQueue intents() {
    List<TimedIntent> intents = new ArrayList<>();
    for (GeneratedSymbol each : GeneratedMarketSettings.withSeed(7).symbols()) {
      for (String account : List.of("main", TwoAccounts.OTHER)) {
        intents.add(
            new TimedIntent(
                intents.size() + 1, TwoAccounts.entry(account, each.symbol(), ENTRY_MS)));
      }
    }
    return new IntentQueue(intents, List.of());
  }

  private static Left run(CandleFile candles, PaperSettings paper) throws Exception {
    PipelineSetup setup = TwoAccounts.setup(List.of()).withAgent(Optional.empty());
    PipelineSetup own =
        new PipelineSetup(
            setup.counts(), paper, setup.agent(), setup.policies(), setup.controls(), 0);
    Left left = new Left();
    List<Runnable> early = new ArrayList<>();
    RecordSerdes[] serdes = new RecordSerdes[1];
    try (MemoryPipeline pipeline =
        new MemoryPipeline(
            own,
            (partition, entry) -> {
              if (serdes[0] == null) {
                early.add(() -> left.take(serdes[0], partition, entry));
              } else {
                left.take(serdes[0], partition, entry);
              }
            })) {
      serdes[0] = pipeline.serdes();
      early.forEach(Runnable::run);
      CandleRun.play(pipeline, candles, intents(), new Stop(), progress -> {});
    }
    return left;
  }

  private CandleFile candles() throws Exception {
    return Candles.generated(directory, 7, MINUTES);
  }

  @Test
  void shouldPayFundingOutOfTheWalletAndCountItInTheResults() throws Exception {
    BigDecimal rate = new BigDecimal("0.0005");
    Left without = run(candles(), NO_SLIPPAGE);
    Left with = run(candles(), NO_SLIPPAGE.withFundingRate(rate));

    // each position that is open at the time, once, by quantity and the price at that time
    List<ExchangeIncome> paid = with.incomes();
    assertThat(paid).isNotEmpty().extracting(ExchangeIncome::getIncomeId).isNotEmpty();
    assertThat(paid).extracting(ExchangeIncome::getExchangeAtMs).containsOnly(FUNDING_MS);
    assertThat(paid).extracting(ExchangeIncome::getAtMs).containsOnly(FUNDING_MS + Candles.MINUTE);
    assertThat(paid).extracting(ExchangeIncome::getKind).containsOnly(IncomeKind.FUNDING);
    assertThat(paid)
        .extracting(each -> each.getAccount() + each.getIncomeId())
        .doesNotHaveDuplicates();
    assertThat(paid).extracting(ExchangeIncome::getAccount).contains("main", TwoAccounts.OTHER);
    Map<String, BigDecimal> due = due(with, rate);
    paid.forEach(
        each ->
            assertThat(each.getAmount())
                .isEqualByComparingTo(due.get(each.getAccount() + ":" + each.getSymbol())));
    assertThat(paid).hasSameSizeAs(due.keySet());

    // the wallet, and what the results say of it
    BigDecimal sum =
        paid.stream().map(ExchangeIncome::getAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum).isNegative();
    assertThat(without.incomes()).isEmpty();
    assertThat(with.wallets()).isEqualByComparingTo(expectedWallets(with).add(sum));
    assertThat(without.wallets()).isEqualByComparingTo(expectedWallets(without));
    Results results = with.fold.results();
    assertThat(results.funding()).isEqualByComparingTo(sum);
    assertThat(without.fold.results().funding()).isZero();
    List<Trade> paying =
        results.trades().stream().filter(trade -> trade.funding().signum() != 0).toList();
    assertThat(paying).isNotEmpty();
    assertThat(results.all().funding())
        .isEqualByComparingTo(
            paying.stream().map(Trade::funding).reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** Returns what each open position pays, from ledger and candles alone. */
  private static Map<String, BigDecimal> due(Left left, BigDecimal rate) {
    Map<String, BigDecimal> prices = new HashMap<>();
    left.of(Candle.class)
        .filter(each -> each.getOpenTimeMs() + each.getIntervalMs() == FUNDING_MS)
        .forEach(each -> prices.put(each.getSymbol(), each.getClose()));
    Map<String, BigDecimal> open = new HashMap<>();
    for (SpecificRecord record : left.records) {
      if (record instanceof ExchangeIncome) {
        break;
      }
      if (record instanceof PositionLedger row) {
        open.put(row.getAccount() + ":" + row.getSymbol(), row.getQuantity());
      }
    }
    open.values().removeIf(quantity -> quantity.signum() == 0);
    open.replaceAll(
        (key, quantity) ->
            quantity
                .multiply(prices.get(key.substring(key.indexOf(':') + 1)))
                .multiply(rate)
                .negate());
    return open;
  }

  /** Returns the wallets that ledger rows alone lead to: what was gained, less the fees. */
  private static BigDecimal expectedWallets(Left left) {
    Map<String, BigDecimal> gained = new HashMap<>();
    left.of(PositionLedger.class)
        .forEach(
            row ->
                gained.put(
                    row.getAccount() + ":" + row.getSymbol(),
                    row.getRealizedPnl().subtract(row.getFees())));
    BigDecimal start = PaperSettings.DEFAULT.startWallet().multiply(BigDecimal.valueOf(2));
    return gained.values().stream().reduce(start, BigDecimal::add);
  }

  @Test
  void shouldFillWhatTakesTimeAtTheNextFullMinuteAndLoseNothing() throws Exception {
    PaperSettings slow = NO_SLIPPAGE.withLatencyMs(500);
    Left left = run(candles(), slow);

    Map<String, Long> announcedMs = new HashMap<>();
    left.of(ApplyResult.class)
        .filter(each -> each.getOutcome() == ResultOutcome.SUBMITTING)
        .forEach(each -> announcedMs.put(each.getPlanId(), each.getAtMs()));
    Map<String, BigDecimal> closes = new HashMap<>();
    left.of(Candle.class)
        .forEach(
            each ->
                closes.put(
                    each.getSymbol() + (each.getOpenTimeMs() + each.getIntervalMs()),
                    each.getClose()));
    List<ApplyResult> planned =
        left.fills().filter(each -> each.getOrigin() == ResultOrigin.PLAN).toList();
    assertThat(planned).anyMatch(ApplyResult::getReduceOnly).anyMatch(r -> !r.getReduceOnly());
    for (ApplyResult each : planned) {
      Fill fill = each.getFill();
      assertThat(fill.getAtMs()).isEqualTo(announcedMs.get(each.getPlanId()) + Candles.MINUTE);
      assertThat(each.getAtMs()).isEqualTo(fill.getAtMs());
      assertThat(fill.getPrice())
          .isEqualByComparingTo(closes.get(each.getSymbol() + fill.getAtMs()));
    }
    // a plan whose order is on its way as the candles end has no answer yet
    Map<String, Long> finals = new HashMap<>();
    left.of(ApplyResult.class)
        .filter(ApplyResult::getFinalResult)
        .filter(each -> !each.getPlanId().isEmpty())
        .forEach(each -> finals.merge(each.getPlanId(), 1L, Long::sum));
    assertThat(finals.values()).containsOnly(1L);
    long endMs = Candles.BEGIN_MS + MINUTES * Candles.MINUTE;
    left.of(ApplyPlan.class)
        .filter(plan -> plan.getCreatedAtMs() < endMs)
        .forEach(plan -> assertThat(finals).containsKey(plan.getPlanId()));
    assertThat(left.wallets()).isEqualByComparingTo(expectedWallets(left));
    assertThat(run(candles(), slow).bytes).isEqualTo(left.bytes);
  }

  @Test
  void shouldStopAtTheOpenWhereTheMarketJumpedOverTheStop() throws Exception {
    // given: ten minutes after the entries candles are missing, then all is a tenth lower
    long goneMs = ENTRY_MS + 10 * Candles.MINUTE;
    long backMs = goneMs + 3 * Candles.MINUTE;
    CandleFile jumped =
        rewritten(
            line -> {
              String[] cells = line.split(",", -1);
              long openMs = Long.parseLong(cells[0]);
              if (openMs < goneMs) {
                return line;
              }
              for (int i = 2; i <= 5; i++) {
                BigDecimal price = new BigDecimal(cells[i]);
                cells[i] =
                    price
                        .multiply(new BigDecimal("0.88"))
                        .setScale(price.scale(), RoundingMode.HALF_EVEN)
                        .toPlainString();
              }
              return openMs < backMs ? "" : String.join(",", cells);
            });

    // when
    Left left = run(jumped, NO_SLIPPAGE);

    // then: worse than the stop, at the first open
    Map<String, BigDecimal> opens = new HashMap<>();
    left.of(Candle.class)
        .filter(each -> each.getOpenTimeMs() == backMs)
        .forEach(each -> opens.put(each.getSymbol(), each.getOpen()));
    List<ApplyResult> stopped =
        left.fills()
            .filter(each -> each.getOrigin() == ResultOrigin.STOP)
            .filter(each -> each.getAtMs() == backMs + Candles.MINUTE)
            .toList();
    assertThat(stopped).isNotEmpty();
    for (ApplyResult each : stopped) {
      assertThat(each.getFill().getPrice()).isEqualByComparingTo(opens.get(each.getSymbol()));
      assertThat(each.getFill().getPrice()).isLessThan(stop(left, each));
    }
  }

  private static BigDecimal stop(Left left, ApplyResult stopped) {
    BigDecimal last = null;
    for (SpecificRecord record : left.records) {
      if (record.equals(stopped)) {
        break;
      }
      if (record instanceof PositionLedger row
          && row.getAccount().equals(stopped.getAccount())
          && row.getSymbol().equals(stopped.getSymbol())
          && row.getStopPrice() != null) {
        last = row.getStopPrice();
      }
    }
    return last;
  }

  private CandleFile rewritten(UnaryOperator<String> line) throws Exception {
    candles();
    Path file = directory.resolve("candles-7-" + MINUTES + ".csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(file).subList(0, 1));
    Files.readAllLines(file).stream()
        .skip(1)
        .map(line)
        .filter(each -> !each.isEmpty())
        .forEach(lines::add);
    Path other = directory.resolve("jumped.csv");
    Files.write(other, lines);
    return CandleFile.read(other);
  }
}
