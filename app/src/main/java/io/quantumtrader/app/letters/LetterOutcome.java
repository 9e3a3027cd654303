package io.quantumtrader.app.letters;

import io.quantumtrader.app.control.IntentVerdicts;
import io.quantumtrader.app.control.RecordWatch;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.deadletter.Letter;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * What comes of a record that was sent again: an intent's verdict, a plan's final result, another
 * dead letter of one that still could not be read. It sees what is written after it was made.
 */
final class LetterOutcome implements AutoCloseable {

  private static final long LETTERS = 200;
  private static final long LOOK_AGAIN_MS = 100;

  private final RecordWatch watch;
  private final LetterTopic topic;

  /**
   * Begins to watch.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   */
  LetterOutcome(Map<String, Object> client, RecordSerdes serdes) {
    watch = new RecordWatch(client, serdes, Set.of(Topic.DECISION, Topic.APPLY_RESULT));
    topic = new LetterTopic(client, serdes);
  }

  /**
   * Waits for it.
   *
   * @param value the record, where it can be read
   * @param sent that it was sent
   * @return what came of it, a few words; empty where nothing did in time
   */
  Optional<String> await(Optional<SpecificRecord> value, LetterReplay sent, Duration patience) {
    if (value.isEmpty()) {
      return anotherLetter(sent, patience);
    }
    String[] came = new String[1];
    watch.await(
        record -> {
          came[0] = outcome(value.get(), record);
          return came[0] != null;
        },
        patience);
    return Optional.ofNullable(came[0]);
  }

  private static String outcome(SpecificRecord sent, SpecificRecord record) {
    if (sent instanceof TradeIntent intent
        && record instanceof Decision made
        && IntentVerdicts.isVerdict(made, intent.getAccount())
        && made.getCauseId().equals(intent.getIntentId())) {
      return made.getVerdict().name().toLowerCase(Locale.ROOT) + " " + made.getCode();
    }
    if (sent instanceof ApplyPlan plan
        && record instanceof ApplyResult result
        && result.getFinalResult()
        && result.getPlanId().equals(plan.getPlanId())) {
      return result.getOutcome().name().toLowerCase(Locale.ROOT) + " " + result.getCode();
    }
    return null;
  }

  private Optional<String> anotherLetter(LetterReplay sent, Duration patience) {
    String place = sent.getTopic() + ":" + sent.getToPartition() + ":" + sent.getToOffset();
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      for (var letter : topic.last(LETTERS)) {
        Letter read = Letter.of(LetterTopic.asBookRecord(letter).headers());
        if (read.replayKey().equals(place)) {
          return Optional.of("a dead letter again, " + letter.partition() + ":" + letter.offset());
        }
      }
      pause();
    }
    return Optional.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
