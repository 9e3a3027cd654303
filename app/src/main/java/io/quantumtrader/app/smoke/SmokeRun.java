package io.quantumtrader.app.smoke;

import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.control.DecisionText;
import io.quantumtrader.app.control.ResultText;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * Buys, looks, sells, looks: an intent, its permit, its fill, stop and target on the exchange, the
 * ledger, the old keys in Redis; then the close and the same again. It ends with the first step
 * that is not as it should be. Even then it looks until nothing of its own is under way, closes
 * what it finds open, and says what it could not close.
 */
public final class SmokeRun implements AutoCloseable {

  /** {@link #play} returns so long after {@link #interrupt} at the latest. */
  public static final Duration END_WITHIN = Duration.ofSeconds(60);

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** A permit lives 60 s and an order 16 s more: after that no running executor owes a result. */
  private static final Duration SETTLING = Duration.ofSeconds(90);

  /** Denials that pass by themselves while a pipeline begins. */
  private static final Set<String> TOO_EARLY =
      Stream.of(
              ReasonCode.UNIVERSE_EMPTY,
              ReasonCode.MARKET_STATE_MISSING,
              ReasonCode.MARKET_STATE_STALE,
              ReasonCode.INSTRUMENT_UNKNOWN,
              ReasonCode.EQUITY_UNKNOWN)
          .map(ReasonCode::name)
          .collect(Collectors.toUnmodifiableSet());

