package io.quantumtrader.console.why;

import io.quantumtrader.console.why.WhyRow.OtherRow;
import io.quantumtrader.replay.record.Otherwise;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.StageReplay;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Tries what would have had to be other for a denial to be none: the stages themselves are played
 * to the moment of the denial, as they were recorded, and decide that one input again under the
 * other value.
 */
public final class ChangeCheck {

  /** How often a value is changed further; each try plays the recording up to the denial. */
  private static final int TRIES = 3;

  private final Recording recording;
  private final RecordedRecord recorded;
  private final Decision denial;

  private ChangeCheck(Recording recording, RecordedRecord recorded, Decision denial) {
    this.recording = recording;
    this.recorded = recorded;
    this.denial = denial;
  }

  /**
   * Returns what was tried, and what was decided then; empty where nothing can be.
   *
   * @param decisionId a denial
   * @param progress hears what is being tried
   * @throws io.quantumtrader.replay.record.RecordingException where the recording cannot be read
   */
  public static List<OtherRow> of(
      Recording recording, String decisionId, Consumer<String> progress) {
    for (RecordedRecord record : recording.read(Topic.DECISION)) {
      if (record.value().orElse(null) instanceof Decision decision
          && decision.getDecisionId().equals(decisionId)) {
        return new ChangeCheck(recording, record, decision).tried(progress);
      }
    }
    return List.of();
  }

  private List<OtherRow> tried(Consumer<String> progress) {
    Optional<Policy> policy = policy();
    if (policy.isEmpty()) {
      return List.of();
    }
    List<OtherRow> rows = new ArrayList<>();
    for (Change change : Changes.of(denial, policy.get(), intent(), equity())) {
      if (change.on(policy.get()).isPresent()) {
        rows.add(tried(change, policy.get(), progress));
      }
    }
    return rows;
  }

  /**
   * Tries a change. What was denied for one number may then be denied for the next, as an order
   * below the smallest quantity is for its notional: then the same value is changed further.
   */
  private OtherRow tried(Change first, Policy policy, Consumer<String> progress) {
    OtherRow row = OtherRow.of(denial.getDecisionId(), first);
    Optional<Change> next = Optional.of(first);
    for (int tries = 0; tries < TRIES && next.isPresent(); tries++) {
      Change change = next.get();
      Optional<Policy> other = change.on(policy);
      if (other.isEmpty()) {
        break;
      }
      progress.accept(change.words());
      Optional<Decision> then = decided(change, other.get());
      if (then.isPresent()) {
        row = row(change, then.get());
      }
      next =
          then.filter(decision -> decision.getVerdict() != Verdict.GRANTED)
              .flatMap(decision -> further(change, decision, other.get()));
    }
    return row;
  }

  private Optional<Change> further(Change change, Decision then, Policy other) {
    return Changes.of(then, other, intent().map(change.intent()), equity()).stream()
        .filter(next -> next.isPolicy() == change.isPolicy())
        .filter(next -> next.field().equals(change.field()))
        .filter(next -> !next.to().equals(change.to()))
        .map(next -> next.from(change.from()))
        .findFirst();
  }

  private OtherRow row(Change change, Decision then) {
    return OtherRow.of(
        denial.getDecisionId(),
        change,
        then.getVerdict() + " " + then.getCode(),
        then.getVerdict() == Verdict.GRANTED);
  }

  /** Returns what was decided about the same cause then; the last of it, as stages follow. */
  private Optional<Decision> decided(Change change, Policy policy) {
    List<Decision> heard = new ArrayList<>();
    boolean[] begun = {false};
    Otherwise other =
        new Otherwise(
            before -> like(before, policy), input -> input(change, input), () -> begun[0] = true);
    try (StageReplay stages =
        new StageReplay(
            recording,
            decision -> {
              if (begun[0]) {
                heard.add(decision);
              }
            })) {
      if (!stages.playOther(recorded, other)) {
        return Optional.empty();
      }
    }
    return heard.stream()
        .filter(decision -> decision.getCauseType() == denial.getCauseType())
        .filter(decision -> decision.getCauseId().equals(denial.getCauseId()))
        .filter(decision -> decision.getVerdict() != Verdict.RECORDED)
        .reduce((first, last) -> last);
  }

  /** The row stays that of its name, version and time: decisions look for it by them. */
  private static Policy like(Policy before, Policy other) {
    return Policy.newBuilder(other)
        .setName(before.getName())
        .setVersion(before.getVersion())
        .setCreatedAtMs(before.getCreatedAtMs())
        .setNote(before.getNote())
        .build();
  }

  private static SpecificRecord input(Change change, SpecificRecord input) {
    return input instanceof TradeIntent intent ? change.intent().apply(intent) : input;
  }

  private Optional<Policy> policy() {
    return recording.read(Topic.POLICY).stream()
        .flatMap(record -> record.value().stream())
        .filter(Policy.class::isInstance)
        .map(Policy.class::cast)
        .filter(policy -> policy.getName().equals(denial.getPolicyName()))
        .filter(policy -> policy.getVersion() == denial.getPolicyVersion())
        .findFirst();
  }

  private Optional<TradeIntent> intent() {
    return recording.read(Topic.TRADE_INTENT).stream()
        .flatMap(record -> record.value().stream())
        .filter(TradeIntent.class::isInstance)
        .map(TradeIntent.class::cast)
        .filter(intent -> intent.getIntentId().equals(denial.getCauseId()))
        .findFirst();
  }

  private OptionalDouble equity() {
    double[] last = {Double.NaN};
    recording.forEach(
        Topic.PORTFOLIO_STATE,
        record -> {
          if (record.value().orElse(null) instanceof PortfolioState state
              && state.getAccount().equals(denial.getAccount())
              && state.getAsOfMs() <= denial.getAtMs()
              && state.getEquity() != null) {
            last[0] = state.getEquity().doubleValue();
          }
        });
    return Double.isNaN(last[0]) ? OptionalDouble.empty() : OptionalDouble.of(last[0]);
  }
}
