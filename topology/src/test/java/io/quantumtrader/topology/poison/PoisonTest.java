package io.quantumtrader.topology.poison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random and extreme records on every topic that the topology reads, among sound traffic: each ends
 * in an outcome or a dead letter, and no task fails. {@code -Dquantum.poison.seed} repeats a run,
 * {@code -Dquantum.poison.records} makes it longer.
 */
final class PoisonTest {

  private static final int RECORDS = Integer.getInteger("quantum.poison.records", 20_000);
  private static final int EPISODE = 4_000;
  private static final int PER_MINUTE = 80;

  private static final List<Topic> STREAMS =
      List.of(
          Topic.TRADE_INTENT,
          Topic.APPLY_RESULT,
          Topic.CANDLE,
          Topic.MARK,
          Topic.EXCHANGE_ACCOUNT,
          Topic.POSITION_SNAPSHOT,
          Topic.HARVEST_PROPOSAL,
          Topic.CLOCK);
  private static final List<Topic> TABLES =
      List.of(Topic.POLICY, Topic.CONTROL, Topic.INSTRUMENT, Topic.UNIVERSE, Topic.MARKET_STATE);

  private static final List<String> NAMES =
      List.of(
          "main",
          "main2",
          "desk",
          "*",
          "BTCUSDT",
          "ETHUSDT",
          "DOGEUSDT",
          "main2:BTCUSDT",
          "i-3",
          "f-1",
          "default",
          "top10",
          "CLOSE",
          "HOLD",
          "PARTIAL_25",
          "UPDATE_SL",
          "HOT",
          "shadow");

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  @Test
  void shouldEndEachRecordInAnOutcomeAndFailNoTask(@TempDir Path directory) {
    long seed = Long.getLong("quantum.poison.seed", new Random().nextLong());
    System.out.printf("poison: %d records from seed %d%n", RECORDS, seed);
    for (int done = 0; done < RECORDS && faults.size() < 20; done += EPISODE) {
      episode(directory.resolve("e" + done), seed + done, Math.min(EPISODE, RECORDS - done));
    }
    System.out.printf("poison: %s%n", outcomes);

    assertThat(faults).as("seed %d", seed).isEmpty();
    // Sound traffic reached the depths, and poison each kind of end.
    assertThat(outcomes)
        .containsKeys(
            "trade.intent PERMIT_GRANTED",
            "trade.intent CLOSE_GRANTED",
            "trade.intent NUMBER_INVALID",
            "trade.intent dead VALUE_UNREADABLE",
            "apply.result booked",
            "market.candle dead VALUE_UNREADABLE",
            "market.mark dead VALUE_UNREADABLE",
            "control dead VALUE_UNREADABLE",
            "policy row",
            "exchange.account dead VALUE_OUT_OF_BOUNDS",
            "harvest.proposal dead VALUE_OUT_OF_BOUNDS");
  }

  private void episode(Path directory, long seed, int records) {
    Random random = new Random(seed);
    PoisonValues values = new PoisonValues(random, NAMES);
    PoisonWorld world = new PoisonWorld(directory, random);
    try {
      for (int i = 0; i < records; i++) {
        if (i % PER_MINUTE == 0) {
          world.tables();
          world.minute();
          world.take();
          world.checkSizes();
          values.passClock(world.nowMs());
        }
        // A clock of the far future ends sound traffic: it comes last.
        boolean last = i > records * 9 / 10;
        poison(world, values, random, last, "seed " + seed + " record " + i);
      }
    } catch (AssertionError fault) {
      faults.add(fault.getMessage());
    } finally {
      try {
        world.close();
      } catch (RuntimeException afterFault) {
        assertThat(faults).isNotEmpty();
      }
    }
  }

  private void poison(
      PoisonWorld world, PoisonValues values, Random random, boolean last, String where) {
    List<Topic> topics = random.nextInt(4) == 0 ? TABLES : STREAMS;
    Topic topic = topics.get(random.nextInt(topics.size() - (last || topics == TABLES ? 0 : 1)));
    Map.Entry<String, SpecificRecord> sound = world.sound(topic);
    byte[] bytes = world.bytes(topic, sound.getValue());
    Schema schema = SpecificData.get().getSchema(sound.getValue().getClass());
    byte[] value =
        switch (random.nextInt(20)) {
          case 0 -> null;
          case 1, 2 -> values.garbage(bytes);
          case 3, 4 -> values.wild(bytes, schema);
          case 5 -> bytes;
          case 6, 7, 8, 9 -> values.mutated(bytes, schema, 3);
          default -> values.mutated(bytes, schema, 1);
        };
    byte[] key = random.nextInt(12) == 0 ? values.oddKey() : sound.getKey().getBytes(UTF_8);
    long timeMs = random.nextInt(30) == 0 ? 0 : world.nowMs();
    String what = where + " on " + topic.topicName();
    int lettersBefore = world.tableLetters();
    try {
      world.send(topic, key, value, timeMs);
    } catch (RuntimeException failed) {
      throw new AssertionError(what + " failed the task: " + root(failed), failed);
    }
    count(topic, world.take(), world.tableLetters() - lettersBefore, what);
  }

  private static String root(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    StringBuilder text = new StringBuilder(cause.toString());
    for (int i = 0; i < Math.min(12, cause.getStackTrace().length); i++) {
      text.append("\n    ").append(cause.getStackTrace()[i]);
    }
    return text.toString();
  }

  /** Holds each topic to its own contract. */
  private void count(Topic topic, PoisonWorld.Came came, int buried, String what) {
    List<String> dead =
        came.letters().stream()
            .filter(letter -> header(letter, DeadLetter.TOPIC).equals(topic.topicName()))
            .map(letter -> header(letter, DeadLetter.REASON))
            .toList();
    assertThat(dead.size() + buried).as(what + ": dead letters").isLessThanOrEqualTo(1);
    String name = topic.topicName().replace("quantum.", "");
    if (dead.isEmpty() && buried == 0) {
      switch (topic) {
        case TRADE_INTENT -> {
          List<String> codes =
              came.decisions().stream()
                  .filter(decision -> decision.getCauseType() == CauseType.INTENT)
                  .map(io.quantumtrader.schemas.avro.Decision::getCode)
                  .toList();
          assertThat(codes).as(what + ": decisions").hasSize(1);
          outcomes.merge(name + " " + codes.get(0), 1, Integer::sum);
        }
        case HARVEST_PROPOSAL ->
            assertThat(came.others()).as(what + ": calibrated").isGreaterThanOrEqualTo(1);
        case APPLY_RESULT ->
            outcomes.merge(name + (came.others() > 0 ? " booked" : " noted"), 1, Integer::sum);
        default -> outcomes.merge(name + " row", 1, Integer::sum);
      }
    } else if (buried == 1) {
      outcomes.merge(name + " dead VALUE_UNREADABLE", 1, Integer::sum);
    } else {
      outcomes.merge(name + " dead " + dead.get(0), 1, Integer::sum);
      assertThat(came.plans())
          .as(what + ": plans of a dead letter")
          .isEqualTo(topic == Topic.CLOCK ? ordered(came) : 0);
    }
  }

  /** A step that is not believed moves nothing, but what operators ordered is taken up at it. */
  private static int ordered(PoisonWorld.Came came) {
    return (int)
        came.decisions().stream()
            .filter(decision -> decision.getCauseType() == CauseType.CONTROL)
            .filter(decision -> decision.getVerdict() == Verdict.GRANTED)
            .count();
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