  private final SmokeLine line;
  private final SmokeOrder order;
  private final SmokeFacts facts;
  private final Optional<LedgerKey> redis;
  private final SmokeSteps steps;
  private final List<String> sent = new ArrayList<>();
  private final EntryConditions conditions;
  private volatile boolean leaving;

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
    this(new PipelineLine(pipeline), order, redis, told);
  }

  SmokeRun(SmokeLine line, SmokeOrder order, Optional<LedgerKey> redis, Consumer<SmokeStep> told) {
    this.line = line;
    this.order = order;
    this.facts = new SmokeFacts(order);
    this.redis = redis;
    this.steps = new SmokeSteps(line, facts, order.patience(), told);
    this.conditions = new EntryConditions(order, facts, steps);
  }

  /**
   * Does all of it and returns the steps.
   *
   * @throws KafkaException if the pipeline cannot be read
   */
  public List<SmokeStep> play() {
    steps.begin();
    line.readTables(order.account(), facts::take);
    try {
      boolean unused =
          steps.step("clock goes on", () -> facts.nowMs() > 0, () -> "at " + facts.nowMs())
              && steps.step("exchange is known, flat", this::isFlatBefore, this::heldText)
              && conditions.hold()
              && enter();
    } finally {
      endFlat();
    }
    return steps.done();
  }

  /**
   * Ends it as soon as it may end: nothing more is opened, what was opened is closed, and {@link
   * #play} returns within {@link #END_WITHIN}, whatever the pipeline does. May be called by any
   * thread.
   */
  public void interrupt() {
    steps.interrupt();
  }

  /** Returns whether something was sent of which nobody knows that it is over and closed. */
  public boolean mayHaveLeft() {
    return leaving;
  }

  /** Returns whether each step was as it should be. */
  public boolean succeeded() {
    List<SmokeStep> done = steps.done();
    return !done.isEmpty() && done.stream().allMatch(SmokeStep::ok);
  }

  private boolean isFlatBefore() {
    return facts.knowsExchange() && facts.held().signum() == 0;
  }

  private boolean enter() {
    String first = newId();
    if (steps.isInterrupted()
        || !sent(
            "intent is sent",
            first,
            () -> order.entry(conditions.amount(), first, facts.nowMs()))) {
      return false;
    }
    String id = decided(first);
    if (!verdict("permit is granted", id)) {
      return false;
    }
    return filled("entry is filled", id)
        && steps.step(
            "position is on the exchange", () -> facts.held().signum() > 0, this::heldText)
        && steps.step("stop and target rest there", this::isProtected, this::protectionText)
        && steps.step("ledger has it", this::agree, () -> text(facts.booked()))
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
    long deadline = line.nanos() + order.patience().toNanos();
    while (isTooEarly(id) && line.nanos() < deadline && !steps.isInterrupted()) {
      long at = line.nanos() + AGAIN.toNanos();
      boolean unused = steps.await(() -> line.nanos() >= at);
      if (steps.isInterrupted()) {
        return id;
      }
      id = newId();
      TradeIntent again = order.entry(conditions.amount(), id, facts.nowMs());
      send(again);
    }
    return id;
  }

  private boolean isTooEarly(String id) {
    return steps.await(() -> facts.verdict(id).isPresent())
        && TOO_EARLY.contains(facts.verdict(id).orElseThrow().getCode());
  }

  private static String newId() {
    return "smoke-" + UUID.randomUUID();
  }

  /** Leaves nothing open and nothing that may still open something, or says what. */
  private void endFlat() {
    steps.end();
    if (steps.isInterrupted()) {
      boolean unused = steps.note("it was stopped", false, stateText());
    }
    if (sent.stream().anyMatch(facts::isOrMayBeGranted)) {
      leaveFlat();
    }
    leaving = sent.stream().anyMatch(facts::isOrMayBeGranted) && !isLeftFlat();
  }

  private void leaveFlat() {
    Duration longest = order.patience().compareTo(SETTLING) > 0 ? order.patience() : SETTLING;
    if (!isSettled()) {
      boolean shows = steps.await(() -> isSettled() || facts.held().signum() != 0, longest);
      // What the exchange shows is closed at once, though its result is still on its way.
      if (isSettled() || !shows) {
        boolean unused = steps.note("what was sent is over", isSettled(), underWay());
      }
    }
    // A result may be read before what it did to the position.
    boolean unseen = isUnseen() && !steps.await(facts::wasOpen);
    if (facts.isOpen() || unseen) {
      boolean unused = leave();
    }
    if (!isLeftFlat()) {
      closeUntilFlat();
      boolean unused = steps.note("nothing is left open", isLeftFlat(), left());
    }
  }

  /** Closes again, once what was sent before is over. */
  private void closeUntilFlat() {
    long deadline = line.nanos() + order.patience().toNanos();
    while (!isLeftFlat() && line.nanos() < deadline && !steps.isGivenUp()) {
      if (isSettled() && facts.held().signum() != 0) {
        String id = newId();
        try {
          send(order.close(id, facts.nowMs()));
        } catch (KafkaException unreachable) {
          return;
        }
      }
      long at = line.nanos() + AGAIN.toNanos();
      boolean unused = steps.await(() -> isLeftFlat() || line.nanos() >= at);
    }
  }

  private boolean isSettled() {
    return sent.stream().allMatch(facts::isSettled);
  }

  private boolean isLeftFlat() {
    return !facts.isOpen() && !isUnseen() && isSettled();
  }

  /** Returns whether something was filled that neither the exchange nor the ledger has shown. */
  private boolean isUnseen() {
    return !facts.wasOpen() && sent.stream().anyMatch(facts::isFilled);
  }

  private String underWay() {
    String open =
        sent.stream()
            .filter(id -> !facts.isSettled(id))
            .map(
                id ->
                    facts
                        .verdict(id)
                        .map(made -> "plan " + made.getPlanId() + " has no final result")
                        .orElse("intent " + id + " has no verdict"))
            .collect(Collectors.joining(", "));
    return open.isEmpty() ? "each has its result" : open;
  }

  private String left() {
    if (isLeftFlat()) {
      return "flat";
    }
    return stateText() + "; " + order.ifLeft();
  }

  private String stateText() {
    return "%s open on the exchange (%s), %s in the ledger, %s"
        .formatted(heldText(), protectionText(), text(facts.booked()), underWay());
  }

  private boolean leave() {
    String id = newId();
    return sent("close is sent", id, () -> order.close(id, facts.nowMs()))
        && verdict("close is granted", id)
        && filled("close is filled", id)
        && steps.step("exchange is flat", () -> facts.held().signum() == 0, this::heldText)
        && steps.step("ledger is flat", this::agree, () -> text(facts.booked()))
        && inRedis("Redis is flat");
  }

  private boolean sent(String name, String id, Supplier<TradeIntent> intent) {
    try {
      send(intent.get());
      return steps.note(name, true, id);
    } catch (KafkaException failed) {
      return steps.note(name, false, String.valueOf(failed.getMessage()));
    }
  }

  private void send(TradeIntent intent) {
    // Before it is sent: what fails on its way back may have arrived.
    leaving = true;
    sent.add(intent.getIntentId());
    line.send(intent);
  }

  private boolean verdict(String name, String id) {
    boolean granted =
        steps.await(() -> facts.verdict(id).isPresent())
            && facts.verdict(id).orElseThrow().getVerdict() == Verdict.GRANTED;
    return steps.note(name, granted, verdictText(id));
  }

  private boolean filled(String name, String id) {
    boolean filled =
        steps.await(() -> facts.result(id).isPresent())
            && facts.result(id).orElseThrow().getOutcome() == ResultOutcome.FILLED;
    return steps.note(name, filled, resultText(id));
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
    return steps.step(
        name,
        () -> key.quantity().filter(value -> value.compareTo(facts.booked()) == 0).isPresent(),
        () -> key.name() + " " + key.quantity().map(SmokeRun::text).orElse("is not there"));
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
        .orElse("no final result; does an executor run, and does it wait for a person?");
  }

  private static String text(BigDecimal number) {
    return RecordJson.plain(number);
  }

  private static String price(BigDecimal price) {
    return price == null ? "none" : text(price);
  }

  @Override
  public void close() {
    line.close();
  }
}
