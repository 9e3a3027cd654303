package io.quantumtrader.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

final class BrokerCountsTest {

  private static final OptionalInt ANY = OptionalInt.empty();

  private final Map<Topic, Integer> found = new EnumMap<>(Topic.class);

  @Test
  void shouldGoByWhatIsThere() {
    all(new PartitionCounts(7, 5));

    BrokerCounts counts = new BrokerCounts(found);

    assertThat(counts.all()).isEqualTo(new PartitionCounts(7, 5));
    assertThat(counts.wanting(ANY, ANY)).isEqualTo(new PartitionCounts(7, 5));
    assertThat(counts.wanting(OptionalInt.of(7), OptionalInt.of(5)))
        .isEqualTo(new PartitionCounts(7, 5));
  }

  @Test
  void shouldGiveNewTopicsWhatIsWantedOrTheDefault() {
    BrokerCounts counts = new BrokerCounts(found);

    assertThat(counts.wanting(ANY, ANY)).isEqualTo(PartitionCounts.DEFAULT);
    assertThat(counts.wanting(OptionalInt.of(8), ANY))
        .isEqualTo(new PartitionCounts(8, PartitionCounts.DEFAULT.account()));
    assertThat(counts.wanting(ANY, OptionalInt.of(6)))
        .isEqualTo(new PartitionCounts(PartitionCounts.DEFAULT.symbol(), 6));
  }

  @Test
  void shouldGoByTheFirstTopicsOfARegistrationThatWasCutShort() {
    found.put(Topic.CLOCK, 6);

    assertThat(new BrokerCounts(found).wanting(ANY, ANY))
        .isEqualTo(new PartitionCounts(PartitionCounts.DEFAULT.symbol(), 6));
  }

  @Test
  void shouldNotMoveKeys() {
    all(new PartitionCounts(4, 3));
    BrokerCounts counts = new BrokerCounts(found);

    assertThatThrownBy(() -> counts.wanting(ANY, OptionalInt.of(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "topics keyed by account have 3 partitions here, not 4: more partitions would move"
                + " keys");
    assertThatThrownBy(() -> counts.wanting(OptionalInt.of(3), ANY))
        .hasMessageContaining("topics keyed by symbol have 4 partitions here, not 3");
  }

  @Test
  void shouldNameTopicsThatNeedTheSameCountAndHaveNot() {
    all(new PartitionCounts(4, 3));
    found.put(Topic.DECISION, 2);

    assertThatThrownBy(() -> new BrokerCounts(found))
        .isInstanceOf(KafkaException.class)
        .hasMessage(
            "quantum.clock has 3 partitions and quantum.decision has 2, but both need the same"
                + " count");
  }

  @Test
  void shouldNameATopicThatIsMissing() {
    all(new PartitionCounts(4, 3));
    found.remove(Topic.PERMIT);

    assertThatThrownBy(new BrokerCounts(found)::all)
        .isInstanceOf(KafkaException.class)
        .hasMessageStartingWith("quantum.permit does not exist")
        .hasMessageContaining("registration step");
  }

  private void all(PartitionCounts counts) {
    for (Topic topic : Topic.values()) {
      found.put(topic, counts.of(topic.group()));
    }
  }
}
