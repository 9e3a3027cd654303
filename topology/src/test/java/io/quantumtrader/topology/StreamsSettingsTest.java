package io.quantumtrader.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the stages run with, whatever they are tuned for. */
class StreamsSettingsTest {

  private static final String LINGER =
      StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG);
  private static final String POLL =
      StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);

  private static Properties of(Tuning tuning, Map<String, ?> more) {
    return new StreamsSettings(tuning, more).properties();
  }

  @Test
  void shouldAnswerAsSoonAsPossibleUnlessAskedForMore() {
    Properties given = new StreamsSettings(Map.of("bootstrap.servers", "none:0")).properties();

    assertThat(given)
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10L)
        .containsEntry(LINGER, 0)
        .containsEntry(POLL, 250);
  }

  @Test
  void shouldCommitLessOftenAndInLargerBatchesForThroughput() {
    Properties given = of(Tuning.THROUGHPUT, Map.of("bootstrap.servers", "none:0"));

    assertThat(given)
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L)
        .containsEntry(LINGER, 5)
        .containsEntry(POLL, 1_000);
  }

  @ParameterizedTest
  @EnumSource(Tuning.class)
  void shouldKeepWhatDecisionsRelyOn(Tuning tuning) {
    assertThat(of(tuning, Map.of("bootstrap.servers", "none:0")))
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
        .containsEntry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L)
        .containsEntry(
            StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1)
        .containsEntry(
            StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
  }

  @ParameterizedTest
  @EnumSource(Tuning.class)
  void shouldLetWhatIsGivenGoBeforeTheTuning(Tuning tuning) {
    Properties given =
        of(
            tuning,
            Map.of("bootstrap.servers", "none:0", StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 7L));

    assertThat(given).containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 7L);
  }
}
