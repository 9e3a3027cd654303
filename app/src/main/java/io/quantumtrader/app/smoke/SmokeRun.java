package io.quantumtrader.app.smoke;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.AccountRecords;
import io.quantumtrader.app.control.DecisionText;
import io.quantumtrader.app.control.RecordWatch;
import io.quantumtrader.app.control.ResultText;
import io.quantumtrader.app.tap.RecordJson;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * Buys, looks, sells, looks: an intent, its permit, its fill, stop and target on the exchange, the
 * ledger, the old keys in Redis; then the close and the same again. It ends with the first step
 * that is not as it should be, and closes what it opened even then.
 */
public final class SmokeRun implements AutoCloseable {

  private static final Duration READING = Duration.ofSeconds(30);
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Denials that pass by themselves while a pipeline begins. */
  private static final Set<String> TOO_EARLY =
      Stream.of(
              ReasonCode.UNIVERSE_EMPTY,
              ReasonCode.MARKET_STATE_MISSING,
              ReasonCode.INSTRUMENT_UNKNOWN,
              ReasonCode.EQUITY_UNKNOWN)
          .map(ReasonCode::name)
          .collect(Collectors.toUnmodifiableSet());

  private final RunningPipeline pipeline;
  private final SmokeOrder order;
  private final SmokeFacts facts;
  private final Optional<LedgerKey> redis;
  private final Consumer<SmokeStep> told;
  private final RecordSerdes serdes;
  private final RecordWatch watch;
  private final List<SmokeStep> steps = new ArrayList<>();
  private long lastNanos;
  private boolean opened;

  /**
   * Connects to a running pipeline.
   *
   * @param redis the key of the position in Redis, where there is one to look at
   * @param told hears of each step as it is done
   * @throws KafkaException if the pipeline cannot be reached
   */
  public SmokeRun(
      RunningPipeline pipeline,
      SmokeOrder order,
      Optional<LedgerKey> redis,
      Consumer<SmokeStep> told) {
    this.pipeline = pipeline;
    this.order = order;
    this.facts = new SmokeFacts(order);
    this.redis = redis;
    this.told = told;
    this.serdes = pipeline.serdes();
    this.watch =
        new RecordWatch(
            pipeline.kafka(),
            serdes,
            Set.of(
                Topic.CLOCK,
                Topic.DECISION,
                Topic.APPLY_RESULT,
                Topic.EXCHANGE_ACCOUNT,
                Topic.POSITION_LEDGER));
  }

  /**
   * Does all of it and returns the steps.
   *
   * @throws KafkaException if the pipeline cannot be read
   */
  public List<SmokeStep> play() {
    lastNanos = System.nanoTime();
    readTables();
    try {
      boolean unused =
          step("clock goes on", () -> facts.nowMs() > 0, () -> "at " + facts.nowMs())
              && step("exchange is known, flat", this::isFlatBefore, this::heldText)
              && enter();
    } finally {
      if (opened) {
        boolean unused = leave();
      }
    }
    return List.copyOf(steps);
  }

  /** Returns whether each step was as it should be. */
  public boolean succeeded() {
    return !steps.isEmpty() && steps.stream().allMatch(SmokeStep::ok);
  }

  /** What was published before the test began. */
  private void readTables() {
    TopicReader topics = new TopicReader(pipeline.kafka(), READING);
    topics.readValues(
        Topic.EXCHANGE_ACCOUNT, serdes.of(ExchangeAccount.class).deserializer(), facts::take);
    topics.readValues(
        Topic.POSITION_LEDGER, serdes.of(PositionLedger.class).deserializer(), facts::take);
  }

  private boolean isFlatBefore() {
    return facts.knowsExchange() && facts.held().signum() == 0;
  }

  private boolean enter() {
    String first = newId();
    if (!sent("intent is sent", first, () -> order.entry(first, facts.nowMs()))) {
      return false;
    }
    String id = decided(first);
    if (!verdict("permit is granted", id)) {
      return false;
    }
    boolean filled = filled("entry is filled", id);
    opened = filled || facts.held().signum() != 0;
    return filled
        && step("position is on the exchange", () -> facts.held().signum() > 0, this::heldText)
        && step("stop and target rest there", this::isProtected, this::protectionText)
        && step("ledger has it", this::agree, () -> text(facts.booked()))
        && inRedis("Redis has it");
  }

