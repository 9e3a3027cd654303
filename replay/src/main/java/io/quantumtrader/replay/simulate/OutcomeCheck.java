package io.quantumtrader.replay.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;

/**
 * Each intent has one outcome. An intent that was sent twice has two, of which one at most is a
 * plan.
 */
final class OutcomeCheck implements Watcher {

  /** Longer ids are shortened in what comes of them. */
  private static final int WHOLE_ID = 100;

  private final Verdicts verdicts;
  private final Observed observed;
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, Integer> answered = new HashMap<>();
  private final Map<String, Integer> planned = new HashMap<>();
  private int allAsked;
  private int allAnswered;

  OutcomeCheck(Verdicts verdicts, Observed observed) {
    this.verdicts = verdicts;
    this.observed = observed;
  }

  private static String key(String account, String id) {
    return account + "|" + id;
  }

  @Override
  public void intent(TradeIntent intent) {
    asked.merge(key(intent.getAccount(), intent.getIntentId()), 1, Integer::sum);
    allAsked++;
  }

  @Override
  public void plan(ApplyPlan plan) {
    if (!plan.getIntentId().isEmpty()) {
      String key = key(plan.getAccount(), plan.getIntentId());
      if (planned.merge(key, 1, Integer::sum) > 1) {
        verdicts.broken(Promise.ONE_OUTCOME, "a second plan for the intent " + key);
      }
      answer(key);
    }
  }

  @Override
  public void decision(Decision decision) {
    if (decision.getCauseType() == CauseType.INTENT && decision.getVerdict() == Verdict.DENIED) {
      answer(key(decision.getAccount(), decision.getCauseId()));
    }
  }

  @Override
  public void letter(LogEntry letter) {
    String topic = "";
    for (Header header : letter.headers()) {
      if (header.key().equals(DeadLetter.TOPIC)) {
        topic = new String(header.value(), UTF_8);
      }
    }
    if (topic.equals(Topic.TRADE_INTENT.topicName())) {
      observed
          .read(Topic.TRADE_INTENT, letter.value(), TradeIntent.class)
          .ifPresent(intent -> answer(key(intent.getAccount(), intent.getIntentId())));
    }
  }

  private void answer(String key) {
    allAnswered++;
    int count = answered.merge(key, 1, Integer::sum);
    if (key.length() <= WHOLE_ID && count > asked.getOrDefault(key, 0)) {
      verdicts.broken(
          Promise.ONE_OUTCOME,
          count + " outcomes of " + asked.getOrDefault(key, 0) + " intents " + key);
    }
  }

  /** Compares what was asked with what was answered, once nothing is left to do. */
  void end() {
    asked.forEach(
        (key, count) -> {
          int found = answered.getOrDefault(key, 0);
          if (key.length() <= WHOLE_ID && found != count) {
            verdicts.broken(
                Promise.ONE_OUTCOME, found + " outcomes of " + count + " intents " + key);
          }
        });
    if (allAsked != allAnswered) {
      verdicts.broken(
          Promise.ONE_OUTCOME, allAnswered + " outcomes of " + allAsked + " intents in all");
    }
  }
}
