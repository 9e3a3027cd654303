package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.entry.EntryLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Then: 20 000 entries of 500 accounts held up the clock, and with it every exit, by up to 160 s.
 * Now: exits, closes and the clock go first, and entries wait.
 */
@Tag("real")
final class BurstTest {

  private static final int ENTRIES = 20_000;

  /** Of a backlog, over all partitions; more than are decided in a step of the clock. */
  private static final int LATE = 3_000;

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final List<String> ACCOUNTS =
      IntStream.range(0, 500).mapToObj(i -> "burst-" + i).toList();
  private static final List<String> SYMBOLS =
      IntStream.range(0, 40).mapToObj(i -> "BURST" + i + "USDT").toList();

  /** Held before the burst begins. */
  private static final String HELD = "HELDUSDT";

  /** One account of each partition holds a position. */
  private static final List<String> HOLDERS =
      IntStream.range(0, RealPipeline.COUNTS.account())
          .mapToObj(
              partition ->
                  ACCOUNTS.stream().filter(account -> partition(account) == partition).findFirst())
          .map(found -> found.orElseThrow())
          .toList();

  private volatile long nowMs = Records.NOW;

  private static int partition(String account) {
    return Accounts.partitionOf(account, RealPipeline.COUNTS.account());
  }

  @Test
  void shouldTakeExitsClosesAndTheClockBeforeTheEntriesThatLieThere() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh()) {
      // given: the stages were away, and everything lies there, the entries first
      World world = world(pipeline);
      entries(world, LATE, Records.NOW);
      pipeline.flush();
      for (String holder : HOLDERS) {
        world.intend("close-" + holder, holder, "OTHERUSDT", IntentAction.CLOSE, Records.NOW);
        propose(pipeline, holder, Records.NOW);
      }
      for (int second = 0; second <= 5; second++) {
        pipeline.clock(Records.NOW + second * 1_000L);
      }

      // when: the clock goes on only once the exits and closes are there
      pipeline.startStages();
      try (Watch watch = new Watch(pipeline)) {
        watch.until(
            () -> watch.planned() == HOLDERS.size() && watch.closes() == HOLDERS.size(), PATIENCE);
        // The line outlives the process.
        pipeline.streams().close(Duration.ofSeconds(60));
        pipeline.startStages();
        for (int step = 6; step < 200 && watch.intents() < LATE + HOLDERS.size(); step++) {
          pipeline.clock(Records.NOW + step * 1_000L);
          pipeline.settle();
          watch.until(() -> true, PATIENCE);
        }
        assertThat(watch.intents()).isEqualTo(LATE + HOLDERS.size());
      }

      // then: in the order of each partition, the exit and the close lie before the last entries
      Map<Integer, List<Decision>> byPartition = decisions(pipeline);
      for (String holder : HOLDERS) {
        List<Decision> row = byPartition.get(partition(holder));
        int exit = position(row, holder, CauseType.PROPOSAL, "");
        int close = position(row, holder, CauseType.INTENT, "close-" + holder);
        assertThat(row.get(exit).getVerdict()).isEqualTo(Verdict.GRANTED);
        // Only the entries that a step of the clock allows were decided before.
        long all = entriesBehind(row, 0);
        assertThat(all).isGreaterThan(LATE / 5);
        assertThat(entriesBehind(row, exit))
            .as("behind the exit of " + holder)
            .isGreaterThanOrEqualTo(all - EntryLine.DECIDED_PER_STEP);
        assertThat(entriesBehind(row, close))
            .as("behind the close of " + holder)
            .isGreaterThanOrEqualTo(all - EntryLine.DECIDED_PER_STEP);
        assertThat(row.getLast().getAtMs()).isGreaterThan(Records.NOW + 5_000);
      }
      assertThat(pipeline.failedThreads()).isZero();
    }
  }

  /** That exits come first is the other test's; this one is for the figures in the pages. */
  @Test
  @EnabledIfSystemProperty(
      named = "quantum.bench",
      matches = "true",
      disabledReason = "measures; run it with -Dquantum.bench=true")
  void shouldSayHowLongExitsAndTheClockTakeDuringABurst() throws Exception {
    try (RealPipeline pipeline = RealPipeline.fresh()) {
      // given
      World world = world(pipeline);
      pipeline.startStages();
      AtomicBoolean ended = new AtomicBoolean();
      Thread clock = tick(pipeline, Records.NOW, ended);
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> pipeline.table(Topic.PORTFOLIO_STATE, PortfolioState.class).size() == 500);
      try (Watch watch = new Watch(pipeline)) {
        // when
        long beginNanos = System.nanoTime();
        entries(world, ENTRIES, nowMs);
        pipeline.flush();
        for (String holder : HOLDERS) {
          propose(pipeline, holder, nowMs);
          watch.asked(holder);
        }
        watch.until(() -> watch.planned() == HOLDERS.size(), PATIENCE);
        watch.until(() -> watch.intents() == ENTRIES, PATIENCE);
        say(watch, (System.nanoTime() - beginNanos) / 1e9);

        // then: each exit and each entry came to its one end, however long it took
        assertThat(watch.intents()).isEqualTo(ENTRIES);
        assertThat(watch.planned()).isEqualTo(HOLDERS.size());
      } finally {
        ended.set(true);
        clock.join();
      }
    }
  }

  private static void say(Watch watch, double all) {
    System.out.printf(
        Locale.ROOT,
        "burst of %d entries: proposal to exit plan, seconds: %s; all decided after %.1f s; codes"
            + " %s%n",
        ENTRIES,
        watch.seconds(),
        all,
        watch.codes);
  }

  /** Lets the clock go on each second, from a time on. */
  private Thread tick(RealPipeline pipeline, long fromMs, AtomicBoolean ended) {
    long begin = System.nanoTime();
    nowMs = fromMs;
    Thread thread =
        new Thread(
            () -> {
              while (!ended.get()) {
                nowMs = fromMs + (System.nanoTime() - begin) / 1_000_000;
                pipeline.clock(nowMs);
                try {
                  Thread.sleep(1_000);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    thread.start();
    return thread;
  }

  private static World world(RealPipeline pipeline) {
    List<String> symbols = new ArrayList<>(SYMBOLS);
    symbols.addAll(List.of(HELD, "OTHERUSDT"));
    World world = World.open(pipeline, ACCOUNTS, symbols);
    for (String holder : HOLDERS) {
      pipeline.send(Topic.APPLY_RESULT, holder, held(holder, HELD), Records.NOW - 500);
      pipeline.send(Topic.APPLY_RESULT, holder, held(holder, "OTHERUSDT"), Records.NOW - 500);
    }
    pipeline.flush();
    return world;
  }

  private static void entries(World world, int count, long atMs) {
    for (int number = 0; number < count; number++) {
      String account = ACCOUNTS.get(number % ACCOUNTS.size());
      String symbol = SYMBOLS.get(number / ACCOUNTS.size() % SYMBOLS.size());
      world.intend("entry-" + number, account, symbol, IntentAction.OPEN_LONG, atMs);
    }
  }

  private static void propose(RealPipeline pipeline, String account, long atMs) {
    HarvestProposal proposal =
        HarvestProposal.newBuilder()
            .setAccount(account)
            .setSymbol(HELD)
            .setPositionId(account + ":" + HELD + ":1")
            .setSide(PositionSide.LONG)
            .setAction("FULL_CLOSE_PROPOSED")
            .setTrigger(ExitTrigger.STOP_HIT)
            .setShare(1.0)
            .setQuantity(BigDecimal.ONE)
            .setEntryPrice(new BigDecimal("100"))
            .setMarkPrice(new BigDecimal("90"))
            .setUnrealizedPnl(new BigDecimal("-10"))
            .setRNet(-1.0)
            .setRiskUnit(10)
            .setCostEstimate(0.1)
            .setKillScore(0.5)
            .setKRegimeFlip(0)
            .setKSigmaSpike(0)
            .setKTsDrop(0)
            .setKAgePenalty(0)
            .setAgeMs(Records.MINUTE)
            .setAsOfMs(atMs)
            .build();
    pipeline.send(Topic.HARVEST_PROPOSAL, Accounts.key(account, HELD), proposal, atMs);
    pipeline.flush();
  }

  private static ApplyResult held(String account, String symbol) {
    String id = "held-" + account + symbol;
    return ApplyResult.newBuilder()
        .setResultId(id)
        .setAccount(account)
        .setSymbol(symbol)
        .setOutcome(ResultOutcome.FILLED)
        .setOrigin(ResultOrigin.ADOPTED)
        .setFinalResult(true)
        .setSide(OrderSide.BUY)
        .setReduceOnly(false)
        .setRequestedQuantity(BigDecimal.ONE)
        .setFilledQuantity(BigDecimal.ONE)
        .setFill(
            Fill.newBuilder()
                .setFillId(id)
                .setQuantity(BigDecimal.ONE)
                .setPrice(new BigDecimal("100"))
                .setFee(BigDecimal.ZERO)
                .setAtMs(Records.NOW - 500)
                .build())
        .setLeverage(2)
        .setAtMs(Records.NOW - 500)
        .build();
  }

  private static boolean ends(Decision decision) {
    return decision.getCauseType() == CauseType.INTENT && decision.getVerdict() != Verdict.RECORDED;
  }

  /** Returns the decisions that end something, partition by partition in the order they lie. */
  private static Map<Integer, List<Decision>> decisions(RealPipeline pipeline) {
    Map<Integer, List<Decision>> byPartition = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : pipeline.read(Topic.DECISION)) {
      Decision decision =
          pipeline
              .serdes()
              .of(Decision.class)
              .deserializer()
              .deserialize(record.topic(), record.value());
      if (ends(decision) || decision.getCauseType() == CauseType.PROPOSAL) {
        byPartition.computeIfAbsent(record.partition(), p -> new ArrayList<>()).add(decision);
      }
    }
    return byPartition;
  }

  private static int position(List<Decision> row, String account, CauseType type, String cause) {
    return IntStream.range(0, row.size())
        .filter(i -> row.get(i).getAccount().equals(account))
        .filter(i -> row.get(i).getCauseType() == type)
        .filter(i -> row.get(i).getVerdict() != Verdict.RECORDED)
        .filter(i -> row.get(i).getCauseId().startsWith(cause))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing was decided about " + account + cause));
  }

  private static long entriesBehind(List<Decision> row, int position) {
    return row.subList(position, row.size()).stream()
        .filter(decision -> decision.getCauseId().startsWith("entry-"))
        .count();
  }

  /** When exits were planned, and how many entries are decided, as they appear. */
  private static final class Watch implements AutoCloseable {

    private final TopicFollower tail;
    private final RealPipeline pipeline;
    private final Map<String, Long> asked = new HashMap<>();
    private final Map<String, Double> seconds = new HashMap<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private int intents;
    private int closes;

    Watch(RealPipeline pipeline) {
      this.pipeline = pipeline;
      this.tail = new TopicFollower(pipeline.stack().bootstrapServers(), List.of(Topic.DECISION));
    }

    void asked(String account) {
      asked.put(account, System.nanoTime());
    }

    void until(BooleanSupplier done, Duration atMost) throws InterruptedException {
      long end = System.nanoTime() + atMost.toNanos();
      tail.read(this::see);
      while (!done.getAsBoolean() && System.nanoTime() < end) {
        Thread.sleep(20);
        tail.read(this::see);
      }
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
      Decision decision =
          pipeline
              .serdes()
              .of(Decision.class)
              .deserializer()
              .deserialize(record.topic(), record.value());
      if (decision.getCauseType() == CauseType.PROPOSAL
          && decision.getVerdict() == Verdict.GRANTED) {
        long then = asked.getOrDefault(decision.getAccount(), System.nanoTime());
        seconds.putIfAbsent(decision.getAccount(), (System.nanoTime() - then) / 1e9);
      } else if (ends(decision)) {
        intents++;
        closes += decision.getCauseId().startsWith("close-") ? 1 : 0;
        codes.merge(decision.getCode(), 1, Integer::sum);
      }
    }

    int intents() {
      return intents;
    }

    int closes() {
      return closes;
    }

    int planned() {
      return seconds.size();
    }

    @Override
    public void close() {
      tail.close();
    }

    String seconds() {
      double[] sorted = seconds.values().stream().mapToDouble(x -> x).sorted().toArray();
      return Arrays.stream(sorted)
          .mapToObj(each -> String.format(Locale.ROOT, "%.2f", each))
          .toList()
          .toString();
    }
  }
}