  /**
   * Waits for the verdict. A pipeline that has just begun knows no market yet: it is asked again,
   * under another id, each second.
   *
   * @return id of the intent whose verdict counts
   */
  private String decided(String first) {
    String id = first;
    long deadline = System.nanoTime() + order.patience().toNanos();
    while (isTooEarly(id) && System.nanoTime() < deadline) {
      long at = System.nanoTime() + AGAIN.toNanos();
      boolean unused = await(() -> System.nanoTime() >= at);
      id = newId();
      TradeIntent again = order.entry(id, facts.nowMs());
      send(again);
    }
    return id;
  }

  private boolean isTooEarly(String id) {
    return await(() -> facts.verdict(id).isPresent())
        && TOO_EARLY.contains(facts.verdict(id).orElseThrow().getCode());
  }

  private static String newId() {
    return "smoke-" + UUID.randomUUID();
  }

  private boolean leave() {
    String id = newId();
    return sent("close is sent", id, () -> order.close(id, facts.nowMs()))
        && verdict("close is granted", id)
        && filled("close is filled", id)
        && step("exchange is flat", () -> facts.held().signum() == 0, this::heldText)
        && step("ledger is flat", this::agree, () -> text(facts.booked()))
        && inRedis("Redis is flat");
  }

  private boolean sent(String name, String id, Supplier<TradeIntent> intent) {
    try {
      send(intent.get());
      return note(name, true, id);
    } catch (KafkaException failed) {
      return note(name, false, String.valueOf(failed.getMessage()));
    }
  }

  private void send(TradeIntent intent) {
    AccountRecords.send(
        pipeline,
        serdes,
        Topic.TRADE_INTENT,
        order.account(),
        TradeIntent.class,
        intent,
        intent.getCreatedAtMs());
  }

  private boolean verdict(String name, String id) {
    boolean granted =
        await(() -> facts.verdict(id).isPresent())
            && facts.verdict(id).orElseThrow().getVerdict() == Verdict.GRANTED;
    return note(name, granted, verdictText(id));
  }

  private boolean filled(String name, String id) {
    boolean filled =
        await(() -> facts.result(id).isPresent())
            && facts.result(id).orElseThrow().getOutcome() == ResultOutcome.FILLED;
    return note(name, filled, resultText(id));
  }

  private boolean isProtected() {
    return facts
        .position()
        .filter(open -> open.getStopPrice() != null && open.getTargetPrice() != null)
        .isPresent();
  }

  private boolean agree() {
    return facts.booked().compareTo(facts.held()) == 0;
  }

  private boolean inRedis(String name) {
    if (redis.isEmpty()) {
      return true;
    }
    LedgerKey key = redis.get();
    return step(
        name,
        () -> key.quantity().filter(value -> value.compareTo(facts.booked()) == 0).isPresent(),
        () -> key.name() + " " + key.quantity().map(SmokeRun::text).orElse("is not there"));
  }

  /** Waits for something to be so. */
  private boolean step(String name, BooleanSupplier condition, Supplier<String> said) {
    boolean ok = await(condition);
    return note(name, ok, said.get());
  }

  private boolean await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + order.patience().toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      boolean unused =
          watch.await(
              record -> {
                facts.take(record);
                return condition.getAsBoolean();
              },
              SLICE);
    }
    return condition.getAsBoolean();
  }

  private boolean note(String name, boolean ok, String said) {
    long now = System.nanoTime();
    SmokeStep step = new SmokeStep(name, ok, Duration.ofNanos(now - lastNanos), said);
    lastNanos = now;
    steps.add(step);
    told.accept(step);
    return ok;
  }

  private String heldText() {
    return facts.knowsExchange() ? text(facts.held()) : "nothing was heard of the exchange";
  }

  private String protectionText() {
    ExchangePosition open = facts.position().orElse(null);
    return open == null
        ? "there is no position"
        : "stop %s, target %s".formatted(price(open.getStopPrice()), price(open.getTargetPrice()));
  }

  private String verdictText(String id) {
    Optional<Decision> verdict = facts.verdict(id);
    if (verdict.isEmpty()) {
      return "no verdict; do the stages run?";
    }
    Decision made = verdict.get();
    return made.getVerdict() == Verdict.GRANTED
        ? made.getCode() + " plan " + made.getPlanId()
        : made.getCode() + DecisionText.inBrackets(made);
  }

  private String resultText(String id) {
    return facts
        .result(id)
        .map(ResultText::of)
        .orElse(
            "no final result; does an executor run, and does it wait for a person? If the order is"
                + " filled later, ./quantum flatten closes it.");
  }

  private static String text(BigDecimal number) {
    return RecordJson.plain(number);
  }

  private static String price(BigDecimal price) {
    return price == null ? "none" : text(price);
  }

  @Override
  public void close() {
    watch.close();
    serdes.close();
  }
}
